"""Files: each form, read by a library that is not ours, says what `comity brief --format json` says."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from answers import events_of
from comity.errors import ExportError
from comity.ledger import View
from comity.ledger.open import embedded
from comity.ledger.schema import COLUMNS, to_claim
from comity.model import When
from comity.present.export.base import Brief, Claims
from comity.present.export.exporters import exporter, exporters
from comity.present.shapes import replies
from comity.present.visible import dumps
from comity.query.dossier import dossier
from comity.query.timeline import timeline
from web import COMITY, Served

PAIR = ("Peru", "United States")
BOTH = {"peru", "united-states"}
DAY = "1950-01-01"


@pytest.fixture(scope="module")
def view() -> View:
    return View(embedded())


@pytest.fixture(scope="module")
def told(view: View) -> Brief:
    return Brief(dossier(view, *PAIR, When.parse(DAY)))


@pytest.fixture(scope="module")
def spoken(told: Brief) -> Any:
    """What `comity brief --format json` says."""
    return json.loads(dumps(replies.Dossier.of(told.dossier)))


def export(name: str, view: View, as_of: str = DAY) -> bytes:
    """A file of the pair."""
    made = exporter(name)
    if made.topic == "timeline":
        return made.export(timeline(view, *PAIR))
    found = dossier(view, *PAIR, When.parse(as_of))
    return made.export(Brief(found) if made.takes is Brief else Claims.of(found))


def said_of(item: Any) -> tuple[str, ...]:
    """What an item of CSL-JSON says of a source."""
    issued = date(*item["issued"]["date-parts"][0]).isoformat()
    return item["title"], item["author"][0]["literal"], item["URL"], item["version"], issued


def text_of(html: bytes) -> str:
    """The words of a page, as lxml reads it."""
    import lxml.html

    return re.sub(r"\s+", " ", lxml.html.document_fromstring(html.decode()).text_content())


# Each form says the same


def test_every_exporter_is_told_of_in_the_docs() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "files.md").read_text("utf-8")
    assert not [name for name in exporters() if f"`{name}`" not in page]


def test_markdown_and_json_are_what_the_command_prints(told: Brief, home: Path) -> None:
    for form in ("md", "json"):
        printed = subprocess.run(
            [*COMITY, "brief", *PAIR, "--as-of", DAY, "--format", form], capture_output=True, check=True
        )
        assert exporter(f"brief.{form}").export(told).decode() == printed.stdout.decode()


def test_html_holds_every_sentence_of_the_json_and_asks_for_nothing(told: Brief, spoken: Any) -> None:
    import lxml.html

    html = exporter("brief.html").export(told)
    words = text_of(html)
    sentences = [event["sentence"] for name in ("history", "agreements", "borders") for event in spoken[name]]
    assert sentences
    stems = [sentence.removesuffix("its source.") for sentence in sentences]  # of a denial the page names the note here
    assert not [stem for stem in stems if re.sub(r"\s+", " ", stem) not in words]
    tree = lxml.html.document_fromstring(html.decode())
    assert not tree.xpath("//script | //link | //img | //iframe | //*[@src] | //*[starts-with(name(@*), 'on')]")
    [policy] = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.split("; ") == ["default-src 'none'", "style-src 'unsafe-inline'"]
    targets = {f"#{id}" for id in tree.xpath("//@id")}
    links = tree.xpath("//a/@href")
    assert links
    assert set(links) <= targets
    assert (tree.get("lang"), len(tree.xpath("//h1"))) == ("en", 1)


def test_pdf_is_tagged_bookmarked_and_says_what_the_page_says(told: Brief) -> None:
    from pypdf import PdfReader

    read = PdfReader(io.BytesIO(exporter("brief.pdf").export(told)))
    root: Any = read.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "en")
    assert "/StructTreeRoot" in root
    assert re.search(rb"pdfuaid:part(?:=\"1\"|>1<)", root["/Metadata"].get_data())
    assert read.metadata is not None
    assert read.metadata.title == "Peru and the United States. As of 1 January 1950."

    def titles(outline: Any) -> Iterator[str]:
        for one in outline:
            yield from titles(one) if isinstance(one, list) else [str(one.title)]

    told_in = re.findall(r"^#+ (.+)$", exporter("brief.md").export(told).decode(), re.MULTILINE)
    assert list(titles(read.outline)) == told_in
    words = re.sub(r"\s+", "", "".join(page.extract_text() for page in read.pages))
    assert "begunon24April1884atthelatest" in words
    for title in told_in:
        assert re.sub(r"\s+", "", title) in words
    assert f"1/{len(read.pages)}" in words


def test_a_pdf_without_pango_is_refused_in_a_sentence(told: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    class Missing:
        """A finder of modules that fails as WeasyPrint does where its libraries are not installed."""

        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(ExportError, match=r"needs the library Pango.*install"):
        exporter("brief.pdf").export(told)


def test_a_calendar_invents_no_day(view: View) -> None:
    from icalendar import Calendar

    found = timeline(view, *PAIR)
    read = Calendar.from_ical(export("timeline.ics", view))
    entries = {str(one["uid"]).removesuffix("@comity"): one for one in read.walk("VEVENT")}
    dated = [event for event in found.events if event.when]
    assert len(entries) == len(dated)
    assert int(read["x-comity-undated"]) == len(found.events) - len(dated)
    for event in dated:
        entry, when = entries[event.claims[0].id], event.when
        assert when is not None
        assert str(entry["x-comity-edtf"]) == when.edtf
        first, last = entry.decoded("dtstart"), entry.decoded("dtend") - timedelta(days=1)
        if when.earliest > date.min and when.latest < date.max:
            assert (first, last) == (when.earliest, when.latest)
        exact = when.precision == "day" and not when.is_marked
        assert exact or str(entry["summary"]).startswith(f"[{when.edtf}] ")


def test_a_calendar_has_the_events_of_the_json(view: View, spoken: Any) -> None:
    from icalendar import Calendar

    read = {str(one["uid"]): one for one in Calendar.from_ical(export("timeline.ics", view)).walk("VEVENT")}
    told = [one for one in events_of(spoken) if one["when"] and {one["subject"], one["object"]} == BOTH]
    assert len(told) > 20
    for event in told:
        entry = read[f"{event['claims'][0]}@comity"]
        assert (entry["x-comity-edtf"], entry["summary"].rpartition("] ")[2]) == (
            event["when"]["edtf"],
            event["sentence"],
        )
        places = [spoken["claims"][id]["source"] for id in (*event["claims"], *event["support"])]
        assert entry["description"].split("\n") == [f"{one['id']}, {one['locator']}" for one in places]


def test_a_timelines_csv_has_the_events_of_its_json(view: View) -> None:
    rows = list(csv.DictReader(io.StringIO(export("timeline.csv", view).decode())))
    events = replies.Timeline.of(timeline(view, *PAIR)).as_json()["events"]
    assert [(row["sentence"], row["claims"]) for row in rows] == [
        (event["sentence"], "; ".join(event["claims"])) for event in events
    ]


def test_posts_are_geometry_only_where_they_are_surely_known(told: Brief, spoken: Any) -> None:
    from shapely.geometry import shape

    read = json.loads(exporter("posts.geojson").export(told))
    assert (read["type"], {one["type"] for one in read["features"]}) == ("FeatureCollection", {"Feature"})
    held = [
        (one["properties"]["owner"], one["properties"]["host"], one["properties"]["town"], *event.values())
        for one in read["features"]
        for event in one["properties"]["events"]
    ]
    assert held == [
        (one["subject"], one["object"], one["label"], one["relation"], one["when"]["edtf"], one["claims"])
        for one in spoken["posts"]
    ]
    placed = {one["properties"]["town"]: shape(one["geometry"]) for one in read["features"] if one["geometry"]}
    assert placed["Arequipa"].distance(shape({"type": "Point", "coordinates": [-71.54, -16.4]})) < 0.1
    assert len(placed) < len(read["features"])


def test_every_form_of_claims_holds_those_of_the_json(view: View, spoken: Any, tmp_path: Path) -> None:
    import polars
    from rdflib import RDF, Graph, URIRef
    from rdflib import SDO as SCHEMA

    ids = set(spoken["claims"])
    held = polars.read_parquet(io.BytesIO(export("claims.parquet", view)))
    assert tuple(held.columns) == COLUMNS
    assert {to_claim(row).id for row in held.iter_rows()} == set(held["id"]) == ids
    assert {row["id"] for row in csv.DictReader(io.StringIO(export("claims.csv", view).decode()))} == ids
    lines = [json.loads(line) for line in export("claims.jsonl", view).splitlines()]
    assert {line["id"]: line for line in lines} == spoken["claims"]
    graph = Graph().parse(data=export("claims.jsonld", view), format="json-ld", publicID="https://comity.example/")
    statements = {str(one).rpartition("/")[2] for one in graph.subjects(RDF.type, RDF.Statement)}
    assert statements == ids
    for id, claim in spoken["claims"].items():
        node = URIRef(f"https://comity.example/claims/{id}")
        parties = [str(graph.value(node, one) or "").rpartition("/")[2] or None for one in (RDF.subject, RDF.object)]
        assert parties == [claim["subject"], claim["object"]]
        assert str(graph.value(node, RDF.predicate)).rpartition("#")[2] == claim["relation"]
        when = graph.value(node, SCHEMA.temporalCoverage)
        assert (str(when) if when else None) == (claim["when"]["edtf"] if claim["when"] else None)
    for event in events_of(spoken):
        if event["claims"] and len({*event["claims"], *event["support"]}) == 1:
            node = URIRef(f"https://comity.example/claims/{event['claims'][0]}")
            assert str(graph.value(node, SCHEMA.text)) == event["sentence"]
    file = tmp_path / "claims.sqlite"
    file.write_bytes(export("claims.sqlite", view))
    with sqlite3.connect(file) as database:
        assert {id for (id,) in database.execute("select id from claims")} == ids
        assert not database.execute("pragma foreign_key_check").fetchall()


def test_datasette_opens_the_database(view: View, spoken: Any, tmp_path: Path) -> None:
    file = tmp_path / "claims.sqlite"
    file.write_bytes(export("claims.sqlite", view))
    asked = "/claims/claims.json?_shape=array&relation=recognition&_size=max"
    run = [sys.executable, "-m", "datasette", str(file), "--get", asked]
    rows = json.loads(subprocess.run(run, capture_output=True, check=True).stdout)
    claims = spoken["claims"].items()
    told = {id: one["source"]["locator"] for id, one in claims if one["relation"] == "recognition"}
    assert {row["id"]: row["locator"] for row in rows} == told


def test_citeproc_renders_the_citations_and_bibtex_has_the_same(view: View, spoken: Any) -> None:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    items = json.loads(export("citations.csl.json", view))
    used = {
        one["id"]: (one["title"], one["publisher"], one["homepage"], one["commit"], one["commit_date"])
        for one in spoken["sources"]
        if one["used"]
    }
    assert {f"{item['id']}@{item['version'][:7]}": said_of(item) for item in items} == used
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    made = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        made.register(Citation([CitationItem(item["id"])]))
    rendered = [str(one) for one in made.bibliography()]
    assert len(rendered) == len(items)
    assert all(any(item["title"].split(",")[0][:30].casefold() in one.casefold() for one in rendered) for item in items)
    entries = re.findall(r"^@misc\{(.+),$", export("citations.bib", view).decode(), re.MULTILINE)
    assert sorted(entries) == sorted(item["id"] for item in items)


# The contract


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder in which another package with an exporter is installed."""
    folder = tmp_path / "site"
    info = folder / "slides-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: slides\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[comity.exporters]\nbrief.slides = slides:Slides\n")
    (folder / "slides.py").write_text(
        "from comity.present.export.base import Brief, Exporter\n\n\n"
        "class Slides(Exporter):\n"
        '    name, media, told, takes = "brief.slides", "text/plain", "the brief as slides", Brief\n\n'
        "    def export(self, what):\n"
        "        return what.dossier.status.state.value.encode()\n"
    )
    return folder


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    put = {**os.environ, "PYTHONPATH": path, "COMITY_HOME": str(folder / "home")}
    return subprocess.run([*COMITY, *words], cwd=folder, env=put, capture_output=True, text=True, check=False)


def test_an_exporter_of_another_package_takes_part(site: Path) -> None:
    done = run(site, "export", *PAIR, "--as-of", DAY, "-o", "x.slides")
    assert (done.returncode, done.stderr) == (0, "")
    assert (site / "x.slides").read_text() == "established"


@pytest.mark.parametrize("code", ["import nothing_of_that_name", "class Slides: pass"])
def test_an_exporter_that_fails_is_named(site: Path, code: str) -> None:
    (site / "slides.py").write_text(code)
    done = run(site, "export", *PAIR, "-o", "x.md")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "brief.slides" in done.stderr
    assert not (site / "x.md").exists()


def test_what_is_there_stays_when_a_file_can_not_be_made(tmp_path: Path) -> None:
    kept = tmp_path / "x.md"
    kept.write_text("before")
    for words, why in (
        (("export", "Atlantis", "Peru", "-o", "x.md"), "Atlantis"),
        (("export", *PAIR, "-o", "x.docx"), "should end in"),
        (("export", *PAIR, "-o", "x.md", "--of", "weather"), "weather"),
        (("export", *PAIR, "-o", "no folder/x.md"), "can't be written"),
        (("export", *PAIR, "-o", "x.csv", "--as-of", DAY), "remove --as-of"),
    ):
        done = run(tmp_path, *words)
        assert done.returncode == 2
        assert why in done.stderr
    assert kept.read_text() == "before"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["x.md"]


def test_a_pdf_is_not_for_a_terminal(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [*COMITY, "brief", *PAIR, "--format", "pdf"]
    done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, check=False, text=True)
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 2
    assert "is binary: use -o FILE or a pipe" in done.stderr
    piped = subprocess.run(command, capture_output=True, check=True)
    assert piped.stdout.startswith(b"%PDF")


def test_a_ledgers_export_holds_every_claim_or_leaves_what_was_there(tmp_path: Path, view: View) -> None:
    import polars

    done = run(tmp_path, "ledger", "export", "-o", "it's.parquet")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{view.count():,} claims" in done.stdout
    assert polars.read_parquet(tmp_path / "it's.parquet").height == view.count()
    refused = run(tmp_path, "ledger", "export", "-o", "claims.xml")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "should end in .csv, .jsonl, .jsonld, .parquet, .sqlite" in refused.stderr


# Served


@pytest.mark.parametrize("name", sorted(exporters()))
def test_a_pair_is_served_as_files(served: Served, name: str, view: View) -> None:
    with served.client() as client:
        day = {} if name.startswith("timeline") else {"as_of": DAY}
        got = client.get(f"/pairs/peru/united-states/{name}", params=day)
        again = client.get(got.url, headers={"If-None-Match": got.headers["ETag"]})
        other = client.get(got.url, headers={"If-None-Match": '"other"', "If-Modified-Since": got.headers["Date"]})
    assert got.status_code == 200
    assert got.headers["content-type"].partition(";")[0] == exporter(name).media
    assert got.headers["content-disposition"] == f'attachment; filename="peru-united-states-{name}"'
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", got.headers["ETag"])
    assert (other.status_code, other.content) == (200, got.content)
    assert len(got.content) > 500


def test_the_pairs_page_links_to_its_files(served: Served) -> None:
    import lxml.html

    with served.client() as client:
        page = client.get("/pairs/peru/united-states", params={"as_of": DAY})
        links = lxml.html.document_fromstring(page.text).xpath("//a[@download]/@href")
        assert [link.partition("?")[0].rpartition("/")[2] for link in links] == list(exporters())
        lost = client.get("/pairs/peru/united-states/brief.docx")
        named = client.get("/pairs/Peru/USA/citations.bib")
    assert (lost.status_code, named.status_code) == (404, 307)
    assert named.headers["location"] == "/pairs/peru/united-states/citations.bib"
