"""Lines, columns and grids as paragraphs and tables of a DOCX."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from io import BytesIO
from typing import Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml.text.paragraph import CT_P
from docx.shared import Mm, Pt
from docx.table import _Cell

from cchc.documents import docx_elements as xml
from cchc.documents.blocks import Align
from cchc.documents.codes import code_png
from cchc.documents.layout import StyleId
from cchc.documents.pieces import CELL_PADDING, Beside, Cell, Composed, Gap, Grid, Leaf, Line, Pictures, Piece, placed
from cchc.documents.text import Run

_ALIGN: Final[dict[Align, WD_ALIGN_PARAGRAPH]] = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_HAIR: Final = Fraction(1)  # points: a paragraph that only the format needs


class Writer:
    """Writes pieces into a file, a cell or a header of it: whatever takes paragraphs."""

    def __init__(self, file: Any, composed: Composed) -> None:
        self._file = file
        self._composed = composed
        self._made: dict[StyleId, Any] = {}

    def header(self, section: Any, leaf: Leaf) -> None:
        """The page number in the middle, from the second page on; the marks on the right of all."""
        for header, is_numbered in ((section.first_page_header, False), (section.header, True)):
            paragraph = header.paragraphs[0]
            paragraph.style = self._style("page_number")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
            stops = paragraph.paragraph_format.tab_stops
            stops.add_tab_stop(Mm(float(leaf.page.room / 2)), WD_TAB_ALIGNMENT.CENTER)
            stops.add_tab_stop(Mm(float(leaf.page.room)), WD_TAB_ALIGNMENT.RIGHT)
            paragraph.add_run("\t")
            if is_numbered:
                xml.field(paragraph, "PAGE")
            if self._composed.marks:
                paragraph.add_run("\t")
                mark, look = paragraph.add_run(self._composed.marks), self._composed.styles["mark"]
                mark.bold, mark.font.size = True, Pt(float(look.size))
                xml.framed(mark)

    def pieces(self, target: Any, pieces: Iterable[Piece], room: Fraction) -> None:
        """Write them one below the other, `room` wide."""
        for piece in pieces:
            match piece:
                case Line():
                    self._line(target, piece, room)
                case Gap():
                    self.spacer(target, piece.height, keeps_next=piece.keeps_next)
                case Pictures():
                    self._pictures(target, piece, room)
                case Beside():
                    self._beside(target, piece)
                case Grid():
                    self._grid(target, piece)

    def spacer(self, target: Any, height: Fraction = _HAIR, *, keeps_next: bool = False) -> None:
        """An empty paragraph of exactly that height in points."""
        paragraph = target.add_paragraph()
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(float(height))
        paragraph.paragraph_format.keep_with_next = keeps_next or None

    def _line(self, target: Any, line: Line, room: Fraction) -> None:
        paragraph = target.add_paragraph(style=self._style(line.style))
        self._runs(paragraph, line.runs)
        if line.keeps_next:
            paragraph.paragraph_format.keep_with_next = True
        if line.level is not None:
            xml.outline(paragraph, line.level)
        if line.rule is not None:
            self._rule(target, line.rule, room)

    def _runs(self, paragraph: Any, runs: Iterable[Run]) -> None:
        for run in runs:
            made = paragraph.add_run(run.text)
            made.bold, made.italic = run.bold, run.italic

    def _rule(self, target: Any, length: Fraction, room: Fraction) -> None:
        """A centred line under the text before."""
        paragraph = target.add_paragraph()
        look = paragraph.paragraph_format
        look.left_indent = look.right_indent = Mm(float((room - length) / 2))
        look.space_before = Pt(1.5)
        look.line_spacing_rule, look.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)
        xml.rule_above(paragraph)

    def _pictures(self, target: Any, pictures: Pictures, room: Fraction) -> None:
        """The codes side by side, each over its label."""
        widths = (room / len(pictures.codes),) * len(pictures.codes)
        row = xml.row()
        self._table(target, widths, has_lines=False, padding=Fraction()).append(row)
        for code, width in zip(pictures.codes, widths, strict=True):
            cell = self._cell(row, xml.cell(width), target)
            paragraph = cell.add_paragraph(style=self._style("code_label"))
            drawn = paragraph.add_run().add_picture(BytesIO(code_png(code.content)), width=Mm(float(pictures.side)))
            drawn._inline.docPr.set("descr", code.label)
            cell.add_paragraph(code.label, style=self._style("code_label"))

    def _beside(self, target: Any, beside: Beside) -> None:
        widths = (beside.left_width, beside.right_width)
        table = self._table(target, widths, has_lines=False, padding=Fraction())
        row = xml.row()
        table.append(row)
        for pieces, width in zip((beside.left, beside.right), widths, strict=True):
            self.pieces(self._cell(row, xml.cell(width), target), pieces, width)
        _end_cells(row)

    def _grid(self, target: Any, grid: Grid) -> None:
        table = self._table(target, grid.widths, has_lines=True, padding=CELL_PADDING / 2)
        reach = [0] * len(grid.widths)  # how many rows more each column is covered from above
        for row in grid.head:
            table.append(self._row(row, grid.widths, reach, repeats=True))
        for row in grid.body:
            table.append(self._row(row, grid.widths, reach, repeats=False))

    def _row(self, cells: Sequence[Cell], widths: Sequence[Fraction], reach: list[int], *, repeats: bool) -> Any:
        """One row, made of bare elements: a table may have thousands."""
        made, covered = xml.row(repeats=repeats), [bool(rows) for rows in reach]
        begins = dict(placed(cells, reach))
        for at, width in enumerate(widths):
            if covered[at]:
                made.append(xml.cell(width, merge="continue"))
            elif at in begins:
                cell = begins[at]
                across = sum(widths[at : at + cell.columns], Fraction())
                merge = "restart" if cell.rows > 1 else None
                align = "top" if cell.style == "table_cell" else "center"
                made.append(xml.cell(across, cell.columns, merge, align))
                made[-1].append(self._words_of(cell))
        _end_cells(made)
        return made

    def _words_of(self, cell: Cell) -> Any:
        style = self._composed.styles[cell.style]
        align = WD_ALIGN_PARAGRAPH.to_xml(_ALIGN[cell.align]) or "left"
        id = self._style(cell.style).style_id
        return xml.paragraph(id, align, cell.text, bold=cell.bold or style.bold, italic=style.italic)

    def _table(self, target: Any, widths: Sequence[Fraction], *, has_lines: bool, padding: Fraction) -> Any:
        """A new table where the next paragraph would stand."""
        made, after = xml.table(widths, has_lines=has_lines, padding=padding), target.add_paragraph()
        after._element.addprevious(made)
        after._element.getparent().remove(after._element)
        return made

    def _cell(self, row: Any, cell: Any, target: Any) -> Any:
        row.append(cell)
        return _Cell(cell, target)

    def _style(self, id: StyleId) -> Any:
        """The style of that name, made when it is first used."""
        if id not in self._made:
            self._made[id] = self._new_style(id)
        return self._made[id]

    def _new_style(self, id: StyleId) -> Any:
        look, made = self._composed.styles[id], self._file.styles.add_style(f"cchc {id}", WD_STYLE_TYPE.PARAGRAPH)
        made.base_style, made.quick_style = self._file.styles["Normal"], True
        made.font.size, made.font.bold, made.font.italic = Pt(float(look.size)), look.bold, look.italic
        shape = made.paragraph_format
        shape.alignment = _ALIGN[look.align]
        shape.first_line_indent, shape.left_indent = Mm(float(look.first_line)), Mm(float(look.indent))
        shape.space_before, shape.space_after = Pt(float(look.before)), Pt(float(look.after))
        shape.line_spacing = float(look.lines)
        return made


def _end_cells(row: Any) -> None:
    """A cell must end with a paragraph: one that nobody sees, below a table."""
    for cell in row.tc_lst:
        if not isinstance(cell[-1], CT_P):
            cell.append(xml.hair())
