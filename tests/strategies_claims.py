"""What hypothesis draws claims from: every field filled or not, in any script."""

from __future__ import annotations

from hypothesis import strategies as st

from comity.model import Claim, Modality, Participant, Published, PublishedBasis, Span
from comity.relations import vocabulary
from strategies import whens

POLITIES = st.sampled_from(["peru", "united-states", "chile", "bolivia", "peru-bolivian-confederation"])
# Every character that UTF-8 has, among them NUL, quotes, line ends and scripts that run the other way.
TEXT = st.text(max_size=20)
REAL = st.floats(allow_nan=False, allow_infinity=False)


def spans() -> st.SearchStrategy[Span]:
    """A stretch of a text."""
    return st.builds(lambda start, length: Span(start, start + length), st.integers(0, 10**6), st.integers(0, 10**4))


def claims() -> st.SearchStrategy[Claim]:
    """Any claim of the model."""
    return st.builds(
        Claim,
        subject=POLITIES,
        relation=st.sampled_from([term.id for term in vocabulary()]),
        object=st.none() | POLITIES,
        label=st.none() | TEXT,
        kind=st.none() | TEXT,
        participants=st.lists(st.builds(Participant, TEXT, TEXT, st.none() | TEXT), max_size=3).map(tuple),
        when=st.none() | whens(),
        value=st.none() | REAL,
        unit=st.none() | st.sampled_from(["USD", "PEN", "people"]),
        modality=st.sampled_from(Modality),
        source=st.sampled_from(["", "hsg-rdcr@f3c5354", "hsg-pocom@44d2226"]),
        locator=TEXT,
        published=st.builds(Published, st.none() | whens(), st.sampled_from(PublishedBasis)),
        confidence=st.floats(0, 1),
        reason=TEXT,
        document=st.none() | TEXT,
        span=st.none() | spans(),
        quote=st.none() | TEXT,
    )
