"""The values of the look: complete, the same for both ways into high contrast, readable by computation."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "src" / "cchc" / "interface" / "static" / "interface" / "css"
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")
_TOKEN = re.compile(r"--([a-z0-9-]+):\s*([^;]+);")


def values(start: str) -> dict[str, str]:
    """The custom properties of the block that begins with `start`."""
    return dict(_TOKEN.findall(TOKENS.split(start, 1)[1].split("}", 1)[0]))


LIGHT = values(":root {")
HIGH = values(':root[data-contrast="high"] {')
STATUSES = ("ok", "soon", "overdue", "paused", "real", "forgotten")


ON_PAPER = {"print.css", "paper.css"}  # black on white, whatever the theme


def test_chosen_and_asked_for_high_contrast_are_the_same():
    assert values(":root:not([data-contrast]) {") == HIGH


def test_high_contrast_renames_every_colour():
    assert {name for name, value in LIGHT.items() if value.startswith("#")} == set(HIGH)


def test_every_name_that_is_used_exists():
    for sheet in CSS.glob("*.css"):
        used = set(re.findall(r"var\(--([a-z0-9-]+)\)", sheet.read_text(encoding="utf-8")))
        assert used <= set(LIGHT), sheet.name


@pytest.mark.parametrize("sheet", sorted({path.name for path in CSS.glob("*.css")} - {"tokens.css"} - ON_PAPER))
def test_no_colour_outside_the_tokens(sheet):
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?!\")", (CSS / sheet).read_text(encoding="utf-8"))


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


PAIRS = [
    *(("ink", ground, 7) for ground in ("surface", "page")),
    *(("muted", ground, 4.5) for ground in ("surface", "page")),
    *(("accent", ground, 4.5) for ground in ("surface", "page")),
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-hover", 4.5),
    *((status, f"{status}-tint", 4.5) for status in STATUSES),
    *((status, "surface", 4.5) for status in STATUSES),
    ("ink", "paused-tint", 4.5),
    *(
        (name, "surface", 3)
        for name in ("control", "focus", "bar", "bar-ok", "bar-soon", "bar-overdue", "bar-real", "bar-forgotten")
    ),
    *((f"category-{n}", "surface", 3) for n in range(1, 7)),
    *(("heat-ink-low", f"heat-{n}", 4.5) for n in (1, 2, 3)),
    *((f"heat-ink-{n}", f"heat-{n}", 4.5) for n in (4, 5)),
]


@pytest.mark.requirement(74)
@pytest.mark.parametrize("theme", [LIGHT, HIGH], ids=["light", "high"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_contrast(theme, front, ground, least):
    assert ratio(theme[front], theme[ground]) >= least
