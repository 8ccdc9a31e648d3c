"""Figures through time: what is told is drawn, and nothing is averaged or made up."""

from __future__ import annotations

from pathlib import Path

import lxml.etree
import pytest

from comity.ledger import View, Writer
from comity.model import Claim, When
from comity.present.charts import Figures, figures
from comity.query.figures import series
from comity.query.pair import pair

TOLD = (
    ("trade.exports", "peru", "united-states", "2012", 5e9, "guide@1"),
    ("trade.exports", "peru", "united-states", "2013", 6e9, "guide@1"),
    ("trade.exports", "peru", "united-states", "2013", 7e9, "annals@1"),  # another source tells otherwise
    ("trade.imports", "peru", "united-states", "2013", 4e9, "guide@1"),  # one year is no course
    ("trade.exports", "peru", None, "1900", 2e7, "guide@1"),
    ("trade.exports", "peru", None, "1990", 3e9, "guide@1"),
    ("travel", "united-states", "peru", "2010", 4e5, "guide@1"),
    ("travel", "united-states", "peru", "2014", 5e5, "guide@1"),
)


@pytest.fixture(scope="module")
def charts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Figures, ...]:
    folder = str(tmp_path_factory.mktemp("figures"))
    claims = [
        Claim(subject, relation, object, when=When.parse(year), value=value, source=source,
              unit="USD" if relation.startswith("trade") else "people")
        for relation, subject, object, year, value, source in TOLD
    ]  # fmt: skip
    Writer(folder).append(claims, source=None, adapter="test 1", who="a test")
    view = View(folder)
    return figures(series(view, pair(view, "peru", "united-states")), "peru")


def test_there_is_a_chart_for_each_kind_and_unit_with_two_years(charts: tuple[Figures, ...]) -> None:
    assert {chart.title for chart in charts} == {
        "Trade between the two, USD", "Trade with the whole world, USD", "Travel between the two, people",
    }  # fmt: skip


def test_two_sources_of_one_year_are_two_figures(charts: tuple[Figures, ...]) -> None:
    (line,) = next(chart for chart in charts if chart.title.startswith("Trade between")).lines
    assert line.title == "Peru's exports to the United States"
    assert sorted((when, much) for when, much, _ in line.figures) == [
        ("2012", "5 billion USD"), ("2013", "6 billion USD"), ("2013", "7 billion USD"),
    ]  # fmt: skip


def test_a_wide_range_has_a_scale_of_powers_and_says_so(charts: tuple[Figures, ...]) -> None:
    assert ["ten times" in chart.remark for chart in charts] == ["world" in chart.title for chart in charts]


def test_the_drawing_is_one_image_with_a_title_and_refers_to_nothing(charts: tuple[Figures, ...]) -> None:
    for drawing in (form for chart in charts for form in (chart.wide, chart.narrow)):
        root = lxml.etree.fromstring(drawing.svg)
        assert root.get("role") == "img"
        assert "http" not in drawing.svg.replace("http://www.w3.org/2000/svg", "")
        assert drawing.title in drawing.svg


def test_a_pair_without_figures_has_no_chart(tmp_path: Path) -> None:
    view = View(str(tmp_path))
    assert figures(series(view, pair(view, "peru", "chile")), "peru") == ()
