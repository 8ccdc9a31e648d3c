"""XML of the sources: parsed without network or entities, its whitespace normalized."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from comity.sources.base import Unreadable

Element = etree._Element

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


def parse(file: Path) -> Element | Unreadable:
    """The root element of a file, or why it can't be read, with the line and the element open there."""
    try:
        return etree.parse(str(file), _PARSER).getroot()
    except etree.XMLSyntaxError as error:
        return Unreadable(f"can't be parsed{_within(file)}: {fold(error.msg)}")
    except OSError as error:
        return Unreadable(f"can't be read: {error}")


def _within(file: Path) -> str:
    """The last element that a broken file begins, as " in <chief>"; empty when it begins none."""
    try:
        broken = etree.parse(str(file), etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except etree.XMLSyntaxError:  # the file has no XML at all
        return ""
    begun = list(broken.iter("*")) if broken.getroot() is not None else []
    return f" in <{etree.QName(begun[-1]).localname}>" if begun else ""


def fold(text: str | None) -> str:
    """A text with each run of whitespace replaced by one space.

    >>> fold(" Left\\n     post ")
    'Left post'
    """
    return " ".join(text.split()) if text else ""


def text(element: Element, path: str) -> str:
    """The folded text of the first element at a path, with that of its children; empty when there is none."""
    child = element.find(path)
    if child is None:
        return ""
    return whole(child) if len(child) else fold(child.text)


def leaves(element: Element) -> dict[str, str]:
    """The folded text of each child and grandchild by its path; of repeated ones, the first.

    >>> leaves(etree.fromstring("<chief><id>x</id><ended><date>1828</date><note/></ended></chief>"))
    {'id': 'x', 'ended/date': '1828', 'ended/note': ''}
    """
    texts: dict[str, str] = {}
    for child in element:
        tag = child.tag
        if len(child) == 0:
            texts.setdefault(str(tag), fold(child.text))
            continue
        for inner in child:
            texts.setdefault(f"{tag}/{inner.tag}", whole(inner) if len(inner) else fold(inner.text))
    return texts


def whole(element: Element) -> str:
    """The folded text of an element and everything in it."""
    return fold("".join(str(part) for part in element.itertext()))


def fields(element: Element, without: frozenset[str] = frozenset()) -> Iterator[str]:
    """Each text inside an element, after the name of its element; empty ones and those in `without` are left out.

    >>> list(fields(etree.fromstring("<chief><id>x</id><ended><date>1828</date><note>Died</note></ended></chief>")))
    ['id: x', 'ended: 1828', 'ended (note): Died']
    """
    for child in element:
        if child.tag in without or not isinstance(child.tag, str):
            continue
        own = fold(child.text)
        if own:
            yield f"{_name(child)}: {whole(child)}"
        else:
            yield from fields(child, without)


def _name(element: Element) -> str:
    """The element's own name; for a date or a note, that of the event around it."""
    tag, parent = str(element.tag), element.getparent()
    if tag == "note" and parent is not None and parent.find("date") is not None:
        return f"{parent.tag} (note)"
    return str(parent.tag) if tag == "date" and parent is not None and parent.find("type") is None else tag
