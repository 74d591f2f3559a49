"""The page for people who write criteria says what the language does."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from cchc.records import expressions
from cchc.records.errors import DomainError
from cchc.records.expressions import Name, ZeroDenominator, compile_condition, compile_number, is_condition, parse
from cchc.records.numbers import decimal_text

PAGE = (Path(__file__).parents[2] / "docs" / "expressions.md").read_text("utf-8")


def lines_of(kind: str) -> list[str]:
    """The lines of all blocks of a kind."""
    return [line for block in re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]


def name_in(text: str) -> Name:
    name = parse(text)
    assert isinstance(name, Name)
    return name


INPUTS = {name_in(name): Fraction(value) for name, value in (line.split(" = ") for line in lines_of("inputs"))}
EXAMPLES = [tuple(part.strip() for part in line.split("→")) for line in lines_of("examples")]
REFUSED = [re.fullmatch(r"(.+?) +at (\d+) +(.+)", line) for line in lines_of("refused")]


def outcome(text: str) -> str:
    expression = parse(text)
    try:
        if is_condition(expression):
            return "true" if compile_condition(expression)(INPUTS) else "false"
        return decimal_text(compile_number(expression)(INPUTS))
    except ZeroDenominator:
        return "zero denominator"


def test_the_page_has_examples() -> None:
    assert len(INPUTS) == 7
    assert len(EXAMPLES) >= 25
    assert len(REFUSED) >= 10


@pytest.mark.parametrize(("text", "result"), EXAMPLES)
def test_an_example_gives_what_the_page_says(text: str, result: str) -> None:
    assert outcome(text) == result


@pytest.mark.parametrize("line", REFUSED, ids=lambda line: line[1])
def test_a_refusal_is_where_the_page_says(line: re.Match[str]) -> None:
    with pytest.raises(DomainError) as caught:
        parse(line[1])
    assert caught.value.problems[0].message.params["position"] == int(line[2])


def test_the_limits_are_those_of_the_page() -> None:
    sentence = (
        f"{expressions._MAX_LENGTH:,} characters, {expressions._MAX_DEPTH} brackets inside one another, "
        f"{expressions._MAX_OPERATIONS} operations"
    )
    assert sentence in PAGE
