"""The pages on how to write a set: every example in them is computed, and both languages show the same."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cchc.records.yaml_text import read_yaml
from cchc.scoring import evaluate
from cchc.scoring.loading import load_bytes
from cchc.scoring.rules import RULE_KINDS
from tests.scoring.spec_reading import CODE, UNIT, SpecCase, exact, plain, score, sheet_of

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("criteria-sets.md", "criteria-sets.vi.md")
_EXAMPLE = re.compile(r"^#### `(\w+)`$.*?^```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def text_of(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def blocks(page: str) -> dict[str, str]:
    return dict(_EXAMPLE.findall(text_of(page)))


def block(page: str, name: str) -> str:
    found = re.search(rf"^```yaml {name}\n(.*?)^```$", text_of(page), re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


def examples() -> Iterator[Any]:
    for kind, text in blocks(PAGES[0]).items():
        for line in re.findall(r"^# (.*)$", text, re.MULTILINE):
            inputs, points = line.split(" → ")
            yield pytest.param(text, inputs, points, id=f"{kind}: {line}")


@pytest.mark.parametrize(("criterion", "inputs", "points"), list(examples()))
def test_an_example_gives_the_points_it_says(criterion: str, inputs: str, points: str) -> None:
    sheet = plain(read_yaml(f"{{{inputs}}}", "line"))
    case = SpecCase("example", plain(read_yaml(criterion, "page")), (), ({"stage": "council", "sheet": sheet},))
    assert score(case).of(UNIT, "council").leaf(CODE).points == exact(points)


def test_every_rule_kind_has_examples() -> None:
    found = blocks(PAGES[0])
    assert set(found) == set(RULE_KINDS)
    assert all("# " in text for text in found.values())


def test_both_languages_show_the_same_examples() -> None:
    english, vietnamese = PAGES
    assert blocks(english) == blocks(vietnamese)
    assert [block(english, name) for name in ("set", "sheet")] == [block(vietnamese, name) for name in ("set", "sheet")]


def test_the_whole_file_loads_and_scores_its_sheet() -> None:
    made = load_bytes(block(PAGES[0], "set"), "set.yaml")
    sheet = sheet_of(made, plain(read_yaml(block(PAGES[0], "sheet"), "sheet.yaml")), "council")
    first, second = evaluate(made, sheet).units
    assert (first.points, first.maximum, first.rank) == (exact("4.7"), 5, 1)
    assert (second.points, second.maximum, second.rank) == (0, 2, 2)
    assert [unit.band.id for unit in (first, second) if unit.band] == ["good", "weak"]
