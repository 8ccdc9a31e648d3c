"""What hypothesis draws stories from: claims on the relations of one pair, as a few sources might tell them."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from comity.model import Claim, Modality, Participant, Published, PublishedBasis, When

PAIR = ("peru", "chile")
KINDS = {
    "recognition": (None,),
    "recognition.withdrawn": (None,),
    "relations.established": (None,),
    "relations.interrupted": (None,),
    "relations.severed": (None,),
    "relations.resumed": (None,),
    "war": (None,),
    "war.ended": (None,),
    "mission.opened": ("legation", "embassy", "consulate"),
    "mission.raised": ("embassy",),
    "mission.closed": ("legation", "embassy", None),
    "envoy.appointed": ("Minister Resident", "Ambassador Extraordinary"),
    "envoy.received": ("Minister Resident", "Ambassador Extraordinary", "chargé d'affaires ad interim"),
    "envoy.departed": ("Minister Resident",),
    "agreement.signed": (None,),
}  # fmt: skip


def whens() -> st.SearchStrategy[When]:
    """Dates near enough to each other to be one, to overlap or to follow: a decade of years, months and days."""
    return st.one_of(
        st.integers(1900, 1909).map(lambda year: When.parse(str(year))),
        st.builds(lambda year, month: When.parse(f"{year}-{month:02}"), st.integers(1900, 1909), st.integers(1, 12)),
        st.dates(date(1900, 1, 1), date(1909, 12, 31)).map(When.on),
        st.builds(lambda year, more: When.parse(f"{year}/{year + more}"), st.integers(1900, 1905), st.integers(1, 4)),
    )


PUBLISHED = st.integers(1950, 1960).map(lambda year: When.parse(str(year)))


@st.composite
def claims(draw: st.DrawFn, published: st.SearchStrategy[When] = PUBLISHED) -> Claim:
    """One claim of the pair, either way round."""
    relation = draw(st.sampled_from(sorted(KINDS)))
    envoy = relation.startswith("envoy.")
    subject, object = draw(st.permutations(PAIR))
    return Claim(
        subject,
        relation,
        object,
        kind=draw(st.sampled_from(KINDS[relation])),
        participants=(Participant("envoy", draw(st.sampled_from(["A. Ruiz", "B. Soto"]))),) if envoy else (),
        when=draw(st.none() | whens()),
        modality=draw(st.sampled_from([*[Modality.ASSERTED] * 4, Modality.DENIED, Modality.PLANNED])),
        source=draw(st.sampled_from(["guide@1", "annals@2"])),
        locator=draw(st.sampled_from(["#1", "#2/p1", "#2/p2", "#3"])),
        published=Published(draw(published), PublishedBasis.STATED),
        confidence=draw(st.sampled_from([0.6, 0.8, 1.0])),
    )
