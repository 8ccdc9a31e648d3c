"""The encoding of bytes, from a byte order mark, a declaration or their words, and whether it is certain.

Every byte string is *some* text in a charset of one byte per letter, so decoding without an error proves nothing:
KOI8-R read as cp1252 is a row of accented letters. Charsets of the same language differ in a few letters, those of
different languages in all of them. Words distinguish them. The words that contain a byte above 127 are decoded in each
charset and looked up among the commonest words of the languages written in it; the charset with the most known words
wins, and cp1252 if none has more, since names and rare words are in no list. East Asian text has no spaces, so it is
judged by its letters: Japanese mixes in kana, Korean is hangul, and Chinese uses mostly everyday characters, which
GB 2312 and Big5 both encode before the rare ones. What remains undecided goes to charset-normalizer, and whatever that
can't decide is read as cp1252 and marked as uncertain.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"), (b"\x84\x31\x95\x33", "gb18030"), (b"+/v8-", "utf-7"),
)  # fmt: skip
_WESTERN = ("en", "fr", "es", "de", "pt", "it", "nl", "sv", "da", "nb", "fi", "is", "ca")
_CENTRAL = ("pl", "cs", "sk", "hu", "sh", "sl", "ro")
_RUSSIAN = ("ru", "uk", "mk", "bg")
_CHARSETS = {
    "cp1252": _WESTERN, "iso8859_2": _CENTRAL, "cp1250": _CENTRAL, "cp1254": ("tr",),
    "cp1257": ("lt", "lv"), "cp1251": _RUSSIAN, "koi8_r": ("ru",), "koi8_u": ("uk",), "iso8859_5": _RUSSIAN,
    "cp866": _RUSSIAN, "mac_cyrillic": _RUSSIAN, "cp1253": ("el",), "iso8859_7": ("el",), "cp1255": ("he",),
    "cp1256": ("ar", "fa"), "iso8859_6": ("ar",), "cp850": _WESTERN, "mac_roman": _WESTERN, "cp852": _CENTRAL,
    "cp037": _WESTERN,
}  # fmt: skip
"""Charsets of one byte per letter and their languages; of similar charsets the likelier comes first."""
_EBCDIC = "cp037"
_MORE_CHARSETS = ("cp037", "cp500", "cp424", "cp875", "cp874", "cp1258", "cp932", "euc_jp", "cp949", "gb18030", "big5")
_LABELS = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-9": "cp1254",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "gb2312": "gb18030",
    "gbk": "gb18030", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "tis-620": "cp874",
    "iso-8859-11": "cp874", "utf-16": "utf-16-le", "x-mac-cyrillic": "mac_cyrillic", "macintosh": "mac_roman",
}  # fmt: skip
"""Charsets by the labels that pages declare; each is the superset that browsers use in practice (WHATWG)."""
_DECLARED = re.compile(
    rb"""<(?:\?xml|meta)\b[^<>]{0,300}?(?:charset|encoding)\s?=\s?["']?([A-Za-z][\w.:-]{1,39})""", re.I
)
_HEAD = 4096
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BINARY = 0.05  # share of control characters above which bytes are not text
_HIGH = re.compile(rb"[\x80-\xff]")
_TOKEN = re.compile(rb"[A-Za-z\x80-\xff]{1,60}")
_WORD = re.compile(r"[^\W\d_]+")
_WINDOWS = 16
_WINDOW = 4096  # bytes: sixteen such windows identify a language as well as 50 MB do
_SHORTEST = 3  # letters: a shorter word exists in too many languages to look up
_TOKENS = 2000
_SPELLED = 0.01  # score of an unknown word spelled in a language's letters: it breaks ties
_SPELLED_ALONE = 0.3  # the same for a word with Latin letters, in bytes that are not Western text
_KNOWN = 0.25  # share of known words below which only cp1252 is considered
_SURELY = 0.6  # share of words known as cp1252 above which no other charset is tried
_SIGNS = re.compile(
    r"[^\W\d_][¤¦¨¬¯±¶¸¼½¾¿×÷¡¥←-▟\x80-\x9f\ue000-\uf8ff]|[a-zß-ÿ][À-ÞŠŽŒŸ]|[а-яё][А-Я]|[α-ω][Α-Ω]"
    r"|[A-Za-z][Ͱ-ϿЀ-ӿ֐-׿؀-ۿ]"
)
"""What no word contains: a sign after a letter, a capital after a lower-case letter, or letters of two scripts."""
_ODD = re.compile(rf"{_SIGNS.pattern}|[^\W\d_][¹²³£¢§©®°][^\W\d_]|[^\W\d_a-zA-Z]{{4}}|[\x80-\x9f]")
"""What Western text does not contain: such signs, four accented letters in a row, or a C1 control character."""
_RUN = re.compile(r"([a-z]?)([^\x00-\x7f\W\d_]+)([a-z]?)")
_SHIFT = re.compile(rb"\+[A-Za-z0-9+/]{2,400}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding of its bytes, and whether the encoding is certain."""

    text: str
    encoding: str
    certain: bool = True


def decoded(data: bytes, charset: str | None = None) -> Decoded | None:
    """The text of bytes; `charset` is what a server declares. None if they are binary.

    A byte order mark decides first, and valid UTF-8 is UTF-8 whatever is declared. Line ends stay as they are, so that
    offsets refer to the original text.

    >>> decoded("Chargé d’Affaires".encode("cp1252")), decoded(bytes(range(32)))
    (Decoded(text='Chargé d’Affaires', encoding='cp1252', certain=True), None)
    >>> decoded("Перу и Россия установили отношения".encode("koi8-r")).encoding
    'koi8_r'
    """
    for encoding, certain in _candidates(data, charset):
        text = _strictly(data, encoding)
        if text is not None and len(_CONTROLS.findall(text)) <= _BINARY * len(text):
            return Decoded(text, encoding, certain)
    return None


def _candidates(data: bytes, charset: str | None) -> Iterator[tuple[str, bool]]:
    """Encodings to try, the likeliest first, each with whether it is certain if the bytes decode."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if marked:
        yield marked, True
        return
    if wide := _wide(data):
        yield wide, True
        return
    labels = [label for label in (charset, _declared(data)) if label]
    if data.isascii():
        yield from ((seven, True) for seven in _seven(data))
    yield "utf-8", True
    for label in labels:
        encoding = _known(label)
        if encoding and _clean(data, encoding):
            yield encoding, True
    yield from _guesses(data)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _wide(data: bytes) -> str | None:
    """UTF-32 or UTF-16 without a byte order mark: many zero bytes, always at the same position of two or four."""
    head = data[:_HEAD]
    if len(data) % 4 == 0:
        for encoding in ("utf-32-le", "utf-32-be"):
            if _strictly(head, encoding) is not None:
                return encoding
    zeros = (head[0::2].count(0), head[1::2].count(0))
    if max(zeros) > len(head) // 8:
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    return None


def _seven(data: bytes) -> Iterator[str]:
    """Seven-bit encodings: ISO-2022 by its escapes, UTF-7 if all its shift sequences give letters or signs."""
    if b"\x1b$" in data:
        yield "iso2022_kr" if b"\x1b$)C" in data else "iso2022_jp_2"
    if _SHIFT.search(data) and (text := _strictly(data, "utf-7")) is not None:
        hidden = {letter for letter in text if not letter.isascii()}
        if any(map(str.isalpha, hidden)) and all(unicodedata.category(letter)[0] in "LMNPSZ" for letter in hidden):
            yield "utf-7"


def _declared(data: bytes) -> str | None:
    """The charset that the head of an XML or HTML file declares."""
    match = _DECLARED.search(data[:_HEAD])
    return match[1].decode("ascii") if match else None


def _known(label: str) -> str | None:
    """The codec of a label; None for a label that is unknown or not a text encoding."""
    name = label.strip().lower()
    try:
        return _LABELS.get(name) or codecs.lookup(name).name if "\0" not in name and name.isascii() else None
    except LookupError:
        return None


def _clean(data: bytes, encoding: str) -> bool:
    """Whether a declared charset gives plausible text: as Western text it has no rows of accented letters."""
    text = _strictly(_sample(data) if encoding in _CHARSETS else data, encoding)
    return text is not None and not (encoding in ("cp1252", "cp1254") and _ODD.search(text))


def _guesses(data: bytes) -> Iterator[tuple[str, bool]]:
    """Encodings that bytes other than UTF-8 may have; at the end cp1252, and Latin-1, which decodes any byte."""
    sample = _sample(data)
    western = _strictly(sample, "cp1252")
    sound = western is not None and not _ODD.search(western)
    broken = _broken_utf8(sample)
    if (best := None if broken else _by_words(sample, sound)) is not None:
        yield best, True
    yield from _eastern(data, _WIDE)
    if broken:
        yield "cp1252", False
    elif sound:
        yield "cp1252", True
    else:
        yield from _eastern(data, _EASTERN)
        yield from _second_opinion(sample)
    yield "cp1252", False
    yield "latin-1", False


def _sample(data: bytes) -> bytes:
    """All of a short input; of a long one windows of whole lines, each around a byte above 127."""
    if len(data) <= _WINDOWS * _WINDOW:
        return data
    pieces, end = [], 0
    for place in range(0, len(data), len(data) // _WINDOWS):
        high = _HIGH.search(data, max(place, end))
        if high is None:
            break
        start = max(data.rfind(b"\n", max(end, high.start() - _WINDOW), high.start()), end, high.start() - _WINDOW // 2)
        end = high.start() + _WINDOW
        line = data.find(b"\n", end, end + _WINDOW)
        end = line if line >= 0 else end
        pieces.append(data[start:end])
    return b"\n".join(pieces)


def _broken_utf8(sample: bytes) -> bool:
    """Whether bytes are UTF-8 except for a few: a truncated file, or one joined from two encodings."""
    broken = len(sample) - len(sample.decode("utf-8", "ignore").encode())
    return broken * 4 < len(_HIGH.findall(sample))


def _by_words(sample: bytes, sound: bool) -> str | None:
    """The charset in which most words are known; None if too few are known in any."""
    tokens = list(dict.fromkeys(islice(filter(_HIGH.search, _TOKEN.findall(sample)), _TOKENS)))
    spelled = _SPELLED if sound else _SPELLED_ALONE
    best, most = None, 0.0
    for encoding, languages in _CHARSETS.items():
        texts = [_strictly(token, encoding) for token in tokens]
        words = [word for text in texts for word in _words(text or "", encoding == _EBCDIC)]
        whole = 0.001 * sum(text is not None and text.isalpha() for text in texts)
        signs = sum(text is None or _strange(text, encoding) for text in texts)
        score = max(_score(words, language, spelled) for language in languages) + whole - signs
        if score > most and score >= _KNOWN * len(tokens):
            best, most = encoding, score
        if encoding == "cp1252" and sound and score >= _SURELY * len(tokens) > 0:
            break
    return best


def _strange(text: str, encoding: str) -> bool:
    """Whether letters can't be a word; in EBCDIC, where every letter is a high byte, only ASCII is plausible."""
    return _SIGNS.search(text) is not None or (encoding == _EBCDIC and not text.isascii())


def _words(text: str, all_of_them: bool) -> Iterator[str]:
    """The words of a text with a letter outside ASCII, or all words, in lower case."""
    for word in _WORD.findall(text):
        if len(word) >= _SHORTEST and (all_of_them or not word.isascii()):
            yield word.lower()


def _score(words: list[str], language: str, spelled: float) -> float:
    """How many words are known in a language; an unknown word in the language's letters scores a little.

    Letters none of which is ASCII could be a word of any script, so they score least.
    """
    common, alphabet = _common(language), _alphabet(language)
    score = 0.0
    for word in words:
        if word in common:
            score += 1.0
        elif alphabet.issuperset(word):
            score += spelled if not word.isascii() and any(map(str.isascii, word)) else _SPELLED
    return score


@cache
def _common(language: str) -> frozenset[str]:
    """The commonest words of a language. Romanian ș and ț are also given with cedillas, as in older charsets."""
    from wordfreq import get_frequency_dict

    words = frozenset(get_frequency_dict(language, "small"))
    cedillas = str.maketrans("șț", "şţ")
    return words | {word.translate(cedillas) for word in words} if language == "ro" else words


@cache
def _alphabet(language: str) -> frozenset[str]:
    """The letters of a language: those in more than one of five hundred of its words."""
    words = _common(language)
    counts = Counter(letter for word in words for letter in set(word))
    return frozenset(letter for letter, count in counts.items() if count * 500 > len(words))


@cache
def _everyday_chinese() -> frozenset[str]:
    """The six hundred commonest characters, which make up most of any Chinese text."""
    from wordfreq import get_frequency_dict

    single = ((word, often) for word, often in get_frequency_dict("zh", "small").items() if len(word) == 1)
    chinese = [(word, often) for word, often in single if "一" <= word <= "鿿"]
    return frozenset(word for word, _ in sorted(chinese, key=lambda each: -each[1])[:600])


def _eastern(data: bytes, judges: dict[str, Callable[[list[str]], bool]]) -> Iterator[tuple[str, bool]]:
    """The East Asian encodings in which bytes are text of the right script, not mixed into Latin words."""
    for encoding, judged in judges.items():
        text = _strictly(data, encoding) or ""
        runs = list(islice(_RUN.finditer(text), 20_000))
        letters = [letter for run in runs for letter in run[2]]
        apart = sum(not (run[1] or run[3]) for run in runs)
        if letters and apart * 2 >= len(runs) and judged(letters):
            yield encoding, True


def _japanese(letters: list[str]) -> bool:
    full = sum("\u3041" <= letter <= "\u30ff" for letter in letters)
    halved = sum("\uff61" <= letter <= "\uff9f" for letter in letters)
    return full > 0.15 * len(letters) and halved < 0.1 * len(letters)


def _korean(letters: list[str]) -> bool:
    """Whether nine of ten are syllables of KS X 1001: a fifth of all possible ones, but nearly all that are used."""
    return sum("가" <= letter <= "힣" and bool(letter.encode("euc_kr", "ignore")) for letter in letters) > 0.9 * len(
        letters
    )


def _simplified(letters: list[str]) -> bool:
    """Whether nine of ten are in level 1 of GB 2312, and a third are everyday characters."""
    codes = (letter.encode("gb2312", "ignore") for letter in letters if "一" <= letter <= "鿿")
    first = sum(bool(code) and code[0] <= 0xD7 for code in codes)
    return first > 0.9 * len(letters) and 3 * sum(letter in _everyday_chinese() for letter in letters) >= len(letters)


def _traditional(letters: list[str]) -> bool:
    """Whether nine of ten are in level 1 of Big5."""
    codes = (letter.encode("big5", "ignore") for letter in letters if "一" <= letter <= "鿿")
    return sum(bool(code) and code[0] <= 0xC6 for code in codes) > 0.9 * len(letters)


def _any_of_them(letters: list[str]) -> bool:
    """Whether there are enough letters of one script: eight, because Latin bytes may form a few Chinese characters."""
    return len(letters) >= 8 and any(judged(letters) for judged in (_japanese, _korean, _simplified, _traditional))


_EASTERN: dict[str, Callable[[list[str]], bool]] = {
    "cp932": _japanese, "euc_jp": _japanese, "cp949": _korean, "gb18030": _simplified, "big5hkscs": _traditional,
}  # fmt: skip
_WIDE: dict[str, Callable[[list[str]], bool]] = {"utf-16-le": _any_of_them, "utf-16-be": _any_of_them}


def _second_opinion(sample: bytes) -> Iterator[tuple[str, bool]]:
    """The guess of charset-normalizer, marked as uncertain."""
    from charset_normalizer import from_bytes

    match = from_bytes(sample, cp_isolation=[*_MORE_CHARSETS, *_CHARSETS], enable_fallback=False).best()
    if match is not None:
        yield match.encoding, False
