"""Makes lines for pages of one shape: capitals where the style wants them, the rule as long as the text asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from cchc.documents.blocks import Code
from cchc.documents.fonts import face
from cchc.documents.layout import Layout, Page, Phrase, Style, StyleId
from cchc.documents.pieces import Line, Pictures
from cchc.documents.text import Run, Words, clean, runs


@dataclass(frozen=True, slots=True)
class Frame:
    """A layout on one page."""

    layout: Layout
    page: Page
    styles: Mapping[StyleId, Style]

    @property
    def room(self) -> Fraction:
        """The width of the text."""
        return self.page.room

    def phrase(self, name: Phrase) -> str:
        """A fixed phrase of the layout."""
        return self.layout.phrases[name]

    def line(
        self,
        style_id: StyleId,
        words: Words,
        *,
        room: Fraction | None = None,
        level: int | None = None,
        keeps_next: bool = False,
    ) -> Line:
        """A line in that style; with a `room` it is broken evenly into lines that fit."""
        style = self.styles[style_id]
        made = runs(words, bold=style.bold, italic=style.italic)
        if style.capitals:
            made = tuple(replace(run, text=run.text.upper()) for run in made)
        line = Line(style_id, made, level=level, keeps_next=keeps_next)
        return line if room is None else _broken(line, style, room)

    def pictures(self, codes: tuple[Code, ...]) -> Pictures:
        """QR codes of the page's size, their labels clean."""
        return Pictures(tuple(replace(code, label=clean(code.label)) for code in codes), self.page.code)


def _broken(line: Line, style: Style, room: Fraction) -> Line:
    """The line broken evenly, and the length of its rule."""
    look = face(bold=style.bold, italic=style.italic)
    parts = look.balanced(line.text, style.size, room)
    rule = None if style.rule is None else style.rule * min(room, look.width(parts[-1], style.size))
    return replace(line, runs=(Run("\n".join(parts), style.bold, style.italic),), rule=rule)
