"""Dates, names and settings: what a person types, and files by hand."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random

from comity.errors import ComityError
from comity.follow.subscriptions import subscriptions
from comity.model import When
from comity.present.shapes.records import When as ShapeOfDate
from comity.query.questions import polity, when
from comity.reconcile.names import like, resolve
from comity.settings import ignored
from comity.sources.gazetteer import gazetteer
from fuzzed.base import DATES, HOSTILE, PARTIES, POLITIES, Kind, Wrong, damaged, letters

_NUMBERS = (
    "0", "1", "02", "12", "13", "29", "30", "31", "32", "99", "100", "999", "1582", "1826", "1900", "2000", "9999",
    "10000", "0000", "-1", "-0001", "-9999", "１８２６", "١٨٢٦", "1e9", "1_0", "9" * 30, "9" * 5000,
)  # fmt: skip
_MARKS = (
    "-", "/", "..", "[", "]", "{", "}", "~", "?", "%", "X", "XX", "Y", "S2", "E", ",", " ", "–", "T", "Z", ":", "+",
    "W", "1^", "open", "unknown", "", ".", "st", "\n", "\0",
)  # fmt: skip
_WORDS = (
    "May", "Febr", "Sept.", "January", "spring", "early", "late", "in", "on", "before", "after", "since", "until",
    "circa", "c.", "BC", "century", "the", "of", "today", "now", "early 1920s", "Q3",
)  # fmt: skip


def date(random: Random) -> str:
    """What may be a date: plain, EDTF, nearly either, or neither."""
    match random.randrange(6):
        case 0:
            year, month, day = random.randint(0, 10_000), random.randint(0, 13), random.randint(0, 32)
            return random.choice(("{0:04}-{1:02}-{2:02}", "{0}-{1}-{2}", "{0:04}-{1:02}", "{0}")).format(
                year, month, day
            )
        case 1:
            return random.choice(DATES)
        case 2:
            return letters(random)
        case 3:
            return "/".join(date(random) for _ in range(random.randint(2, 3)))
        case _:
            pool = random.choices((_NUMBERS, _MARKS, _WORDS), (4, 4, 2), k=random.randint(1, 9))
            return "".join(random.choice(part) for part in pool)


class Dates(Kind):
    """A date is parsed or refused; one that is parsed can be compared, and its EDTF means the same days."""

    def make(self, random: Random) -> tuple[str, str]:
        return date(random), date(random)

    def run(self, made: tuple[str, str]) -> str:
        days = []
        for text in made:
            with suppress(ComityError):
                when(text, "--as-of")
                days.append(When.parse(text))
        for day in days:
            again = When.parse(day.edtf)
            if (again.earliest, again.latest) != (day.earliest, day.latest):
                raise Wrong(f"{day.edtf} is {again.earliest} to {again.latest}, not {day.earliest} to {day.latest}")
            ShapeOfDate.of(day).as_json()
            str(day)
            for rival in days:
                day.before(rival), day.after(rival), day.overlaps(rival), day.during(rival), day.refines(rival)
                with suppress(ComityError):
                    When.span(day, rival)
        return "answered" if days else "refused"


class Names(Kind):
    """A name is resolved, or refused with suggestions; on any day."""

    def make(self, random: Random) -> tuple[str, str | None]:
        return name(random), date(random) if random.random() < 0.4 else None

    def run(self, made: tuple[str, str | None]) -> str:
        text, day = made
        on = None
        with suppress(ComityError):
            on = when(day, "--as-of")
        try:
            like(text)
            resolve(polity(text), on)
        except ComityError as error:
            if not str(error).strip():
                raise Wrong("refused without a word") from error
            return "refused"
        return "answered"


def name(random: Random) -> str:
    """A polity's name, one with mistakes, two in one, or no name at all."""
    names = _names()
    text = random.choice(names)
    match random.randrange(8):
        case 0:
            return text
        case 1:
            return letters(random, 20)
        case 2:
            return random.choice((*PARTIES, *POLITIES, *HOSTILE))
        case 3:
            return random.choice((str.upper, str.lower, str.title, str.swapcase))(text)
        case 4:
            return f"{text}{random.choice(_MARKS)}{random.choice(names)}"
        case 5:
            return text * random.choice((2, 50, 1000))
        case 6:
            return text[: random.randint(0, len(text))] + letters(random, 3)
        case _:
            at = random.randint(0, len(text))
            return text[:at] + letters(random, 2) + text[at + random.randint(0, 2) :]


@cache
def _names() -> list[str]:
    return [entry.name for entry in gazetteer()]


_CHECK = b'[tool.comity.check]\nignore = ["imprecise-now", "stale"]\n'
_FOLLOW = b"""from = "comity <comity@localhost>"
smtp = "starttls://user@127.0.0.1:2525"
base_url = "http://127.0.0.1:8000"

[[subscription]]
name = "neighbours"
pair = ["Peru", "Chile"]
since = "2020-05"
to = "a@example.org"

[[subscription]]
name = "peru"
polity = "Peru"
feed = "peru.atom"

[[subscription]]
name = "wars"
topic = "war"
mbox = "~/mails"
"""
_VALUES = (
    b"1", b"true", b"[]", b"{}", b'""', b'"x"', b"1979-05-27", b"nan", b'["Peru"]', b"[[1]]", b"1e400", b"0x1F",
    b'"\\u0000"', b'["Peru", "Peru", 3]', b'"~nouser/x"', b'"smtp://[::1"', b"[" * 3000,
)  # fmt: skip


class Settings(Kind):
    """A file of settings is read, or refused with its name."""

    def make(self, random: Random) -> tuple[str, bytes]:
        file, text = random.choice(
            (
                ("comity.toml", _CHECK.replace(b"tool.comity.", b"")),
                ("pyproject.toml", _CHECK),
                ("subscriptions.toml", _FOLLOW),
            )
        )
        if random.random() < 0.6:
            lines = text.split(b"\n")
            for _ in range(random.randint(1, 3)):
                at = random.randrange(len(lines))
                key, equals, _ = lines[at].partition(b" = ")
                lines[at] = key + equals + random.choice(_VALUES) if equals else random.choice((b"", b"[x]", lines[at]))
            text = b"\n".join(lines)
        if random.random() < 0.5:
            text = damaged(random, text, 3)
        return file, text

    def run(self, made: tuple[str, bytes]) -> str:
        file, text = made
        for name in ("comity.toml", "pyproject.toml"):
            Path(name).unlink(missing_ok=True)
        Path(file).write_bytes(text)
        try:
            subscriptions(Path(file)) if file == "subscriptions.toml" else ignored(Path())
        except ComityError as error:
            if file not in str(error):
                raise Wrong(f"the refusal does not name the file: {error}") from error
            return "refused"
        return "answered"
