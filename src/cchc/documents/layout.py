"""How papers look, as dated and sourced data: pages, styles, fixed phrases, names of kinds (`layouts.yaml`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final, Literal, TypeVar, cast, get_args

from cchc.documents.blocks import Align
from cchc.documents.model import KindId, PaperSize
from cchc.records.errors import refuse
from cchc.records.schema import Fields as Keys
from cchc.records.schema import (
    as_choice,
    as_entries,
    as_flag,
    as_items,
    as_local_text,
    as_number,
    as_text,
    reading,
)
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.yaml_text import Node, Scalar, read_yaml

K = TypeVar("K", bound=str)
T = TypeVar("T")
Phrase = Literal[
    "nation", "motto", "number", "number_in_text", "subject", "addressees", "recipients", "resolution", "article",
    "annex", "attached", "issued_by", "draft", "sample",
]  # fmt: skip
StyleId = Literal[
    "superior", "body_name", "nation", "motto", "number", "subject", "place_and_date", "title", "summary", "addressee",
    "addressee_head", "addressee_item", "authority", "basis", "resolution", "body", "heading_1", "heading_2",
    "heading_3", "field", "note", "caption", "table_head", "table_number", "table_cell", "code_label",
    "recipients_head", "recipient", "signature_title", "signature_note", "signature_post", "signature_name",
    "annex_number", "annex_title", "annex_note", "page_number", "mark",
]  # fmt: skip
_HALF: Final = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Style:
    """The look of one part. `size`, `before` and `after` in points, `indent` and `first_line` in millimetres.

    `lines` is the line spacing, 1 for single. `rule` is the length of the line drawn below, as a share of the text's.
    """

    size: Fraction
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    align: Align = "left"
    indent: Fraction = Fraction()
    first_line: Fraction = Fraction()
    before: Fraction = Fraction()
    after: Fraction = Fraction()
    lines: Fraction = Fraction(1)
    rule: Fraction | None = None

    def scaled(self, by: Fraction) -> Style:
        """The same look on a smaller page: sizes to the next half point, spaces and indents in proportion."""
        return replace(
            self,
            size=Fraction(round(self.size * by / _HALF)) * _HALF,
            indent=self.indent * by,
            first_line=self.first_line * by,
            before=self.before * by,
            after=self.after * by,
        )


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of paper upright, in millimetres. `header` is the distance of the page number from the upper edge.

    `issuer` is the width of the left column at the head, `code` the side of a QR code, `signing` the room
    above a signer's name. Styles are scaled by `scale`.
    """

    width: Fraction
    height: Fraction
    top: Fraction
    bottom: Fraction
    left: Fraction
    right: Fraction
    header: Fraction
    issuer: Fraction
    code: Fraction
    signing: Fraction
    scale: Fraction

    @property
    def is_landscape(self) -> bool:
        """Whether the sheet lies across."""
        return self.width > self.height

    @property
    def room(self) -> Fraction:
        """The width of the text."""
        return self.width - self.left - self.right

    def turned(self) -> Page:
        """The sheet lying across: its binding edge comes to lie on top."""
        return replace(self, width=self.height, height=self.width)


@dataclass(frozen=True, slots=True)
class KindName:
    """What a kind of paper is called, None when it has no name; and its abbreviation in symbols."""

    name: str | None
    symbol: str | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole description of how papers look."""

    id: str
    title: LocalText
    font: str
    pages: Mapping[PaperSize, Page]
    phrases: Mapping[Phrase, str]
    kinds: Mapping[KindId, KindName]
    styles: Mapping[StyleId, Style]

    def symbol(self, kind: KindId, body: str) -> str:
        """`BC-HĐ`: the kind's abbreviation and the body's short name; the name alone where the kind has none."""
        return "-".join(part for part in (self.kinds[kind].symbol, body) if part)


def layout_on(day: date) -> Dated[Layout]:
    """The layout in force on that day, with its source and doubts. Raises `records.not_in_force` before the first."""
    return shipped().as_of(day)


@cache
def shipped() -> Timeline[Layout]:
    """The layouts that come with the product."""
    return load((resources.files("cchc.documents") / "layouts.yaml").read_bytes(), "cchc/documents/layouts.yaml")


def load(content: bytes, file: str) -> Timeline[Layout]:
    """Layouts written in YAML. Raises what is missing, unknown or outside its range, with the line."""
    with reading(read_yaml(content, file)) as keys:
        layouts = [as_dated(node, _layout) for node in as_items(keys.need("layouts"))]
    return Timeline("layouts", layouts)


def _layout(keys: Keys) -> Layout:
    return Layout(
        id=as_text(keys.need("id")),
        title=as_local_text(keys.need("title")),
        font=as_text(keys.need("font")),
        pages=_each(keys.need("pages"), get_args(PaperSize), _page),
        phrases=_each(keys.need("phrases"), get_args(Phrase), as_text),
        kinds=_each(keys.need("kinds"), get_args(KindId), _kind),
        styles=_each(keys.need("styles"), get_args(StyleId), _style),
    )


def _each(node: Node, names: tuple[K, ...], read: Callable[[Node], T]) -> Mapping[K, T]:
    """One entry for each of the names, none left out and none added."""
    with reading(node) as keys:
        return MappingProxyType({name: read(keys.need(name)) for name in names})


def _page(node: Node) -> Page:
    with reading(node) as keys:
        names = ("width", "height", "top", "bottom", "left", "right", "header", "issuer", "code", "signing", "scale")
        return Page(*(_measure(keys.need(name)) for name in names))


def _kind(node: Node) -> KindName:
    with reading(node) as keys:
        return KindName(keys.maybe("name", as_text), keys.maybe("symbol", as_text))


def _style(node: Node) -> Style:
    with reading(node) as keys:
        measures = ("indent", "first_line", "before", "after", "lines", "rule")
        given = {name: _measure(keys.need(name)) for name in measures if keys.has(name)}
        flags = {name: as_flag(keys.need(name)) for name in ("bold", "italic", "capitals") if keys.has(name)}
        align = cast("Align", as_choice(keys.need("align"), get_args(Align)))
        return Style(_measure(keys.need("size")), align=align, **given, **flags)  # type: ignore[arg-type]


def _measure(node: Node) -> Fraction:
    """A number, or `{from, to, use}`: what is allowed and what is used. Raises `documents.outside_range`."""
    if isinstance(node, Scalar):
        return as_number(node)
    with reading(node) as keys:
        least, most, used = (as_number(keys.need(name)) for name in ("from", "to", "use"))
    if not least <= used <= most:
        raise refuse("documents.outside_range", as_entries(node).place, least=least, most=most, used=used)
    return used
