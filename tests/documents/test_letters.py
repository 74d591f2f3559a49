"""Every Vietnamese letter, looked at: on the printed page it is the letter that the font draws, in every style.

What is compared is pictures: the PDF drawn by poppler against the font drawn by FreeType. That the font itself
draws the right letters is seen from their parts: the base letter lies inside, marks above, below or beside it.
"""

import re
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from cchc.documents.blocks import Paragraph
from cchc.documents.fonts import FOLDER
from cchc.documents.model import Document
from cchc.documents.pdf_writing import write_pdf
from cchc.documents.text import Run
from tests.documents.examples import PROVINCE, layout
from tests.support import programs

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = "aăâeêioôơuưy"
LOWER = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES]
LETTERS = [sign for lower in (*LOWER, "đ") for sign in (lower, lower.upper()) if not sign.isascii()]
STYLES = {"Regular": (False, False), "Bold": (True, False), "Italic": (False, True), "BoldItalic": (True, True)}
DPI = 288
BASELINE = 280  # of a letter drawn large
SIZE = 14 * DPI / 72
ROOM = int(SIZE)

WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(\w)</word>')

Ink = np.ndarray[Any, np.dtype[np.bool_]]


def test_there_are_134_letters_beyond_the_latin_ones():
    assert len(LETTERS) == len(set(LETTERS)) == 134
    assert all(len(letter) == 1 for letter in LETTERS)


def drawn(letter: str, style: str) -> Ink:
    """Where FreeType puts ink; drawn eight times as large and made small, so that the font's hints shift nothing."""
    font = ImageFont.truetype(FOLDER / f"Tinos-{style}.ttf", 8 * SIZE, layout_engine=ImageFont.Layout.BASIC)
    picture = Image.new("L", (16 * ROOM, 16 * ROOM), 255)
    ImageDraw.Draw(picture).text((4 * ROOM, 12 * ROOM), letter, fill=0, font=font, anchor="ls")
    return trimmed(np.asarray(picture.reduce(8)) < 128)


def box(ink: Ink) -> tuple[int, int, int, int]:
    """Top, bottom, left and right of the ink, the ends outside."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return rows[0], rows[-1] + 1, columns[0], columns[-1] + 1


def trimmed(ink: Ink) -> Ink:
    """The ink without the white around."""
    top, bottom, left, right = box(ink)
    return ink[top:bottom, left:right]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Ink]:
    """Every letter in every style as it stands on the page, found by where poppler says it stands."""
    folder = tmp_path_factory.mktemp("letters")
    rows = [LETTERS[at : at + 10] for at in range(0, len(LETTERS), 10)]
    text = unicodedata.normalize("NFD", "\n\n".join("    ".join(row) for row in rows))
    lines = tuple(Paragraph(Run(text, bold, italic)) for bold, italic in STYLES.values())
    (folder / "l.pdf").write_bytes(write_pdf(Document("form", PROVINCE, title="x", blocks=lines), layout()))
    words = programs.run("pdftotext", "-bbox", str(folder / "l.pdf"), "-").decode()
    programs.run("pdftoppm", "-r", str(DPI), "-gray", str(folder / "l.pdf"), str(folder / "l"))
    found = []
    for page, picture in zip(words.split("<page ")[1:], sorted(folder.glob("l-*.pgm")), strict=True):
        ink = np.asarray(Image.open(picture)) < 128
        words_here = [(*(float(at) * DPI / 72 for at in place), letter) for *place, letter in WORD.findall(page)]
        for *place, letter in sorted(words_here, key=lambda word: (round(word[1]), word[0])):
            if letter in LETTERS:
                found.append((letter, cut(ink, *place)))
    assert [letter for letter, _ in found] == LETTERS * len(STYLES), "the text of the page is not the letters in order"
    styles = [style for style in STYLES for _ in LETTERS]
    return {(letter, style): glyph for style, (letter, glyph) in zip(styles, found, strict=True)}


def cut(ink: Ink, left: float, top: float, right: float, bottom: float) -> Ink:
    """The ink of one letter and what reaches out of its box into the white around."""
    space = int(SIZE / 3)
    return trimmed(ink[int(top) - space : int(bottom) + space, int(left) - space : int(right) + space])


@pytest.mark.crossing
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.requirement(94, 128)
def test_every_letter_is_printed_as_the_font_draws_it(printed, style):
    font = {letter: drawn(letter, style) for letter in LETTERS}
    for letter in LETTERS:
        ours = printed[letter, style]
        near = [other for other in LETTERS if max(np.abs(np.subtract(ours.shape, font[other].shape))) <= 2]
        like = {other: likeness(ours, font[other]) for other in near}
        assert max(like, key=like.__getitem__, default="none") == letter
        assert like[letter] > 0.9


def likeness(one: Ink, other: Ink) -> float:
    """Shared ink over all ink, after the better of the small shifts that two rasters may differ by."""
    height, width = np.maximum(one.shape, other.shape) + 4
    fixed = np.zeros((height, width), bool)
    fixed[2 : 2 + one.shape[0], 2 : 2 + one.shape[1]] = one
    best = 0.0
    for down in range(5):
        for across in range(5):
            moved = np.zeros_like(fixed)
            part = moved[down : down + other.shape[0], across : across + other.shape[1]]
            part[:] = other[: part.shape[0], : part.shape[1]]
            best = max(best, (fixed & moved).sum() / (fixed | moved).sum())
    return best


@pytest.mark.parametrize("style", STYLES)
def test_no_two_letters_are_printed_alike(printed, style):
    pictures = {printed[letter, style].tobytes() + str(printed[letter, style].shape).encode() for letter in LETTERS}
    assert len(pictures) == len(LETTERS)


@pytest.mark.parametrize("letter", LETTERS)
def test_the_font_builds_every_letter_of_its_base_and_its_marks(letter):
    size = 200.0
    base, *marks = unicodedata.normalize("NFD", letter)
    stem = {"i": "ı", "đ": "d", "Đ": "D"}.get(base, base)
    whole, bare = large(letter, size), large(stem, size)
    assert (whole & bare).sum() >= 0.97 * bare.sum()
    top, _, left, right = box(bare)
    added = whole & ~bare
    has_horn, is_above = "\u031b" in marks, any(mark not in "\u0323\u031b" for mark in marks) or letter == "ị"
    assert bool(added[: top - 2].any()) == is_above or has_horn
    assert bool(added[BASELINE + 2 :].any()) == ("\u0323" in marks)
    assert not has_horn or added[:BASELINE, right - 2 :].any()
    assert base not in "đĐ" or added.sum(axis=1).max() > (right - left) / 5  # the bar


def large(letter: str, size: float) -> Ink:
    """Drawn large, all letters from the same place."""
    picture = Image.new("L", (400, 400), 255)
    font = ImageFont.truetype(FOLDER / "Tinos-Regular.ttf", size, layout_engine=ImageFont.Layout.BASIC)
    ImageDraw.Draw(picture).text((100, BASELINE), letter, fill=0, font=font, anchor="ls")
    return np.asarray(picture) < 128


def test_the_embedded_fonts_are_tinos_and_nothing_else(tmp_path: Path):
    lines = tuple(Paragraph(Run("Ủy ban nhân dân 😀 漢", bold, italic)) for bold, italic in STYLES.values())
    (tmp_path / "f.pdf").write_bytes(write_pdf(Document("form", PROVINCE, title="x", blocks=lines), layout()))
    listed = programs.run("pdffonts", str(tmp_path / "f.pdf")).decode().splitlines()[2:]
    names = sorted(re.sub(r"^[A-Z]{6}\+", "", line.split()[0]) for line in listed)
    assert names == ["Tinos-Bold", "Tinos-BoldItalic", "Tinos-Italic", "Tinos-Regular"]
    assert all(re.search(r"\byes yes yes\b", line) for line in listed)  # embedded, a subset, with its Unicode values
