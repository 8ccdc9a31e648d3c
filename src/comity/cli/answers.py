"""The commands that answer questions about a pair: brief, ask, timeline, diff; and the list of polities."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click
import typer

from comity.cli.arguments import DATE, AsOf, Explain, KnownBy, LedgerVersion, Mirror, One, Other, Output, TextFormat
from comity.cli.support import emit, page, polities_of, send, view_of, when_of

if TYPE_CHECKING:
    from comity.ledger import View
    from comity.model import Claim
    from comity.query.explain import Explanation
    from comity.query.pair import Pair

app = typer.Typer()


class BriefFormat(StrEnum):
    """How a brief is printed."""

    md = "md"
    json = "json"
    html = "html"
    pdf = "pdf"


class TimelineFormat(StrEnum):
    """How a timeline is printed."""

    text = "text"
    json = "json"
    html = "html"
    csv = "csv"
    ics = "ics"


@app.command()
def brief(
    a: One,
    b: Other,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    format: Annotated[
        BriefFormat | None,
        typer.Option("--format", help="Markdown, JSON, HTML or PDF; by default by the ending of FILE, else Markdown."),
    ] = None,
    output: Output = None,
    mirror: Mirror = None,
    explain: Explain = False,
    ledger_version: LedgerVersion = None,
) -> None:
    """The dossier of two polities on a day: status, how it came to be, what sources disagree on."""
    from comity.query.dossier import dossier

    view = view_of(ledger_version)
    answer = dossier(view, a, b, when_of(as_of, "--as-of"), when_of(known_by, "--known-by"))
    explained = _explained(view, answer.pair, "relations") if explain else None
    if output is not None or format in (BriefFormat.html, BriefFormat.pdf):
        from comity.present.export.base import Brief
        from comity.present.export.exporters import exporter, for_file

        writer = exporter(f"brief.{format}") if format or not output else for_file(output, "brief")
        send(writer, Brief(answer, _passages(answer.claims(), mirror), explained), output)
        return
    if format is BriefFormat.json:
        from comity.present.shapes.replies import Dossier
        from comity.present.visible import dumps

        print(dumps(Dossier.of(answer, explained)))
        return
    from comity.present.brief import brief as written

    page(written(answer, _passages(answer.claims(), mirror), explained))


@app.command()
def ask(
    a: One,
    b: Other,
    relation: Annotated[
        str, typer.Argument(metavar="RELATION", help="relations, recognition, mission, war … or a term.")
    ],
    as_of: AsOf = None,
    known_by: KnownBy = None,
    format: Annotated[TextFormat, typer.Option("--format", help="Text or JSON.")] = TextFormat.text,
    explain: Explain = False,
    ledger_version: LedgerVersion = None,
) -> None:
    """One relation's status on a day, with its evidence and its conflicts."""
    from comity.query.ask import ask as answer_to

    view = view_of(ledger_version)
    reply = answer_to(view, a, b, relation, when_of(as_of, "--as-of"), when_of(known_by, "--known-by"))
    explained = _explained(view, reply.pair, relation) if explain else None
    if format is TextFormat.json:
        from comity.present.shapes.replies import Answer
        from comity.present.visible import dumps

        print(dumps(Answer.of(reply, view.sources(), explained)))
        return
    from comity.present.answer import answer

    print(answer(reply, view.sources(), explained))


@app.command()
def timeline(
    a: One,
    b: Other,
    begin: Annotated[str | None, typer.Option("--from", metavar=DATE, help="The first day.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar=DATE, help="The last day.")] = None,
    known_by: KnownBy = None,
    format: Annotated[
        TimelineFormat, typer.Option("--format", help="Text, JSON, HTML, CSV or iCalendar.")
    ] = TimelineFormat.text,
    explain: Annotated[bool, typer.Option("--explain", help="Say what each event rests on.")] = False,
    ledger_version: LedgerVersion = None,
) -> None:
    """Every event between two polities, in chronological order."""
    from comity.query.timeline import judged
    from comity.query.timeline import timeline as ordered

    view = view_of(ledger_version)
    events = ordered(view, a, b, when_of(begin, "--from"), when_of(end, "--to"), when_of(known_by, "--known-by"))
    if format not in (TimelineFormat.text, TimelineFormat.json):
        from comity.present.export.exporters import exporter

        if explain:
            raise click.UsageError(f"--explain goes with text or JSON, not with --format {format}")
        send(exporter(f"timeline.{format}"), events, None)
        return
    judgements = judged(view, events) if explain else None
    if format is TimelineFormat.json:
        from comity.present.shapes.replies import Timeline
        from comity.present.visible import dumps

        print(dumps(Timeline.of(events, judgements)))
        return
    from comity.present.answer import timeline as written

    print(written(events, judgements))


@app.command()
def export(
    a: One,
    b: Other,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The file; its ending selects the format.")
    ],
    of: Annotated[
        str | None,
        typer.Option(
            "--of", metavar="TOPIC", help="brief, timeline, posts, claims or citations; by default by the name of FILE."
        ),
    ] = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    mirror: Mirror = None,
    ledger_version: LedgerVersion = None,
) -> None:
    """All about two polities as a file: a page, a table, a calendar, a map, linked data, a bibliography."""
    from comity.present.export.base import Brief, given
    from comity.present.export.exporters import for_file
    from comity.query.dossier import Dossier, dossier
    from comity.query.timeline import Timeline
    from comity.query.timeline import timeline as ordered

    exporter, known = for_file(output, of), when_of(known_by, "--known-by")
    if exporter.takes is Timeline and as_of:
        raise click.UsageError("a timeline covers all days: remove --as-of")

    def cited(answer: Dossier) -> Brief:
        return Brief(answer, _passages(answer.claims(), mirror))

    view = view_of(ledger_version)
    what = given(
        exporter.takes,
        lambda: dossier(view, a, b, when_of(as_of, "--as-of"), known),
        lambda: ordered(view, a, b, None, None, known),
        cited,
    )
    send(exporter, what, output)
    print(f"{output}: {exporter.told}")


@app.command()
def diff(
    names: Annotated[list[str] | None, typer.Argument(metavar="[A B]", help="A pair; every pair by default.")] = None,
    since: Annotated[
        str, typer.Option("--since", metavar="DATE|VERSION", help="A day of publication, or a version of your ledger.")
    ] = "",
    format: Annotated[TextFormat, typer.Option("--format", help="Text or JSON.")] = TextFormat.text,
) -> None:
    """What was published since a day, or recorded since a version of your ledger."""
    from comity.present import changes
    from comity.query.diff import diff as differing

    parties = frozenset(polities_of(names)) or None
    if parties is not None and len(parties) != 2:
        raise click.UsageError("give two polities, or none for every pair")
    version = re.fullmatch(r"v?(\d{1,3})", since)
    if not since:
        raise click.UsageError("give --since: a date, or a version of your ledger")
    before = view_of(int(version[1])) if version else view_of(None)
    changed = differing(before, view_of(None), parties, None if version else when_of(since, "--since"))
    if format is TextFormat.json:
        from comity.present.shapes.replies import Diff
        from comity.present.visible import dumps

        print(dumps(Diff.of(changed, since)))
        return
    for line in changes.text(changed, f"version {version[1]}" if version else since):
        print(line)


@app.command()
def polities(
    like: Annotated[
        str | None, typer.Option("--like", metavar="NAME", help="Those whose name or code resembles this.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="The maximum number.")] = 10,
) -> None:
    """Polities by name and code, with their lifespans."""
    from comity.present.polities import line
    from comity.reconcile.names import like as alike
    from comity.sources.gazetteer import gazetteer

    for polity in alike(like, limit) if like else gazetteer():
        print(line(polity))


def _explained(view: View, pair: Pair, relation: str) -> Explanation:
    from comity.query.ask import answered
    from comity.query.explain import explain

    return explain(view, answered(pair, relation))


def _passages(claims: Iterable[Claim], mirror: Path | None) -> dict[tuple[str, str], str]:
    """Quotations for the notes, where a mirror or fetched files are available."""
    from comity.sources.folders import home, mirrored, there

    if mirrored(there(mirror)) is None and not (home() / "sources").is_dir():
        return {}  # skips loading the adapters and the library that reads their files
    from comity.sources.quotations import passages

    return passages(((claim.source, claim.locator) for claim in claims), mirror)


class SpellsFormat(StrEnum):
    """What `spells` prints."""

    text = "text"
    csv = "csv"
    parquet = "parquet"
    json = "json"


@app.command()
def spells(
    lane: Annotated[
        str | None, typer.Option("--lane", help="relations, mission, envoy, war, leader … else all.")
    ] = None,
    about: Annotated[str | None, typer.Option("--about", metavar="POLITY", help="Only those of this polity.")] = None,
    partner: Annotated[str | None, typer.Option("--with", metavar="POLITY", help="And of this other one.")] = None,
    state: Annotated[str | None, typer.Option("--state", help="Only this state: severed, embassy …")] = None,
    begin: Annotated[str | None, typer.Option("--from", metavar=DATE, help="That went on then or later.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar=DATE, help="That had begun by then.")] = None,
    known_by: KnownBy = None,
    format: Annotated[SpellsFormat, typer.Option("--format", help="Text, CSV, Parquet or JSON.")] = SpellsFormat.text,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A file, instead of the screen.")] = None,
    ledger_version: LedgerVersion = None,
) -> None:
    """From when to when relations, missions, envoys, wars and more were in one state."""
    from comity.present import spells as written
    from comity.query.spells import spells as spells_of

    rows = spells_of(
        view_of(ledger_version), lane, about, partner, state,
        when_of(begin, "--from"), when_of(end, "--to"), when_of(known_by, "--known-by"),
    )  # fmt: skip
    if format is SpellsFormat.parquet:
        emit(written.as_parquet(rows), output, "Parquet")
    elif format is SpellsFormat.csv:
        emit(written.as_csv(rows).encode(), output)
    elif format is SpellsFormat.json:
        from comity.present.shapes.replies import Spell
        from comity.present.visible import dumps

        emit(f"{dumps([Spell.of(spell).as_json() for spell in rows])}\n".encode(), output)
    else:
        emit(f"{written.as_text(rows)}\n".encode(), output)


@app.command()
def partners(
    polity: Annotated[str, typer.Argument(metavar="POLITY", help="The polity.")],
    as_of: AsOf = None,
    known_by: KnownBy = None,
    ledger_version: LedgerVersion = None,
) -> None:
    """The state of relations of one polity with every other on a day."""
    from comity.present.spells import partners_text
    from comity.query.partners import partners as partners_of

    answer = partners_of(view_of(ledger_version), polity, when_of(as_of, "--as-of"), when_of(known_by, "--known-by"))
    print(partners_text(answer))
