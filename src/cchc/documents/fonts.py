"""The embedded font, measured: which characters it can show and how wide a text becomes.

Tinos has the widths of Times New Roman, so the same measure serves all formats.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

FOLDER: Final = Path(str(resources.files("cchc.documents") / "fonts"))
POINTS_PER_MM: Final = Fraction(720, 254)
_STYLES: Final = {
    (False, False): "Regular",
    (True, False): "Bold",
    (False, True): "Italic",
    (True, True): "BoldItalic",
}


@dataclass(frozen=True, slots=True)
class Face:
    """One style of the font: the advance of every character it has, in units of which `em` make the size."""

    advances: Mapping[str, int]
    em: int

    def covers(self, character: str) -> bool:
        """Whether the font has a glyph for it."""
        return character in self.advances

    def width(self, text: str, size: Fraction) -> Fraction:
        """Millimetres that the text takes on one line at `size` points, without kerning."""
        units = sum(self.advances.get(character, self.em) for character in text)
        return units * size / self.em / POINTS_PER_MM

    def lines(self, text: str, size: Fraction, room: Fraction) -> tuple[str, ...]:
        """The text broken at spaces into lines that fit `room` millimetres; a longer word stands alone."""
        lines: list[str] = []
        for part in text.split("\n"):
            line = ""
            for word in part.split(" "):
                longer = f"{line} {word}" if line else word
                if line and self.width(longer, size) > room:
                    lines.append(line)
                    line = word
                else:
                    line = longer
            lines.append(line)
        return tuple(lines)

    def balanced(self, text: str, size: Fraction, room: Fraction) -> tuple[str, ...]:
        """As few lines as fit, of lengths as equal as can be: no last word stands alone under a centred head."""
        lines: list[str] = []
        for part in text.split("\n"):
            count = len(self.lines(part, size, room))
            narrow, wide = room / count, room
            while wide - narrow > 1:
                middle = (narrow + wide) / 2
                narrow, wide = (middle, wide) if len(self.lines(part, size, middle)) > count else (narrow, middle)
            lines += self.lines(part, size, wide)
        return tuple(lines)


@cache
def face(*, bold: bool = False, italic: bool = False) -> Face:
    """The style that ships with the product."""
    return read_face((FOLDER / f"Tinos-{_STYLES[bold, italic]}.ttf").read_bytes())


def read_face(font: bytes) -> Face:
    """A TrueType font's characters and advances, from its tables head, hhea, hmtx and cmap (format 4)."""
    tables = _tables(font)
    em = struct.unpack_from(">H", font, tables[b"head"] + 18)[0]
    count = struct.unpack_from(">H", font, tables[b"hhea"] + 34)[0]
    advances = struct.unpack_from(">" + "Hh" * count, font, tables[b"hmtx"])[::2]
    glyphs = _glyphs(font, tables[b"cmap"])
    return Face({character: advances[min(glyph, count - 1)] for character, glyph in glyphs.items()}, em)


def _tables(font: bytes) -> Mapping[bytes, int]:
    """Where each table begins."""
    count = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * at) for at in range(count))
    return {tag: offset for tag, _, offset, _ in records}


def _glyphs(font: bytes, cmap: int) -> Mapping[str, int]:
    """The number of each character's glyph, by the Unicode subtable for the Basic Multilingual Plane."""
    count = struct.unpack_from(">H", font, cmap + 2)[0]
    records = (struct.unpack_from(">HHI", font, cmap + 4 + 8 * at) for at in range(count))
    at = next(cmap + offset for platform, encoding, offset in records if (platform, encoding) == (3, 1))
    segments = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", font, at + 14)
    starts = struct.unpack_from(f">{segments}H", font, at + 16 + 2 * segments)
    deltas = struct.unpack_from(f">{segments}H", font, at + 16 + 4 * segments)
    ranges_at = at + 16 + 6 * segments
    ranges = struct.unpack_from(f">{segments}H", font, ranges_at)
    glyphs: dict[str, int] = {}
    for segment, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for code in range(start, end + 1):
            glyph = code
            if offset:
                place = ranges_at + 2 * segment + offset + 2 * (code - start)
                glyph = struct.unpack_from(">H", font, place)[0]
            if glyph and (number := (glyph + delta) % 0x10000):
                glyphs[chr(code)] = number
    return glyphs
