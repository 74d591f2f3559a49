"""Elements of the page. All text goes through the serialiser of the standard library, which escapes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final
from xml.etree.ElementTree import Element, tostring

from cchc.records.numbers import round_half_up
from cchc.tables.layout import clean_text

Cell = Element | str | None | Sequence["Cell"]
_DOCTYPE: Final = "<!DOCTYPE html>\n"


def element(tag: str, *children: Cell, **attributes: object) -> Element:
    """An element. `class_` is the attribute class, `aria_label` aria-label; None leaves an attribute or child out."""
    made = Element(tag)
    for name, value in attributes.items():
        if value is not None:
            made.set(name.rstrip("_").replace("_", "-"), clean_text(str(value)))
    for child in _flat(children):
        _append(made, child)
    return made


def _flat(children: Iterable[Cell]) -> Iterable[Element | str]:
    for child in children:
        if isinstance(child, (str, Element)):
            yield child
        elif child is not None:
            yield from _flat(child)


def _append(parent: Element, child: Element | str) -> None:
    if isinstance(child, Element):
        parent.append(child)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + clean_text(child)
    else:
        parent.text = (parent.text or "") + clean_text(child)


def document(root: Element) -> bytes:
    """The page as it is written."""
    return (_DOCTYPE + tostring(root, encoding="unicode", method="html") + "\n").encode()


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column; numbers stand on the right."""

    title: str
    is_number: bool = False


def table(key: str, caption: Cell, headings: Sequence[Heading], rows: Iterable[Sequence[Cell]]) -> Element:
    """A table in a box that scrolls by itself, cards on a phone; the first cell of a row is its heading."""
    head = element("tr", *(element("th", h.title, scope="col", class_=_look(h)) for h in headings))
    body = element("tbody", *(_row(headings, cells) for cells in rows))
    named = f"{key}-caption"
    made = element("table", element("caption", caption, id=named), element("thead", head), body, class_="table")
    return element("div", made, class_="table-box", role="region", tabindex=0, aria_labelledby=named)


def _row(headings: Sequence[Heading], cells: Sequence[Cell]) -> Element:
    first, *rest = zip(headings, cells, strict=True)
    return element(
        "tr",
        element("th", first[1], scope="row", class_=_look(first[0])),
        *(element("td", cell, class_=_look(heading), data_label=heading.title) for heading, cell in rest),
    )


def _look(heading: Heading) -> str | None:
    return "num" if heading.is_number else None


def part(key: str, title: str, *content: Cell) -> Element:
    """One part of the page under its heading."""
    heading = element("h2", title, id=key)
    return element("section", heading, *content, aria_labelledby=key)


def facts(*pairs: tuple[str, Cell]) -> Element:
    """Names with their values."""
    return element("dl", *(element("div", element("dt", n), element("dd", v)) for n, v in pairs), class_="facts")


def chip(look: str, text: str) -> Element:
    """A state: sign and word; `look` is overdue, in-time, paused or unverified."""
    sign = {"overdue": "!", "in-time": "✓", "paused": "‖", "unverified": "?"}[look]
    return element("span", element("span", sign, aria_hidden="true"), f" {text}", class_=f"chip is-{look}")


def bar(parts: Sequence[tuple[str, int, int]], whole: int, *, outline: int = 0) -> Element:
    """A bar of `parts` (look, start, length) on a scale 0…`whole`; `outline` is the length of its frame.

    Drawn for the eye only: what it shows stands beside it in words.
    """
    frame = [_piece("allotted", 0, outline, whole)] if outline else []
    pieces = [_piece(look, start, length, whole) for look, start, length in parts if length]
    return element("svg", *pieces, *frame, class_="bar", aria_hidden="true", focusable="false")


def legend(*looks: tuple[str, str]) -> Element:
    """What the looks of a bar mean; the empty look is its frame."""
    return element("ul", *(element("li", _sample(look), name) for look, name in looks), class_="legend")


def _sample(look: str) -> Element:
    return bar([(look, 0, 1)], 1) if look else bar([], 1, outline=1)


def _piece(look: str, start: int, length: int, whole: int) -> Element:
    pattern = {"over": "url(#hatch)", "dots": "url(#dots)"}.get(look)
    place = {"x": _percent(start, whole), "width": _percent(length, whole), "y": "0", "height": "100%"}
    plain = element("rect", class_=look, **place)
    if pattern is None:
        return plain
    return element("g", plain, element("rect", fill=pattern, **place))


def _percent(part: int, whole: int) -> str:
    return f"{round_half_up(Fraction(100 * part, max(whole, 1)), 2).normalize():f}%"


def patterns() -> Element:
    """Hatch and dots, that bars refer to."""
    hatch = element(
        "pattern", element("path", class_="hatch-line", d="M0 0v6"), id="hatch", width=6, height=6,
        patternUnits="userSpaceOnUse", patternTransform="rotate(45)",
    )  # fmt: skip
    dots = element(
        "pattern", element("circle", class_="dot-mark", cx=2, cy=2, r=1.25), id="dots", width=6, height=6,
        patternUnits="userSpaceOnUse",
    )  # fmt: skip
    return element("svg", element("defs", hatch, dots), class_="sprite", aria_hidden="true", focusable="false")
