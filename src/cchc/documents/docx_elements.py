"""The few elements of WordprocessingML that the library has no words for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

_TWIPS: Final = Fraction(14400, 254)  # in a millimetre
_AFTER_BORDERS: Final = (
    "w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:textAlignment", "w:outlineLvl", "w:rPr",
    "w:sectPr",
)  # fmt: skip
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")


def element(name: str, *children: Any, **attributes: object) -> Any:
    """`element("jc", val="center")` is `<w:jc w:val="center"/>`; values are escaped."""
    made: Any = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    for child in children:
        made.append(child)
    return made


def twips(millimetres: Fraction) -> int:
    """Twentieths of a point, the measure of the format."""
    return round(millimetres * _TWIPS)


def table(widths: Sequence[Fraction], *, has_lines: bool, padding: Fraction) -> Any:
    """An empty table of fixed widths."""
    line = {"val": "single", "sz": 4, "space": 0, "color": "auto"} if has_lines else {"val": "nil"}
    return element(
        "tbl",
        element(
            "tblPr",
            element("tblW", w=sum(map(twips, widths)), type="dxa"),
            element("tblInd", w=0, type="dxa"),
            element("tblBorders", *(element(side, **line) for side in _SIDES)),
            element("tblLayout", type="fixed"),
            element("tblCellMar", *(element(side, w=twips(padding), type="dxa") for side in ("left", "right"))),
        ),
        element("tblGrid", *(element("gridCol", w=twips(width)) for width in widths)),
    )


def row(*, repeats: bool = False) -> Any:
    """A row that no page break tears; one that repeats stands on every page."""
    marks = [element("cantSplit"), *([element("tblHeader")] if repeats else [])]
    return element("tr", element("trPr", *marks))


def cell(width: Fraction, columns: int = 1, merge: str | None = None, align: str = "top") -> Any:
    """A cell; `merge` is `restart` where it reaches down, `continue` below."""
    parts = [element("tcW", w=twips(width), type="dxa")]
    if columns > 1:
        parts.append(element("gridSpan", val=columns))
    if merge:
        parts.append(element("vMerge", val=merge))
    return element("tc", element("tcPr", *parts, element("vAlign", val=align)))


def paragraph(style: str, align: str, text: str, *, bold: bool, italic: bool) -> Any:
    """A paragraph of one run."""
    look = [element(name, val=int(on)) for name, on in (("b", bold), ("i", italic))]
    run = element("r", element("rPr", *look))
    for at, part in enumerate(text.split("\n")):
        if at:
            run.append(element("br"))
        words = element("t")
        words.text = part
        words.set(_SPACE, "preserve")
        run.append(words)
    return element("p", element("pPr", element("pStyle", val=style), element("jc", val=align)), run)


def hair() -> Any:
    """An empty paragraph, one point high."""
    return element("p", element("pPr", element("spacing", before=0, after=0, line=20, lineRule="exact")))


def field(paragraph: Any, code: str) -> None:
    """A field such as PAGE. The code is ours, never text of the paper."""
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            instruction = element("instrText")
            instruction.text = code
            paragraph.add_run()._element.append(instruction)
        paragraph.add_run()._element.append(element("fldChar", fldCharType=kind))


def rule_above(paragraph: Any) -> None:
    """A thin line over the paragraph, as wide as its indents leave."""
    borders = element("pBdr", element("top", val="single", sz=6, space=0, color="auto"))
    paragraph._element.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def outline(paragraph: Any, level: int) -> None:
    """Makes it a heading for navigation and for readers that speak."""
    paragraph._element.get_or_add_pPr().append(element("outlineLvl", val=level - 1))


def framed(run: Any) -> None:
    """A box around the words."""
    run._element.get_or_add_rPr().append(element("bdr", val="single", sz=4, space=1, color="auto"))
