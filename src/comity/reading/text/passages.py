"""The passages of a document: clean text with a map back to the original text; boilerplate is labelled."""

from __future__ import annotations

import logging
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, lru_cache

from comity.model import Document, Span
from comity.reading.lexicon.words import table
from comity.reading.text import pdf
from comity.reading.text.languages import language
from comity.reading.text.markdown import markdown
from comity.reading.text.markup import Scanner
from comity.reading.text.sentences import goes_on

Block = tuple[str, Sequence[int]]

_BREAK = r"(?:\r\n|\r(?!\n)|(?<!\r)\n)"  # \r\n is one line end
_PARAGRAPH = re.compile(rf"{_BREAK}[^\S\r\n]*{_BREAK}\s*|\f")
_LINE = re.compile(rf"{_BREAK}|\u2028|\u2029|\x85|\v")
_BROKEN = re.compile(
    rf"(?<=[a-z])(?<!\b(?:vice|self|well|anti|semi))(?<!\b(?:non|pro|mid|pre))(?<!\b(?:co|ex))"
    rf"(?P<gap>-[^\S\r\n]*{_BREAK}[^\S\r\n]*)(?=[a-z])"
)
_ENOUGH = 30  # letters that identify the place of a block
_NONE: Mapping[int, int] = {}
_DROPPED = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]|[\x00-\x08\x0e-\x1b\x7f]")
_LONGEST_WORD = 200  # characters
_CLOSED = re.compile(r"[.!?:;…][\"'”’)\]\d]*$")
_NOTE = re.compile(r"(?<=[\w.,;:!?)\"'”’])(?:\[\d{1,3}\])+(?!\w)")  # the marks of footnotes: "in 1836.[1][2]"
# Traces that only wrong decoding or ligatures leave: ftfy, which is slow, runs only on paragraphs that have them.
_GARBLED = re.compile(r"[ÂÃâ][\u0080-\u00bf€™œ‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜š›ž]|[\ufffd\ufb00-\ufb06]")
_SHORT = 14  # words: a line this short without closing punctuation is a heading or part of a menu
_LARGEST = 1 << 16  # characters: no paragraph is longer
_LONGEST_KEPT = 1 << 22  # characters of a document whose passages are kept


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A likely repair: the text at `span` as `given`, what it probably was, why, and the confidence (0 to 1)."""

    span: Span
    given: str
    suggested: str
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: `kind` is prose, heading, aside or foreign; `offsets` maps each character to the original text.

    `what` names the boilerplate of an aside or the language (ISO 639-1) of a foreign passage; `repairs` are the wrongly
    decoded words that the text corrects. `ends` maps the start of each character written as several ("&eacute;") to
    its end.
    """

    text: str
    offsets: Sequence[int] = field(repr=False)
    kind: str = "prose"
    repairs: tuple[Suggestion, ...] = ()
    what: str = ""
    ends: Mapping[int, int] = field(default_factory=dict, repr=False)

    def span(self, start: int, end: int) -> Span:
        """The span of the original text for characters `start` to `end` of the clean text."""
        last = self.offsets[end - 1]
        return Span(self.offsets[start], self.ends.get(last, last + 1))


def passages(document: Document) -> Iterable[Passage]:
    """Every passage of a document in order, including boilerplate; cleaned once for all who ask.

    The passages of the largest documents are not kept, so that they can be read a part at a time.

    >>> [(p.kind, p.text) for p in passages(Document("Peru\\n\\nPeru  joined\\nin 1836.\\n\\nJoin our mailing list"))]
    [('heading', 'Peru'), ('prose', 'Peru joined in 1836.'), ('aside', 'Join our mailing list')]
    """
    if len(document.text) > _LONGEST_KEPT:
        return _clean(document)
    return _short(document) if len(document.text) <= _LARGEST else _long(document)


@lru_cache(maxsize=4096)
def words(text: str, media: str) -> str:
    """A few words of a document as its passages have them: without markup, repaired, white space folded."""
    # A few words are not a web page: there is no article to extract from them.
    blocks = _blocks(Document(text, media="tei" if media == "html" else media))
    return " ".join(filter(None, (_cleaned(block)[0] for block, *_ in blocks)))


def _clean(document: Document) -> Iterator[Passage]:
    for block, kind, what, ends in _blocks(document):
        text, offsets, repairs = _cleaned(block)
        if text:
            kind, what = (kind, what) if kind else _kind(text)
            own = {offset: ends[offset] for offset in offsets if offset in ends} if ends else _NONE
            yield Passage(text, offsets, kind, repairs, what, own)


def _kept(document: Document) -> tuple[Passage, ...]:
    return tuple(_clean(document))


_short, _long = lru_cache(maxsize=128)(_kept), lru_cache(maxsize=2)(_kept)


def _blocks(document: Document) -> Iterator[tuple[Block, str, str, Mapping[int, int]]]:
    """The parts of a document that are a passage each, uncleaned: with kind and what, if known, and the ends."""
    if document.media in ("html", "tei"):
        scanned = Scanner(document.text, document.media)
        chosen = _article(document.text, scanned.blocks) if document.media == "html" else [True] * len(scanned.blocks)
        for part, keep in zip(scanned.blocks, chosen, strict=True):
            kind, what = ("", "") if keep else ("aside", "outside the article")
            yield part, kind, what, scanned.ends
        return
    text, offsets, ends = _marked(document)
    heads = pdf.edges(document.text) if pdf.PAGE in document.text and document.media == "text" else []
    for start, end in heads:
        yield (document.text[start:end], range(start, end)), "aside", "running head", _NONE
    if heads:
        text, offsets = _without(document.text, heads)
    for start, end in _paragraphs(text):
        for block in _joined((text[start:end], offsets[start:end])):
            yield block, "", "", ends


def _marked(document: Document) -> tuple[str, Sequence[int], Mapping[int, int]]:
    return markdown(document.text) if document.media == "markdown" else (document.text, range(len(document.text)), {})


def _without(text: str, heads: list[tuple[int, int]]) -> Block:
    """The text of a paged document without its running heads."""
    offsets = array("q")
    position = 0
    for start, end in heads:
        offsets.extend(range(position, start))
        position = end
    offsets.extend(range(position, len(text)))
    body = "".join(text[offset] for offset in offsets)
    # a page break counts as a line end, because a sentence may continue on the next page
    return re.sub(rf"(?<!\s)[^\S{pdf.PAGE}]*+{pdf.PAGE}\s*", lambda gap: "\n".ljust(len(gap.group())), body), offsets


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for gap in _PARAGRAPH.finditer(text):
        yield from _cut(text, position, gap.start())
        position = gap.end()
    yield from _cut(text, position, len(text))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph; one that is too long (a book without blank lines) in pieces that end with a sentence."""
    while end - start > _LARGEST:
        ends = (text.rfind(mark, start, start + _LARGEST) for mark in (".\n", ".\r", ". ", " "))
        stop = next((place + 1 for place in ends if place > start), start + _LARGEST)
        yield start, stop
        start = stop
    if end > start:
        yield start, end


def _joined(block: Block) -> Iterator[Block]:
    """The lines of a paragraph: wrapped lines joined into one block, other lines each a block."""
    text, offsets = block
    lines: list[tuple[int, int]] = []
    position = 0
    for match in _LINE.finditer(text):
        lines.append((position, match.start()))
        position = match.end()
    lines.append((position, len(text)))
    start = lines[0][0]
    for (here, end), following in zip(lines, [*lines[1:], None], strict=True):
        if following is None or not goes_on(text[here:end].strip(), text[following[0] : following[1]].strip()):
            yield text[start:end], offsets[start:end]
            start = following[0] if following else end


def _cleaned(block: Block) -> tuple[str, Sequence[int], tuple[Suggestion, ...]]:
    """The text of a block, clean, with its offsets and the repairs."""
    text, offsets = _squeezed(*_unbroken(*block))
    return _repaired(text, offsets) if _GARBLED.search(text) else (text, offsets, ())


def _unbroken(text: str, offsets: Sequence[int]) -> Block:
    """Text with words hyphenated at a line end rejoined ("diplo-" and "matic") and footnote marks removed.

    "vice-" and "consul" keep their hyphen.
    """
    dropped = [match.span("gap") for match in _BROKEN.finditer(text)]
    dropped += [match.span() for match in _NOTE.finditer(text)] if "[" in text else []
    if not dropped:
        return text, offsets
    inside = {place for start, end in dropped for place in range(start, end)}
    places = [place for place in range(len(text)) if place not in inside]
    return "".join(text[place] for place in places), [offsets[place] for place in places]


def _squeezed(text: str, offsets: Sequence[int]) -> Block:
    """Text with white space as single spaces and without invisible characters."""
    if not _DROPPED.search(text) and text.isascii() and "  " not in text and not re.search(r"[\t\r\n\f\v]", text):
        left, right = len(text) - len(text.lstrip()), len(text.rstrip())
        return text[left:right], offsets[left:right]
    characters: list[str] = []
    where = array("q")
    for character, offset in zip(text, offsets, strict=True):
        if _DROPPED.match(character) and not (character == "\u00ad" and characters and characters[-1] in "ÂÃ"):
            continue  # a soft hyphen after these letters is half of a wrongly decoded letter
        if character.isspace():
            if characters and characters[-1] != " ":
                characters.append(" ")
                where.append(offset)
        else:
            characters.append("\ufffd" if "\ud800" <= character <= "\udfff" else character)
            where.append(offset)
    if characters and characters[-1] == " ":
        characters.pop()
        where.pop()
    return "".join(characters), where


def _repaired(text: str, offsets: Sequence[int]) -> tuple[str, Sequence[int], tuple[Suggestion, ...]]:
    """Text with mojibake and ligatures repaired by ftfy word by word, and the list of repairs."""
    import ftfy
    from ftfy.fixes import fix_latin_ligatures

    words: list[str] = []
    where: list[int] = []
    repairs = []
    for match in re.finditer(r"\S+|\s+", text):
        word, word_offsets = match.group(), offsets[match.start() : match.end()]
        mended = fix_latin_ligatures(ftfy.fix_encoding(word)) if _GARBLED.search(word) else word
        if mended == word:
            words.append(word)
            where.extend(word_offsets)
        elif mended:
            repairs.append(Suggestion(Span(word_offsets[0], word_offsets[-1] + 1), word, mended, _why(word), 0.95))
            words.append(mended)
            where.extend(_aligned(word, mended, word_offsets))
    return "".join(words), where, tuple(repairs)


def _why(word: str) -> str:
    return "its letters are run into one" if re.search(r"[\ufb00-\ufb06]", word) else "it was decoded wrongly"


def _aligned(word: str, mended: str, offsets: Sequence[int]) -> list[int]:
    """An offset for each character of the mended word, by alignment with the original word.

    To align takes the square of the length. No word is as long as `_LONGEST_WORD`; in what is, each character is taken
    to stand where its share of the whole is.
    """
    if len(word) > _LONGEST_WORD:
        return [offsets[place * len(word) // len(mended)] for place in range(len(mended))]
    where: list[int] = []
    for _, first, last, start, end in SequenceMatcher(None, word, mended, autojunk=False).get_opcodes():
        where.extend(offsets[min(first + step, max(last - 1, first), len(offsets) - 1)] for step in range(end - start))
    return where


def _kind(text: str) -> tuple[str, str]:
    """The kind of a passage, with the name of the boilerplate or the language of prose that is not English.

    A short line without closing punctuation is a heading; a short line with a phrase of boilerplate is an aside.
    """
    short = len(text.split()) <= _SHORT
    if short and (match := _asides().search(text)):
        return "aside", _ASIDES[match.lastgroup or ""]
    if short and not _CLOSED.search(text) and not re.search(r"\d{4}", text):
        return "heading", ""
    code = language(text)
    return ("prose", "") if code == "en" else ("foreign", code)


_ASIDES: dict[str, str] = {}


@cache
def _asides() -> re.Pattern[str]:
    """One pattern for all boilerplate, with a group for each kind."""
    parts = []
    for number, (name, phrases) in enumerate(table("asides").items()):
        _ASIDES[f"aside{number}"] = name
        worded = (rf"\b{re.escape(phrase)}\b" if phrase.isascii() else re.escape(phrase) for phrase in sorted(phrases))
        parts.append(rf"(?P<aside{number}>{'|'.join(worded)})")
    return re.compile("|".join(parts), re.IGNORECASE)


def _article(text: str, blocks: Sequence[Block]) -> list[bool]:
    """Which blocks of a page belong to its article according to trafilatura; all blocks if it finds no article."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs a long message for each broken page

    try:
        extract = trafilatura.extract(text, include_comments=False, include_tables=True) or ""
    except (ValueError, TypeError, AttributeError, RecursionError):
        extract = ""  # a page so broken that no article can be extracted is read whole
    article = _letters(extract)
    chosen = [_is_in(_letters(block), article) for block, _ in blocks]
    enough = sum(len(block) for (block, _), keep in zip(blocks, chosen, strict=True) if keep) > 0.2 * len(extract) > 0
    return chosen if enough else [True] * len(blocks)


def _is_in(letters: str, article: str) -> bool:
    """Whether an article contains a block; of a long block its start or end, since hidden text may be inside it."""
    if len(letters) <= 2 * _ENOUGH:
        return bool(letters) and letters in article
    return letters[:_ENOUGH] in article or letters[-_ENOUGH:] in article


def _letters(text: str) -> str:
    """Letters only, because footnote numbers are in one text and not in the other."""
    return re.sub(r"[\W\d_]+", "", text)
