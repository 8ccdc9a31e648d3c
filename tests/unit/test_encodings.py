"""Bytes are read in the encoding that they are in, or it is said that this is uncertain; Western texts as ever."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import BadDocument
from comity.reading import from_bytes, load
from comity.reading.text.encodings import decoded

RUSSIAN = (
    "Советский Союз и Перу установили дипломатические отношения в 1969 году.",
    "Посол вручил верительные грамоты президенту.",
    "Договор подписан в Лиме.",
)
ENGLISH = (
    "The United States recognized Peru on May 2, 1826.",
    "Peru and Chile signed a treaty.",
    "Lima.",
)
JAPANESE = (
    "日本とペルーは1873年に外交関係を樹立した。",
    "両国は1926年に通商条約に署名した。",
    "日本の首相がリマを訪問した。",
)
ACCENTED = ("James Cooley was Chargé d’Affaires.", "El Perú firmó un tratado.")
POLISH = (
    "Czechosłowacja nawiązała stosunki dyplomatyczne z Peru.",
    "Został ambasadorem w Limie.",
    "Lech Wałęsa in Lima.",
)
TEXTS = {
    "shift_jis": JAPANESE,
    "euc_jp": JAPANESE,
    "iso2022_jp": JAPANESE,
    "gb18030": (
        "中国和秘鲁于1971年11月2日建立外交关系。", "两国签署了自由贸易协定。", "秘鲁总统访问北京。",
        "Zhou Enlai (周恩来) visited Lima.",
    ),
    "big5": ("中國和秘魯於1971年11月2日建立外交關係。", "兩國簽署了自由貿易協定。", "秘魯總統訪問臺北。"),
    "euc_kr": ("대한민국과 페루는 1963년에 외교 관계를 수립하였다.", "양국은 자유무역협정에 서명했다."),
    "koi8_r": RUSSIAN,
    "cp1251": RUSSIAN,
    "iso8859_5": RUSSIAN,
    "cp866": RUSSIAN,
    "iso8859_2": (*POLISH, "Velvyslanec předal pověřovací listiny v roce 1922.", "A követ ősszel érkezett."),
    "cp1250": (*POLISH, "Československo navázalo diplomatické styky s Peru."),
    "iso8859_7": ("Η Ελλάδα και το Περού συνήψαν διπλωματικές σχέσεις το 1965.", "Η συμφωνία υπογράφηκε στην Αθήνα."),
    "cp1253": ("Η Ελλάδα και το Περού συνήψαν διπλωματικές σχέσεις το 1965.",),
    "cp1255": ("ישראל ופרו כוננו יחסים דיפלומטיים בשנת 1957.",),
    "cp1256": ("أقامت مصر وبيرو علاقات دبلوماسية في عام 1963.",),
    "cp1254": ("Türkiye ile Peru 1952 yılında diplomatik ilişkiler kurdu.",),
    "cp1257": ("Lietuva ir Peru užmezgė diplomatinius santykius 1991 metais, šalių atstovai pasirašė sutartį.",),
    "cp037": ENGLISH,
    "cp500": ENGLISH,
    "cp850": ("Le traité fut signé à Paris; la République française reconnut le Pérou.",),
    "mac_roman": ("Le traité fut signé à Paris; la République française reconnut le Pérou.",),
    "utf_7": (*ACCENTED, JAPANESE[0]),
    "utf_8": (*ACCENTED, *JAPANESE, *RUSSIAN),
    "utf_8_sig": (*ENGLISH, *JAPANESE),
    "utf_16": (*ENGLISH, *ACCENTED, *JAPANESE),
    "utf_16_le": (*ENGLISH, *ACCENTED, *JAPANESE),
    "utf_16_be": (*ENGLISH, *ACCENTED, *JAPANESE),
    "utf_32": (*ENGLISH, *ACCENTED, *JAPANESE),
    "utf_32_le": (*ENGLISH, *ACCENTED, *JAPANESE),
    "utf_32_be": (*ENGLISH, *ACCENTED, *JAPANESE),
}  # fmt: skip
WESTERN = (
    "James Cooley was Chargé d’Affaires.", "“Perú”", "He signed – at last – the “Treaty of Guano”.", "Núñez", "Île",
    "El Perú y España firmaron un tratado en 1879.", "¿Cuándo? ¡Año nuevo!", "Ñuñoa §5", "Señor Belaúnde",
    "Le traité fut signé à Paris; la République française reconnut le Pérou.", "L’été où il naquit", "Trêve", "créée",
    "Die Vereinigten Staaten eröffneten die Botschaft für Südamerika.", "Straße", "Müller-Lüdenscheidt", "d´Affaires",
    "As relações diplomáticas não foram interrompidas.", "São Tomé and Príncipe", "Côte d’Ivoire", "Åland", "— é",
    "£500 was paid", "50 €", "Treaty² of 1826º", "naïve coöperation", "Bogotá, Cancún", "Þingvellir á Íslandi",
    "1826–1827", "Hawai‘i", "Perú®", "Ž", "10 °C, ½ mile",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("encoding", "text"), [(name, text) for name, texts in TEXTS.items() for text in texts])
def test_a_line_is_read_in_its_encoding(encoding: str, text: str) -> None:
    for given_text in (text, "\n".join([text] * 40)):
        answer = decoded(given_text.encode(encoding))
        assert answer is not None
        assert (answer.text, answer.certain) == (given_text, True)


@pytest.mark.parametrize("text", WESTERN)
def test_western_text_of_one_line_is_read_as_cp1252(text: str) -> None:
    answer = decoded(text.encode("cp1252"))
    assert answer is not None
    assert (answer.text, answer.certain) == (text, True)


@pytest.mark.parametrize(
    "data",
    [
        "ประเทศไทยและเปรูสถาปนาความสัมพันธ์ทางการทูต".encode("tis-620"),
        "日本大使館".encode("euc_jp"),  # might be Chinese or Korean, for it has no kana
        bytes(range(128, 256)) * 3,
        "Perú and ".encode() * 20 + b"Per\xfa",  # of two encodings
    ],
)
def test_what_can_not_be_told_is_said_to_be_uncertain(data: bytes, tmp_path: Path) -> None:
    answer = decoded(data)
    assert answer is not None
    assert not answer.certain
    with pytest.raises(BadDocument, match=r'the encoding of "x" is uncertain: give it in UTF-8'):
        from_bytes(data, "x")
    (tmp_path / "x.txt").write_bytes(data)
    [document] = load(str(tmp_path / "x.txt"))
    assert document.caution == f"its encoding is uncertain: read as {answer.encoding}; give it in UTF-8 to be sure"


@pytest.mark.slow
def test_the_command_says_that_an_encoding_is_uncertain(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes("Peru: 日本大使館".encode("euc_jp"))
    command = [str(Path(sys.executable).with_name("comity")), "read", "x.txt"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0
    assert "comity: x.txt: its encoding is uncertain: read as" in done.stderr


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<?xml version="1.0" encoding="windows-1251"?><TEI>', "cp1251"),
        ("<html><head><meta charset=koi8-r>", "koi8-r"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">', "cp932"),
    ],
)
def test_what_a_page_declares_is_taken_where_it_gives_text(head: str, encoding: str) -> None:
    text = head + ("Ц" if encoding != "cp932" else "国")  # a letter, of which nothing could be told
    answer = decoded(text.encode(encoding))
    assert answer is not None
    assert (answer.text, answer.certain) == (text, True)


def test_a_wrong_declaration_does_not_go_before_what_bytes_show() -> None:
    for charset in ("iso-8859-1", "utf-16", "no-such", "", "\0", "x" * 999, "é"):
        for encoding in ("utf-8", "koi8-r"):
            answer = decoded(RUSSIAN[0].encode(encoding), charset)
            assert answer is not None
            assert answer.text == RUSSIAN[0]


@pytest.mark.parametrize("data", [bytes(range(32)), bytes(range(256)) * 4, b"\0" * 99])
def test_binary_is_no_text(data: bytes) -> None:
    assert decoded(data) is None


def test_the_encoding_of_a_large_file_is_told_from_samples() -> None:
    line = "The United States recognized Peru on May 2, 1826, and sent a Chargé d’Affaires.\n"
    plain = line.replace("é", "e").replace("’", "'")
    data = plain.encode() * 600_000 + line.encode("cp1252")
    answer = decoded(data)
    assert answer is not None
    assert (answer.encoding, answer.certain, answer.text[-len(line) :]) == ("cp1252", True, line)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_are_text_or_binary(data: bytes) -> None:
    answer = decoded(data)
    assert answer is None or answer.text.encode(answer.encoding, "replace") is not None
