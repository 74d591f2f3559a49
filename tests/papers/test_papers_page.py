"""The guide to papers shows a text that is one, the same in both languages."""

from __future__ import annotations

from cchc.documents.blocks import Article, Table
from cchc.papers.filling import fill
from cchc.papers.texts import parse
from cchc.papers.vocabularies import OF_UNIT, VOCABULARIES
from tests.worktime.test_calendars_page import blocks


def example(page: str) -> str:
    (text,) = [content for kind, _, content in blocks(page) if kind == "text"]
    return text


def test_the_example_is_a_decision():
    lines, vocabulary = parse(example("papers.md")), VOCABULARIES[OF_UNIT]
    vocabulary.check(lines)
    made = fill(lines, vocabulary.samples(), ["Căn cứ Luật A"])
    assert [block.number for block in made if isinstance(block, Article)] == [1, 2]
    assert sum(isinstance(block, Table) for block in made) == 1


def test_both_languages_show_the_same_example():
    assert example("papers.vi.md") == example("papers.md")
