"""The notes on pocom's dates, in a small vocabulary: how certain a date is, how a mission began, ended or failed."""

from __future__ import annotations

import re
from functools import cache

from comity.errors import BadDate
from comity.model import When
from comity.model.when import MONTHS
from comity.sources.hsg import dated

# A note ends just before its date: "Left post about" 1834-08-20.
_RANGE = re.compile(r"(?:\bbetween\b.{0,80}\band|\b(?:and|or)|[-–])$", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:about|approximately|late in|early in|on or (?:about|shortly before|shortly after|soon after))$",
    re.IGNORECASE,
)
_NEAR = re.compile(r"\b(?:before|after|since|until)$", re.IGNORECASE)
_PROBABLY = re.compile(r"\b(?:probably|possibly|presumably)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b1[6-9]\d\d\b|\b20\d\d\b")

_ELSEWHERE = re.compile(
    r"\bcommissioned to (?:the )?(?P<commissioned>[^,.;]{1,80}), but received by "
    r"(?:the )?(?:government of )?(?:the )?(?P<received>[^,.;]+)",
    re.IGNORECASE,
)
_NOT_RECEIVED = re.compile(r"\bno record\b|\bnot reported\b|\bpredecessor\b", re.IGNORECASE)

# How a service ended: the first manner with a matching pattern.
_MANNERS = {
    "declared persona non grata": (r"\bpersona non grata\b",),
    "recall requested": (r"\b(?:recall|departure) requested", r"refused to have further"),
    "assassinated": (r"^assassinated",),
    "died at post": (r"^died at post",),
    "died": (r"^died",),
    "promoted": (r"^promoted",),
    "recommissioned": (r"\brecommissioned", r"\breaccredited", r"^presented credentials as"),
    "relations severed": (r"\bsevered\b.{0,80}\brelations", r"\bbroke relations"),
    "relations interrupted": (r"\brelations (?:interrupted|were suspended)", r"\bsuspended political relations"),
    "war declared": (r"\bdeclared war\b",),
    "state occupied": (r"\boccupied\b", r"\bin anticipation of\b"),
    "state ended": (
        r"\b(?:absorbed|incorporated) into\b",
        r"\bannexed\b",
        r"\bceased to exist\b",
        r"\bassumed direction of\b",
    ),
    "government moved": (r"^(?:embassy near the )?government of .* (?:transferred|terminated|was terminated)\b",),
    "mission closed": (r"\b(?:closed|closing)\b", r"\bsuspended operations\b", r"\bfunctions .{0,80} ceased$"),
    "withdrawn": (r"\bwere withdrawn\b",),
    "membership ended": (r"\bwithdrew from\b",),
    "recess appointment expired": (r"^recess appointment expired",),
    "appointment terminated": (r"^(?:appointment|appointed|assignment) terminated", r"^relieved\b"),
    "resigned": (r"\bresign",),
    "superseded": (r"^superseded", r"\bsuccessor had been appointed"),
    "recalled": (r"^recalled",),
    "presented recall": (r"\brecall\b",),
    "relinquished charge": (r"\brelinquished charge",),
    "took leave": (r"\bfarewell\b", r"\bfinal interview\b"),
    "gave notice": (
        r"\bnotified\b.{0,80}\b(?:departure|termination of his mission|no further relations)\b",
        r"\binformed\b.{0,80}\bmission terminated\b",
        r"^requested passports",
    ),
    "left post": (r"^(?:left|departed)\b",),
}
# What a note on a departure says of the relations of the two states: the first relation with a matching pattern.
_BREAKS = {
    "relations.severed": _MANNERS["relations severed"],
    "war": _MANNERS["war declared"],
    "relations.interrupted": (
        *_MANNERS["relations interrupted"], r"\bno further relations\b", r"\brelations were suspended\b",
        r"\bassumed direction of .{0,40}\bforeign relations\b",
    ),
}  # fmt: skip
_STAYED = {
    "promoted": "the service ended by promotion at the same post",
    "recommissioned": "the service ended by a new commission",
}
# How an appointment failed: the first outcome with a matching pattern.
_OUTCOMES = {
    "nominated": (
        r"^(?:not|to be) commissioned",
        r"^nominat",
        r"\bannounced his intention to nominate",
    ),
    "declined": (r"\bdeclined\b",),
    "did not present credentials": (
        r"\b(?:not|without) (?:present|presented|presenting) credentials",
        r"\bnot (?:officially |formally )?received\b",
        r"\bbefore (?:presenting credentials|his official reception)",
        r"\bno record has been found\b",
    ),
    "did not proceed to post": (
        r"\bnot (?:proceed|return)\b",
        r"\bbefore (?:\w+ )?(?:proceeding|proceeded|going) to post",
        r"\ben route\b",
    ),
    "commission annulled": (r"\bcancell?ed\b", r"\brevoked\b", r"\ba nullity\b"),
    "did not serve": (r"\bnot (?:to have )?served?\b", r"\bnot take oath\b", r"\bbefore taking\b.{0,80}\boath\b"),
    "not confirmed": (r"\bnomination\b",),
}


def _compiled(table: dict[str, tuple[str, ...]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile("|".join(patterns), re.IGNORECASE), phrase) for phrase, patterns in table.items())


_ENDINGS, _FAILURES, _BROKEN = _compiled(_MANNERS), _compiled(_OUTCOMES), _compiled(_BREAKS)
_OF_RELATIONS = re.compile(r"\b(?:diplomatic relat\w+|relations|declared war|was closed|recognized)\b", re.IGNORECASE)
_UNRECOGNIZED = re.compile(
    r"\bnew government\b[^.;]{0,80}\b(?:un|not been )recognized\b[^.]{0,120}?"
    r"\bon (?P<day>[A-Z][a-z]+ \d{1,2}, \d{4})\b",
    re.IGNORECASE,
)


def refined(value: str, note: str) -> When | None:
    """A date as its note qualifies it; None when there is neither.

    "About" makes it approximate, "probably" uncertain; "soon after" or "shortly before" leave only the month,
    approximate; the last day of a range leaves the month or year that holds the range. A note that is itself
    a date replaces a missing one. Raises `BadDate` when neither can be read.

    >>> str(refined("1834-08-20", "Left post about")), str(refined("1834-08-20", "Left post soon after"))
    ('1834-08-20~', '1834-08~')
    >>> str(refined("1868-10-12", "Between September 29, 1868, and")), str(refined("1799-09-08", "On September 7 or"))
    ('1868', '1799-09')
    """
    if not value:
        return _date_of_note(note)
    when = dated(value)
    words = note.rstrip(" .,:")
    if when is None or not words:
        return when
    if _RANGE.search(words):
        return _around(when, words)
    unsure = bool(_PROBABLY.search(words))
    if _ABOUT.search(words):
        return When.parse(f"{when.edtf}{'%' if unsure else '~'}")
    if _NEAR.search(words):
        return When.parse(f"{when.edtf[:7]}{'%' if unsure else '~'}")
    return When.parse(f"{when.edtf}?") if unsure else when


@cache
def received(note: str) -> bool:
    """Whether a beginning with this note is the envoy's own reception or taking of charge.

    >>> received("Officially recognized on"), received("Presentation not reported; letter of credence issued")
    (True, False)
    """
    return not _NOT_RECEIVED.search(note)


@cache
def elsewhere(note: str) -> tuple[str, str] | None:
    """To whom an envoy was commissioned and by whom received, if a note says that they differ.

    >>> elsewhere("Commissioned to Sardinia, but received by the Government of the Kingdom of Italy.")
    ('Sardinia', 'Kingdom of Italy')
    """
    match = _ELSEWHERE.search(note)
    return (match["commissioned"], match["received"]) if match else None


@cache
def departure(note: str) -> tuple[str | None, tuple[float, str]]:
    """How a service ended, as one of a few phrases, and the confidence that the date is its end, with the reason.

    >>> departure("Left post on"), departure("")
    (('left post', (1.0, '')), (None, (1.0, '')))
    """
    if not note:
        return None, (1.0, "")
    for pattern, manner in _ENDINGS:
        if pattern.search(note):
            return manner, (1.0, _STAYED.get(manner, ""))
    return None, (0.7, "the source's note on the end is of no known kind")


@cache
def broken(note: str) -> str | None:
    """The break of relations that a note on a departure states, as a term; None without one.

    >>> broken("Normal relations interrupted on"), broken("Left post on")
    ('relations.interrupted', None)
    """
    return next((term for pattern, term in _BROKEN if pattern.search(note)), None)


@cache
def unrecognized(note: str) -> When | None:
    """The day on which, by a note, the new government of a country was not recognized yet; None without one.

    >>> str(unrecognized("The new government was still unrecognized when he left Mexico on July 17, 1913."))
    '1913-07-17'
    """
    match = _UNRECOGNIZED.search(" ".join(note.split()))
    return When.parse(match["day"]) if match else None


@cache
def is_of_relations(note: str) -> bool:
    """Whether a note on a chief is worth reading: it speaks of relations, a war, a mission closed or recognition."""
    return bool(_OF_RELATIONS.search(note))


@cache
def outcome(note: str) -> str | None:
    """How an appointment failed; "nominated" when there was none; None when the note doesn't say.

    >>> outcome("Took oath of office, but did not proceed to post."), outcome("Nomination withdrawn.")
    ('did not proceed to post', 'nominated')
    """
    return next((result for pattern, result in _FAILURES if pattern.search(note)), None)


def _date_of_note(note: str) -> When | None:
    """A note that is itself a date; None for words, which explain its absence. Raises `BadDate` for half a date."""
    try:
        return When.parse(note) if note else None
    except BadDate:
        if _YEAR.search(note) and len(note.split()) <= 2:
            raise
        return None


def _around(last: When, words: str) -> When:
    """The month that contains the whole of a range with this last day, else the year.

    Raises `BadDate` when the range spans several years.
    """
    years = set(_YEAR.findall(words))
    if years - {last.edtf[:4]}:
        raise BadDate(f'"{words} {last}" spans years', offender=words)
    months = {MONTHS[word] for word in re.findall(r"[a-z]+", words.lower()) if word in MONTHS}
    return When.parse(last.edtf[:7] if months == {last.earliest.month} else last.edtf[:4])
