"""The types shared by all stages: plain and immutable; they do no I/O and import no stage."""

from comity.model.claim import Claim, Modality, Participant
from comity.model.document import Document
from comity.model.intervals import Intervals
from comity.model.judgement import Judgement, Verdict
from comity.model.polity import Code, Name, Polity
from comity.model.source import Published, PublishedBasis, Source
from comity.model.span import Span
from comity.model.when import Certainty, When

__all__ = [
    "Certainty", "Claim", "Code", "Document", "Intervals", "Judgement", "Modality", "Name", "Participant",
    "Polity", "Published", "PublishedBasis", "Source", "Span", "Verdict", "When",
]  # fmt: skip
