"""Whether a change leaves answers as they are: 2,000 pairs and days, drawn from a seed, before and after.

    python tests/same_answers.py write BEFORE.jsonl      # on the code before the change
    python tests/same_answers.py compare BEFORE.jsonl    # on the code after it; exit code 1 where answers differ

An answer is the brief's JSON, section by section, and `ask` of every family. Sentences are left out: wording may
change. A line of the file holds a digest for each section, so that it stays small; the section that differs is named.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from comity.ledger import View
from comity.ledger.open import embedded
from comity.model import When
from comity.present.shapes import replies
from comity.query.ask import answered
from comity.query.dossier import dossier
from comity.query.pair import pair
from comity.relations import topics
from comity.sources.gazetteer import gazetteer

SEED, PAIRS = 1826, 2000
WORDING = ("sentence", "choices")


def questions(view: View, number: int) -> Iterator[tuple[str, str, str]]:
    """Pairs and days: nine of ten from pairs that the ledger tells of, on or beside a day of one of their claims."""
    chance = random.Random(SEED)
    dated = sorted(
        {(*sorted(claim.parties), claim.when.edtf) for claim in view.claims() if len(claim.parties) == 2 and claim.when}
    )
    polities = sorted(polity.id for polity in gazetteer())
    for _ in range(number):
        if chance.random() < 0.9:
            one, other, edtf = chance.choice(dated)
            when = When.parse(edtf)
            day = chance.choice([when.earliest.isoformat(), min(when.latest.year, 2026)])
        else:
            one, other = chance.sample(polities, 2)
            day = chance.randint(1780, 2026)
        yield (one, other, str(day)) if chance.random() < 0.5 else (other, one, str(day))


def answers(view: View, one: str, other: str, day: str) -> dict[str, Any]:
    """The brief's JSON by section and `ask` of every family, without wording."""
    polities, when = (gazetteer().polity(one), gazetteer().polity(other)), When.parse(day)
    sections = replies.Dossier.of(dossier(view, *polities, when)).as_json()
    asked = pair(view, *polities, when)
    for family in topics():
        sections[f"ask {family}"] = replies.Answer.of(answered(asked, family), view.sources()).as_json()
    return {name: unworded(section) for name, section in sections.items() if name not in WORDING}


def unworded(value: Any) -> Any:
    """A JSON value without the keys that hold wording."""
    if isinstance(value, dict):
        return {key: unworded(member) for key, member in value.items() if key not in WORDING}
    return [unworded(member) for member in value] if isinstance(value, list) else value


def digests(sections: dict[str, Any]) -> dict[str, str]:
    """A digest for each section, and the state in words."""
    hashed = {
        name: hashlib.blake2b(json.dumps(section, sort_keys=True).encode(), digest_size=8).hexdigest()
        for name, section in sections.items()
    }
    status = sections["status"]
    return {**hashed, "state": f"{status['state']} {status['certainty']} {(status['since'] or {}).get('edtf')}"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=("write", "compare"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    arguments = parser.parse_args()
    view = View(embedded())
    lines = ((question, digests(answers(view, *question))) for question in questions(view, arguments.pairs))
    if arguments.mode == "write":
        with arguments.file.open("w", encoding="utf-8") as file:
            file.writelines(f"{json.dumps([question, digest])}\n" for question, digest in lines)
        return 0
    before = (json.loads(line) for line in arguments.file.read_text("utf-8").splitlines())
    differing = 0
    for (question, digest), (question_before, digest_before) in zip(lines, before, strict=False):
        assert list(question) == question_before, "the ledger or the draw is another: write the file anew"
        names = sorted(
            name for name in digest.keys() | digest_before.keys() if digest.get(name) != digest_before.get(name)
        )
        if names:
            differing += 1
            print(*question, "differs in:", ", ".join(names), f"({digest_before['state']} | {digest['state']})")
    print(f"{arguments.pairs} pairs and days: {differing} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
