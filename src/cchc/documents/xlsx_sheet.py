"""Lines, columns and grids as rows of a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from itertools import zip_longest
from typing import Any, Final

from cchc.documents.blocks import Align
from cchc.documents.codes import code_png
from cchc.documents.fonts import POINTS_PER_MM, face
from cchc.documents.layout import StyleId
from cchc.documents.pieces import CELL_PADDING, Beside, Cell, Composed, Gap, Grid, Leaf, Line, Pictures, Piece, placed
from cchc.documents.xlsx_columns import SheetColumns, Span, columns_for
from cchc.tables.grid import column_letters
from cchc.tables.workbook import FONT, check_written, fits_cell, number_digits

_ALIGN: Final[dict[Align, str]] = {"left": "left", "centre": "center", "right": "right", "justify": "justify"}
_PIXELS: Final = Fraction(960, 254)  # in a millimetre
_LINE: Final = Fraction(12, 10)  # height of a line, of its size
_PADDING: Final = Fraction(3)  # millimetres between pictures
_CELL_SPACE: Final = Fraction(4)  # points above and below the text of a table
_IN_CELLS: Final = frozenset({"table_head", "table_number", "table_cell"})
_STEP: Final = Fraction(14)  # points: a gap beside text takes as many rows as text would
_LONG: Final = 20  # rows from which a head repeats: on every page of the sheet, that is all the format knows
_RULE: Final = Fraction(5)  # points of the row that holds a rule
_BLACK: Final = bytes.fromhex(  # a picture of one black pixel
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef9240000000a49444154789c6360000000020001"
    "48afa4710000000049454e44ae426082"
)
Half = Line | Gap | Pictures


class Formats:
    """One format object for equal properties."""

    def __init__(self, book: Any, composed: Composed) -> None:
        self._book = book
        self.composed = composed
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, style_id: StyleId, *, bold: bool | None = None, italic: bool | None = None, **more: Any) -> Any:
        """A style's look; bold and italic where a run or cell says otherwise."""
        style = self.composed.styles[style_id]
        look = {
            "font_name": FONT,
            "font_size": float(style.size),
            "bold": style.bold if bold is None else bold,
            "italic": style.italic if italic is None else italic,
            "align": _ALIGN[style.align],
            "valign": "top",
            "text_wrap": True,
            **more,
        }
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]


class Sheet:
    """One sheet being written from the top."""

    def __init__(self, page: Any, leaf: Leaf, formats: Formats) -> None:
        self._page = page
        self._leaf = leaf
        self._formats = formats
        self._styles = formats.composed.styles
        self._columns: SheetColumns = columns_for(leaf.pieces, leaf.page.room)
        self._row = 0
        self._has_repeated = False

    def write(self) -> None:
        """Write every piece, then say what is printed."""
        for at, width in enumerate(self._columns.widths):
            self._page.set_column_pixels(at, at, int(width * _PIXELS))
        whole = (0, len(self._columns.widths) - 1)
        for piece in self._leaf.pieces:
            self._piece(piece, whole)
        self._page.print_area(0, 0, max(self._row - 1, 0), whole[1])

    def _piece(self, piece: Piece, whole: Span) -> None:
        match piece:
            case Beside():
                spans = self._columns.spans((piece.left_width, piece.right_width))
                for left, right in zip_longest(_single_lines(piece.left), _single_lines(piece.right)):
                    self._halves(((left, spans[0]), (right, spans[1])))
            case Grid():
                self._grid(piece)
            case _:
                self._halves(((piece, whole),))

    def _halves(self, halves: Iterable[tuple[Half | None, Span]]) -> None:
        """One row for what stands side by side, and one below for their rules."""
        present = [(half, span) for half, span in halves if half is not None]
        self._page.set_row(self._row, float(max(self._height(half, span) for half, span in present)))
        for half, span in present:
            if isinstance(half, Line):
                self._line(half, span)
            elif isinstance(half, Pictures):
                self._pictures(half, span)
        self._row += 1
        rules = [(half.rule, span) for half, span in present if isinstance(half, Line) and half.rule is not None]
        if rules:
            self._page.set_row(self._row, float(_RULE))
            for length, span in rules:
                self._rule(length, span)
            self._row += 1

    def _height(self, half: Half, span: Span) -> Fraction:
        """In points."""
        if isinstance(half, Gap):
            return half.height
        if isinstance(half, Pictures):
            return (half.side + _PADDING) * POINTS_PER_MM + self._styles["code_label"].size * _LINE
        style = self._styles[half.style]
        return self._text_height(half.text, half.style, span) + style.before + style.after

    def _text_height(self, text: str, style_id: StyleId, span: Span) -> Fraction:
        style = self._styles[style_id]
        room = self._columns.width(span) - (CELL_PADDING if style_id in _IN_CELLS else 0)
        lines = face(bold=style.bold, italic=style.italic).lines(text, style.size, room)
        return len(lines) * style.size * _LINE * style.lines

    def _line(self, line: Line, span: Span) -> None:
        style = self._styles[line.style]
        look = self._formats.of(line.style, valign="bottom" if style.before > style.after else "top")
        self._merge(span, look)
        if len(line.runs) > 1:
            parts: list[Any] = []
            for run in line.runs:
                parts += [self._formats.of(line.style, bold=run.bold, italic=run.italic), run.text]
            self._check(self._page.write_rich_string(self._row, span[0], *parts, look))
        else:
            self._check(self._page.write_string(self._row, span[0], line.text, look))

    def _merge(self, span: Span, look: Any, rows: int = 1) -> None:
        if span[1] > span[0] or rows > 1:
            self._page.merge_range(self._row, span[0], self._row + rows - 1, span[1], "", look)

    def _rule(self, length: Fraction, span: Span) -> None:
        """A thin black picture in the middle of the span: no border reaches only part of a cell."""
        left = (self._columns.width(span) - length) / 2
        picture = {
            "image_data": BytesIO(_BLACK),
            "x_offset": int(left * _PIXELS),
            "y_offset": 2,
            "x_scale": float(length * _PIXELS),
            "y_scale": 1,
            "decorative": True,
        }
        self._page.insert_image(self._row, span[0], "rule.png", picture)

    def _pictures(self, pictures: Pictures, span: Span) -> None:
        """The codes side by side; their labels as one line at the foot of the row."""
        look = self._formats.of("code_label", valign="bottom")
        self._merge(span, look)
        self._check(self._page.write_string(self._row, span[0], "   ".join(c.label for c in pictures.codes), look))
        step = pictures.side + _PADDING
        left = max((self._columns.width(span) - step * len(pictures.codes)) / 2, Fraction())
        for at, code in enumerate(pictures.codes):
            drawing = code_png(code.content)
            scale = float(pictures.side * _PIXELS) / _png_width(drawing)
            picture = {
                "image_data": BytesIO(drawing),
                "x_offset": int((left + at * step) * _PIXELS),
                "y_offset": 2,
                "x_scale": scale,
                "y_scale": scale,
                "description": code.label,
            }
            self._page.insert_image(self._row, span[0], "code.png", picture)

    def _grid(self, grid: Grid) -> None:
        spans = self._columns.spans(grid.widths)
        if len(grid.body) >= _LONG and not self._has_repeated:
            self._page.repeat_rows(self._row, self._row + len(grid.head) - 1)
            self._has_repeated = True
        reach = [0] * len(spans)
        for cells in grid.head:
            self._cells(cells, spans, reach, 0)
        first = self._row
        for cells in grid.body:
            self._cells(cells, spans, reach, first)

    def _cells(self, cells: Sequence[Cell], spans: Sequence[Span], reach: list[int], first: int) -> None:
        """One row; `reach` counts how many rows more each column is covered from above."""
        height = Fraction()
        for at, cell in placed(cells, reach):
            span = (spans[at][0], spans[at + cell.columns - 1][1])
            self._cell(cell, span, first)
            if cell.rows == 1:
                height = max(height, self._text_height(cell.text, cell.style, span))
        self._page.set_row(self._row, float(height + _CELL_SPACE))
        self._row += 1

    def _cell(self, cell: Cell, span: Span, first: int) -> None:
        bold = True if cell.bold else None
        more: dict[str, Any] = {
            "border": 1,
            "align": _ALIGN[cell.align],
            "valign": "top" if cell.style == "table_cell" else "vcenter",
        }
        if isinstance(cell.value, date):
            more["num_format"] = "dd/mm/yyyy"
        elif cell.value is not None:
            more["num_format"] = f"#,##{number_digits(cell.decimals)}"
        look = self._formats.of(cell.style, bold=bold, **more)
        self._merge(span, look, cell.rows)
        self._check(self._put(cell, span[0], look, first))

    def _put(self, cell: Cell, column: int, look: Any, first: int) -> int:
        """The value as a value; a sum as a live formula that already holds it."""
        row, value = self._row, cell.value
        if isinstance(value, int | Decimal) and fits_cell(value):
            if cell.sums is None:
                return int(self._page.write_number(row, column, value, look))
            letters = column_letters(column)
            start, end = (first + at + 1 for at in cell.sums)
            return int(self._page.write_formula(row, column, f"=SUM({letters}{start}:{letters}{end})", look, value))
        if isinstance(value, date) and not isinstance(value, datetime):
            return int(self._page.write_datetime(row, column, value, look))
        if not cell.text:
            return int(self._page.write_blank(row, column, None, look))
        return int(self._page.write_string(row, column, cell.text, look))

    def _check(self, result: int) -> None:
        check_written(result, self._page, self._row)


def _single_lines(halves: Iterable[Half]) -> Iterator[Half]:
    """What stands in a column, a line of text to a row, so that two columns run down evenly."""
    for half in halves:
        parts = half.text.split("\n") if isinstance(half, Line) and len(half.runs) == 1 else []
        if isinstance(half, Gap):
            steps = max(1, round(half.height / _STEP))
            yield from [Gap(half.height / steps)] * steps
        elif isinstance(half, Line) and len(parts) > 1:
            *firsts, last = (replace(half, runs=(replace(half.runs[0], text=part),)) for part in parts)
            yield from (replace(first, rule=None) for first in firsts)
            yield last
        else:
            yield half


def _png_width(png: bytes) -> int:
    """Pixels, as the header of the picture says."""
    return int.from_bytes(png[16:20], "big")
