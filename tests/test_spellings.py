"""What users of other packages and lists write, and the polity that is meant, or the sentence that says why none is."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import shipped
from comity.errors import AmbiguousPolity, UnknownPolity
from comity.ledger import View
from comity.model import When
from comity.query.link import linked
from comity.reconcile.bearers import LONGEST
from comity.reconcile.names import resolve
from comity.sources.gazetteer import NAMING, gazetteer
from comity.sources.spellings import DATA, spellings
from strategies import plain_dates

ROOT = Path(__file__).resolve().parent.parent
TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").with_stem("spellings").read_text(encoding="utf-8"))
NAMES = sorted({name.text for polity in gazetteer() for name in polity.names if name.kind in NAMING})


def meant(text: str, when: When | None = None) -> set[str]:
    """The ids of what the words mean: one, or those among which they are ambiguous; none when refused."""
    try:
        return {resolve(text, when).polity.id}
    except AmbiguousPolity as ambiguous:
        return set(ambiguous.candidates)
    except UnknownPolity:
        return set()


@pytest.mark.parametrize("polity", TABLE["means"])
def test_what_lists_write_for_a_state_means_it(polity: str) -> None:
    astray = {text: meant(text) for text in TABLE["means"][polity] if meant(text) != {polity}}
    assert astray == {}


@pytest.mark.parametrize("text", TABLE["ambiguous"])
def test_a_code_on_which_lists_disagree_is_refused_with_its_readings(text: str) -> None:
    with pytest.raises(AmbiguousPolity) as caught:
        resolve(text)
    assert set(caught.value.candidates) == set(TABLE["ambiguous"][text])
    to_write = re.findall(r'"([^"]+)"', str(caught.value).split("Write ")[1])
    assert set.union(*map(meant, to_write)) == set(TABLE["ambiguous"][text])


@pytest.mark.parametrize("text", TABLE["no-state"])
def test_what_is_no_state_is_refused_in_one_sentence_that_says_what_it_is(text: str) -> None:
    with pytest.raises(UnknownPolity) as caught:
        resolve(text)
    assert TABLE["no-state"][text] in str(caught.value)
    assert "comity answers about states" in str(caught.value)
    assert all(meant(name) for name in caught.value.suggestions)


@pytest.mark.parametrize("text", TABLE["nobody"]["names"])
def test_what_nobody_is_called_is_refused_without_a_suggestion(text: str) -> None:
    with pytest.raises(UnknownPolity) as caught:
        resolve(text)
    assert caught.value.suggestions == ()


def test_the_lists_are_long_enough_to_mean_something() -> None:
    assert sum(map(len, TABLE["means"].values())) >= 1200
    assert len(TABLE["ambiguous"]) + len(TABLE["no-state"]) + len(TABLE["nobody"]["names"]) >= 100


@pytest.mark.parametrize(
    ("text", "day", "ids"),
    [
        ("Allemagne", "1950", {"west-germany", "german-democratic-republic"}),
        ("Alemania", "1900", {"germany"}),
        ("Россия", "1960", {"soviet-union"}),
        ("中国", "1965", {"china", "taiwan"}),
        ("Corée", "1900", {"korea"}),
        ("Vietnam, Rep. of", "1960", {"south-vietnam"}),
        ("Russia (Soviet Union)", "1960", {"soviet-union"}),
        ("Turkey (Ottoman Empire)", "1900", {"ottoman-empire"}),
        ("Rep. of the Congo", "1961", {"congo-democratic-republic", "congo-republic"}),
        ("Sicily", "1850", {"two-sicilies"}),
        ("Somaliland", "1950", {"british-somaliland"}),
        ("GMY", "1900", {"germany"}),
        ("YUG", "1930", {"yugoslavia"}),
    ],
)
def test_another_spelling_means_on_a_day_what_the_name_means_on_it(text: str, day: str, ids: set[str]) -> None:
    assert meant(text, When.parse(day)) == ids


def turned(text: str) -> str:
    return re.sub(r"(.+ of(?: the)?) (.+)", r"\2, \1", text)


def bracketed(text: str) -> str:
    return re.sub(r"([^()]+ of(?: the)?) ([^()]+)", r"\2 (\1)", text)


def bare(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def shortened(text: str) -> str:
    for word, short in (
        ("Republic", "Rep."), ("Democratic", "Dem."), ("Islands", "Is."), ("Saint", "St."), ("North", "N."),
        ("South", "S."), ("United", "Utd."), ("New", "N."), (" and ", " & "), ("Federal", "Fed."),
        ("Equatorial", "Eq."),
    ):  # fmt: skip
        text = re.sub(rf"\b{word}\b", short, text)
    return text


FORMS: list[Callable[[str], str]] = [
    turned, bracketed, bare, shortened, str.upper, str.lower,
    lambda text: f"The {text}", lambda text: f"{text}, The", lambda text: text.replace(" ", "-"),
    lambda text: text.replace(" ", "_"), lambda text: text.replace(" and ", " & "),
    lambda text: shortened(turned(text)), lambda text: bare(text).upper(),
]  # fmt: skip


@given(st.sampled_from(NAMES), st.sampled_from(FORMS), st.none() | plain_dates())
def test_a_name_in_another_form_never_means_another(name: str, form: Callable[[str], str], when: When | None) -> None:
    assert meant(form(name), when) == meant(name, when)


@given(st.text("abcNSRep.,()/[]-& of", max_size=LONGEST))
def test_any_words_are_resolved_or_refused(text: str) -> None:
    assert meant(text) <= {polity.id for polity in gazetteer()}


def test_a_name_that_is_too_long_is_refused_before_it_is_compared() -> None:
    view = View(shipped())
    for words in ("x" * 100_000, "x y" * 34_000, "(" * 100_000, "1 " * 50_000):
        for ask in (resolve, lambda text: linked(view, text), lambda text: linked(view, text, kind="war")):
            with pytest.raises(UnknownPolity, match="a name has at most 200 characters") as caught:
                ask(words)
            assert len(str(caught.value)) < LONGEST


def test_the_table_is_not_read_for_a_name_that_the_gazetteer_has() -> None:
    code = (
        "from comity.reconcile.names import resolve; from comity.sources.spellings import spellings; "
        "resolve('Peru'); resolve('the United States'); resolve('Germany'); print(spellings.cache_info().misses)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "0"


def test_a_remark_is_of_a_polity_that_is_no_state_today() -> None:
    assert "territory of the United States" in (resolve("Guam").choice or "")
    assert resolve("Texas", When.parse("1840")).choice is None
    assert spellings().remark("peru") == ""


def test_the_recipe_of_the_table_remakes_it_byte_for_byte(mirror: Path, tmp_path: Path) -> None:
    pytest.importorskip("rdata", reason="the recipe reads R data with rdata, of the development group")
    target = tmp_path / "spellings.json"
    command = [sys.executable, str(ROOT / "tools" / "spellings.py"), "--mirror", str(mirror), "--target", str(target)]
    subprocess.run(command, check=True)
    assert target.read_bytes() == DATA.read_bytes()
