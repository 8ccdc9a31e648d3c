"""Documents of many kinds, through `comity read` and `comity check` as a person calls them."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

from fuzzed.base import MARKUP, ODD, Kind, command, damaged, letters, prose

_ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "utf-7", "shift_jis", "euc-jp",
    "iso2022_jp", "gb18030", "big5", "euc-kr", "koi8-r", "cp1251", "cp1252", "cp037", "cp500", "latin-1", "mac-roman",
    "iso8859-7", "cp1255", "cp1256", "hz",
)  # fmt: skip
_ABROAD = (
    "日本とペルーは一八七三年に修好条約を結んだ。", "Перу и Чили установили отношения в 1826 году.",
    "페루와 대한민국은 수교하였다.", "智利承認秘魯。", "Η Χιλή αναγνώρισε το Περού.",
)  # fmt: skip


def text(random: Random) -> bytes:
    return prose(random).encode("utf-8", "surrogatepass" if random.random() < 0.1 else "replace")


def encoded(random: Random) -> bytes:
    words = f"{prose(random, 6)} {random.choice(_ABROAD) * random.randint(1, 6)} {prose(random, 4)}"
    return words.encode(random.choice(_ENCODINGS), "ignore")


def html(random: Random) -> bytes:
    tags = (
        "p",
        "div",
        "table",
        "tr",
        "td",
        "li",
        "ul",
        "h2",
        "a",
        "b",
        "span",
        "pre",
        "script",
        "style",
        "title",
        "sup",
    )
    pieces = [random.choice(("<!DOCTYPE html><html>", "<html><body>", "<head><meta charset=x>", ""))]
    for _ in range(random.randint(1, 12)):
        tag = random.choice(tags)
        attribute = random.choice(("", ' class="nav"', f' href="{letters(random, 5)}"', " x=", ' style="display:none"'))
        pieces += [f"<{tag}{attribute}>", prose(random, 4), f"</{tag}>" if random.random() < 0.8 else ""]
    return "".join(pieces).encode("utf-8", "replace")


def tei(random: Random) -> bytes:
    tags = ("div", "p", "note", "date", "persName", "head", "ref", "hi", "pb", "list", "item", "teiHeader")
    pieces = [
        random.choice(('<?xml version="1.0"?>', '<?xml version="1.0" encoding="x"?>', "<!-- -->", "")),
        random.choice(
            (
                "",
                "<!DOCTYPE TEI>",
                '<!DOCTYPE TEI [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]>',
                '<!DOCTYPE TEI [<!ENTITY x SYSTEM "/etc/hostname">]>',
            )
        ),
        random.choice(('<TEI xmlns="http://www.tei-c.org/ns/1.0">', "<TEI>", "<teiCorpus>", "<TEI.2>")),
    ]
    for _ in range(random.randint(1, 10)):
        tag = random.choice(tags)
        pieces += [
            f"<{tag} when='1826-05'>",
            prose(random, 4),
            random.choice(("&a;", "&c;", "&x;", "&#0;", "")),
            f"</{tag}>",
        ]
    return ("".join(pieces) + random.choice(("</TEI>", ""))).encode("utf-8", "replace")


def markdown(random: Random) -> bytes:
    marks = (
        "# ",
        "## ",
        "> ",
        "- ",
        "1. ",
        "```\n",
        "| ",
        "    ",
        "---\n",
        "[a](b) ",
        "[^1]: ",
        "***",
        "![",
        "<b>",
        "",
    )
    return "\n".join(random.choice(marks) + prose(random, 4) for _ in range(random.randint(1, 12))).encode(
        "utf-8", "replace"
    )


def noise(random: Random) -> bytes:
    head = random.choice(
        (b"", b"", b"%PDF-1.4\n", b"<html>", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", b"<?xml", b"\x89PNG")
    )
    return head + random.randbytes(random.choice((0, 1, 7, 300, 3000)))


def nested(random: Random) -> bytes:
    opening = random.choice(
        ("<div>", "<ul><li>", "(", "“", "<b>", "> ", "[", "<table><tr><td>", "<TEI><div>", "{", "((«")
    )
    return (opening * random.choice((3, 40, 1500, 8000)) + prose(random, 5)).encode("utf-8", "replace")


def repeated(random: Random) -> bytes:
    """A piece many times over, with a beginning and an end: what a backtracking pattern takes exponential time for."""
    piece = random.choice((*MARKUP, *ODD, "<?a ?>", "<!--->", "<?", " ", "\n", "\t", "-", "a", "1", ".", "A. ",
                          "the ", "of ",
                           "and the ", "1826, ", "Peru, ", "(b) ", "May 2, ", "“a” ", letters(random,
                           4)))  # fmt: skip
    size = random.choice((30, 200, 2_000, 8_000))
    before, after = random.choice(("", "<TEI>", "<html>", "Peru ")), random.choice(("", "x", "!", "<", " Chile."))
    return (before + piece * (size // (len(piece) or 1)) + after).encode("utf-8", "replace")


def huge(random: Random) -> bytes:
    """A word, a number or a line that is far too long."""
    size = random.choice((500, 5_000, 20_000))
    word = random.choice(("a", "A", "1", "é", "-", "'", "Peru", "中", "\u0301", "_", "1,", "x-")) * size
    return f"{prose(random, 3)} {word[:size]} {prose(random, 3)}".encode("utf-8", "replace")


_FILTERS = (
    "", "/Filter /FlateDecode", "/Filter [/ASCII85Decode /FlateDecode]", "/Filter /JBIG2Decode", "/Filter /Nonesuch",
    "/Filter /LZWDecode", "/Filter /DCTDecode", "/Filter 7", "/Filter /JPXDecode /DecodeParms 3",
    "/Filter /ASCIIHexDecode", "/Filter /RunLengthDecode", "/Filter /CCITTFaxDecode /DecodeParms << /K -1 >>",
    "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 99999999 >>",
)  # fmt: skip
_TRAILERS = (
    "", "", "", "/Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (y) /P -4 >>", "/Encrypt << /Filter /Foo >>",
    "/Encrypt 3", "/Encrypt 9 0 R", "/Encrypt << /Filter /Standard /V 99 /R 99 /O 1 /U 2 /P (x) >>", "/Prev 0",
    "/Prev 99999999", "/XRefStm 5",
)  # fmt: skip
_KIDS = (b"3 0 R", b"3 0 R", b"3 0 R", b"2 0 R", b"3 0 R 3 0 R", b"9 0 R", b"(x)", b"3 0 R " * 50, b"")


def pdf(random: Random) -> bytes:
    """A small PDF of one page, with odd filters, ciphers, trees of pages or fonts; some of its bytes may be damaged."""
    words = prose(random, 6).encode("latin-1", "replace").replace(b"(", b"").replace(b")", b"").replace(b"\\", b"")
    show = b"BT /F1 12 Tf 72 720 Td " + b" ".join(b"(%s) Tj 0 -14 Td" % line for line in words.splitlines()) + b" ET"
    kind = random.choice(_FILTERS) if random.random() < 0.5 else "/Filter /FlateDecode"
    stream = zlib.compress(show) if "Flate" in kind else show
    length = random.choice((len(stream), len(stream), 0, -1, 99_999_999)) if random.random() < 0.2 else len(stream)
    font = random.choice(("/Type /Font /Subtype /Type1 /BaseFont /Helvetica",
                         "/Type /Font /Subtype /Type0 /Encoding /Identity-H",
                          "/Subtype /Type3", "/Encoding 5 0 R /ToUnicode 4 0 R",
                          "/Encoding /90ms-RKSJ-H"))  # fmt: skip
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (random.choice(_KIDS), random.choice((1, 1, 1, 0, -5, 99_999_999))),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {length} {kind} >>\nstream\n".encode() + stream + b"\nendstream",
        f"<< {font} >>".encode(),
    ]
    data, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(data)
    data += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    data += f"trailer << /Size 6 /Root 1 0 R {random.choice(_TRAILERS)} >>\nstartxref\n{table}\n%%EOF".encode()
    return damaged(random, bytes(data), 12) if random.random() < 0.6 else bytes(data)


MAKERS: tuple[tuple[Callable[[Random], bytes], int], ...] = (
    (text, 24), (html, 16), (tei, 8), (markdown, 8), (encoded, 12), (noise, 6), (nested, 4), (repeated, 8), (huge, 1),
    (pdf, 13),
)  # fmt: skip
SUFFIXES = ("txt", "html", "xml", "md", "pdf", "TXT", "htm", "", "x")


def document(random: Random) -> bytes:
    [maker] = random.choices([maker for maker, _ in MAKERS], [share for _, share in MAKERS])
    data = maker(random)
    return damaged(random, data) if random.random() < 0.08 else data


class Documents(Kind):
    """A document is read or refused in one sentence. One in twenty goes to `check` as well."""

    def make(self, random: Random) -> tuple[bytes, list[str]]:
        data, file = document(random), f"page.{random.choice(SUFFIXES)}"
        words = ["--format", "jsonl"] if random.random() < 0.5 else ["--explain"] * random.randint(0, 1)
        if random.random() < 0.05:
            return data, ["check", file, "--format", random.choice(("text", "jsonl", "sarif"))]
        if random.random() < 0.5:
            words += ["--about", "Peru", "--about", "United States"]
        return data, ["read", random.choice((file, file, file, "-")), *words]

    def run(self, made: tuple[bytes, list[str]]) -> str:
        data, words = made
        if words[1] == "-":
            return command(words, data)
        Path(words[1]).write_bytes(data)
        try:
            return command(words)
        finally:
            Path(words[1]).unlink()
