"""The expression language: a table of the manual, a slow evaluator beside the compiled one, and hostile text."""

import ast
import contextlib
import operator
import re
import sys
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cchc.records.errors import DomainError
from cchc.records.expressions import (
    Expression,
    Name,
    Number,
    Operation,
    ZeroDenominator,
    compile_condition,
    compile_number,
    is_condition,
    names_in,
    parse,
)
from tests.support.examples import share_of_examples

INPUTS = {
    Name("done"): Fraction(3),
    Name("planned"): Fraction(4),
    Name("zero"): Fraction(0),
    Name("max"): Fraction(2),
    Name("x", "1.1"): Fraction(7, 2),
    Name("x", "1.10"): Fraction(9),
}


def value_of(text: str) -> Fraction | bool:
    expression = parse(text)
    return compile_condition(expression)(INPUTS) if is_condition(expression) else compile_number(expression)(INPUTS)


def refusal(text: str, read: Callable[[str], object] = parse) -> tuple[str, object]:
    with pytest.raises(DomainError) as caught:
        read(text)
    (problem,) = caught.value.problems
    return problem.code, problem.message.params.get("position")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("0.5", Fraction(1, 2)),
        ("007.250", Fraction(29, 4)),
        ("  done  ", 3),
        ("done + planned", 7),
        ("done - planned", -1),
        ("10 - 4 - 3", 3),
        ("100 / 5 / 2", 10),
        ("100 / 5 * 2", 40),
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("2 * 3 + 4", 10),
        ("12 - 6 / 3", 10),
        ("-3 + 5", 2),
        ("-(3 + 5)", -8),
        ("--3", 3),
        ("- - -3", -3),
        ("4 - -3", 7),
        ("4 * -3", -12),
        ("-4 * 3 - 1", -13),
        ("1 / 3 * 3", 1),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("min(3, 2)", 2),
        ("max(done, planned, 3.5)", 4),
        ("min(1, max(0, done / planned))", Fraction(3, 4)),
        ("min (1, 2)", 1),
        ("max", 2),
        ("max * max(done, max)", 6),
        ("-max", -2),
        ("c['1.1'].x", Fraction(7, 2)),
        ('c["1.1"].x + 1', Fraction(9, 2)),
        ("c [ '1.10' ] . x", 9),
        ("c['1.1'].x / c['1.10'].x", Fraction(7, 18)),
        ("((((done))))", 3),
        ("done < planned", True),
        ("done <= 3", True),
        ("done > 3", False),
        ("done >= 3", True),
        ("done == 3", True),
        ("done != 3", False),
        ("1 / 3 + 1 / 3 + 1 / 3 == 1", True),
        ("done + 1 == planned * 1", True),
        ("done == 3 and planned == 4", True),
        ("done == 3 and planned == 5", False),
        ("done == 0 or planned == 4", True),
        ("done == 0 or planned == 0", False),
        ("1 == 1 or 1 == 1 and 1 == 2", True),
        ("(1 == 1 or 1 == 1) and 1 == 2", False),
        ("1 == 2 and 1 == 1 or 1 == 1", True),
        ("1 == 2 and (1 == 1 or 1 == 1)", False),
        ("1 == 1 and 2 == 2 and 3 == 4", False),
        ("1 == 2 or 2 == 3 or 3 == 3", True),
        ("((done >= 3))", True),
        ("zero == 0 or done / zero >= 1", True),
        ("zero > 0 and done / zero >= 1", False),
        ("done\n+\tplanned", 7),
    ],
)
def test_manual(text: str, value: object) -> None:
    assert value_of(text) == value
    assert type(value_of(text)) is (bool if isinstance(value, bool) else Fraction)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 1),
        ("   ", 4),
        ("1 +", 4),
        ("+1", 1),
        ("1 2", 3),
        ("done planned", 6),
        ("1 + * 2", 5),
        ("(1", 3),
        ("1)", 2),
        ("()", 2),
        ("(1, 2)", 3),
        ("min()", 5),
        ("min(1)", 6),
        ("min(1,)", 7),
        ("max(1, 2", 9),
        ("min 1, 2", 5),
        ("sum(1, 2)", 4),
        ("done(1)", 5),
        ("1 < 2 < 3", 7),
        ("1 == 1 == 1", 8),
        ("(1 < 2) < 3", 9),
        ("1 < (2 < 3)", 3),
        ("(1 < 2) + 1", 9),
        ("1 + (1 < 2)", 3),
        ("-(1 < 2)", 1),
        ("--(1 < 2)", 1),
        ("min(1 < 2, 3)", 1),
        ("max(1, 2 < 3)", 1),
        ("done and planned", 6),
        ("done > 1 and planned", 10),
        ("done or planned > 1", 6),
        ("and", 1),
        ("1 and", 6),
        ("not done > 1", 5),
        ("done = 3", 6),
        ("done === 3", 8),
        ("done <> 3", 7),
        ("done => 3", 6),
        ("done && planned", 6),
        ("2 ** 3", 4),
        ("2 ^ 3", 3),
        ("7 // 2", 4),
        ("7 % 2", 3),
        ("1,5", 2),
        ("1.", 2),
        (".5", 1),
        ("1.5.2", 4),
        ("1e5", 2),
        ("0x10", 2),
        ("1_000", 2),
        ("1 000", 3),
        ("'text'", 1),
        ("c['1.1']", 2),
        ("c['1.1'].", 2),
        ("c[1].x", 2),
        ("c['1.1\"].x", 2),
        ("c[''].x", 2),
        ("c['1.1'].x.y", 11),
        ("c['1.1'].__class__.__mro__", 19),
        ("c.x", 2),
        ("d['1.1'].x", 2),
        ("done.real", 5),
        ("done[0]", 5),
        ("lambda: 1", 7),
        ("a if b else c", 3),
        ("x := 1", 3),
        ("1; 2", 2),
        ("__import__('os')", 12),
        ("1 # 2", 3),
        ("done ≥ 3", 6),
        ("3 − 1", 3),
        ("2 × 3", 3),
        ("đã_xong", 1),
        ("dоne", 2),
        ("１ + 1", 1),
        ("٣", 1),
        ("done\u00a0+ 1", 5),
        ("1 +\x00 1", 4),
        ("\ud800", 1),
        ("1" * 19, 19),
        ("0." + "1" * 19, 21),
        ("9**9**9**9", 3),
    ],
)
def test_what_is_not_in_the_language_is_refused_at_its_character(text: str, position: int) -> None:
    assert refusal(text) == ("records.bad_expression", position)


def test_numbers_and_conditions_are_told_apart() -> None:
    assert not is_condition(parse("done / planned"))
    assert not is_condition(parse("min(1, 2)"))
    assert is_condition(parse("done >= planned"))
    assert is_condition(parse("done > 1 or planned > 1"))
    assert refusal("done > 1", lambda text: compile_number(parse(text))) == ("records.number_expected", None)
    for text in ("done", "1", "done + 1", "max(1, 2)", "-1"):
        assert refusal(text, lambda text: compile_condition(parse(text))) == ("records.condition_expected", None)


def test_names_are_all_found_once() -> None:
    expression = parse("max * c['1.1'].x + min(done, done) / -planned >= 2 and c['2'].x > 0 or done == max(1, 3)")
    own = {Name("max"), Name("done"), Name("planned")}
    assert names_in(expression) == own | {Name("x", "1.1"), Name("x", "2")}
    assert names_in(parse("1 + 2")) == frozenset()
    assert [str(name) for name in (Name("done"), Name("x", "1.1"))] == ["done", "c['1.1'].x"]


def test_a_name_stands_for_itself_when_written_again() -> None:
    for name in (Name("done"), Name("x", "1.10")):
        assert parse(str(name)) == name


def test_nodes_are_plain_and_frozen() -> None:
    assert parse("done + 1") == Operation("+", (Name("done"), Number(Fraction(1))))
    assert parse("-done") == Operation("-", (Name("done"),))
    assert parse("min(1, 2, 3)") == Operation("min", tuple(Number(Fraction(n)) for n in (1, 2, 3)))
    joined = parse("done > 1 and done > 2 and done > 3")
    assert isinstance(joined, Operation)
    assert [joined.symbol, len(joined.parts)] == ["and", 3]
    assert hash(parse("done + 1")) == hash(parse("done+1"))


class TestZeroDenominator:
    @pytest.mark.parametrize(
        "text",
        [
            "done / zero",
            "done / (planned - 4)",
            "0 / 0",
            "min(1, done / zero)",
            "0 * (1 / zero)",
            "done / zero > 1",
            "done / zero >= 1 or zero == 0",
            "zero == 0 and done / zero >= 1",
            "1 / (1 / zero)",
        ],
    )
    def test_is_raised(self, text: str) -> None:
        with pytest.raises(ZeroDenominator):
            value_of(text)

    def test_is_not_raised_where_and_or_have_decided(self) -> None:
        assert value_of("zero == 0 or done / zero >= 1") is True
        assert value_of("zero != 0 and done / zero >= 1") is False

    def test_zero_above_the_line_is_zero(self) -> None:
        assert value_of("zero / planned") == 0


def test_a_missing_name_is_never_zero() -> None:
    with pytest.raises(KeyError):
        compile_number(parse("done + elsewhere"))(INPUTS)


def test_whole_numbers_stay_exact() -> None:
    """A caller may hand in `int`: they divide exactly, never into a float."""
    third = compile_number(parse("done / planned"))({Name("done"): 1, Name("planned"): 3})  # type: ignore[dict-item]
    assert third == Fraction(1, 3)
    assert type(third) is Fraction


class TestLimits:
    def test_length(self) -> None:
        assert value_of("1" + " " * 1_999) == 1
        assert refusal("1" + " " * 2_000) == ("records.expression_too_long", None)

    def test_brackets(self) -> None:
        assert value_of("(" * 20 + "1" + ")" * 20) == 1
        assert refusal("(" * 21 + "1" + ")" * 21) == ("records.expression_too_deep", None)
        assert refusal("min(1," * 21) == ("records.expression_too_deep", None)
        assert value_of("(1)" + "+ (1)" * 30) == 31

    def test_operations(self) -> None:
        assert value_of("+".join("1" * 201)) == 201
        assert refusal("+".join("1" * 202)) == ("records.expression_too_large", None)
        assert value_of(" and ".join(["1==1"] * 100)) is True
        assert value_of("-" * 1_500 + "1") == 1

    def test_the_greatest_expression_fits_a_busy_stack(self) -> None:
        """Parsed, compiled and evaluated though half of Python's stack is in use already."""
        nested = "1==1 or 1==1 and 1 <= 1 + 1 * (" * 20 + "1" + ")" * 20
        longest = "-1 * 2 - 3 " * 66 + "- 1"
        deepest = "1 - (" * 19 + "-".join("1" * 180) + ")" * 19

        def down(calls: int) -> list[object]:
            if calls:
                return down(calls - 1)
            return [refusal(nested)[0], value_of(longest), value_of(deepest), len(names_in(parse(deepest)))]

        assert down(sys.getrecursionlimit() // 2)[0] == "records.bad_expression"

    def test_great_numbers_take_no_time(self) -> None:
        assert value_of("*".join(["9" * 18] * 100)) == Fraction((10**18 - 1) ** 100)


# A second evaluator, slow and obvious: Python's own parser on the same text, every constant a Fraction. ---------------

PYTHON: dict[type, Callable[..., Fraction | bool]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Eq: operator.eq,
    ast.NotEq: operator.ne, ast.GtE: operator.ge, ast.Gt: operator.gt,
}  # fmt: skip


def python_value(text: str) -> Fraction | bool:
    def walk(node: ast.AST) -> Fraction | bool:
        match node:
            case ast.Expression():
                return walk(node.body)
            case ast.Constant():
                return Fraction(ast.get_source_segment(text, node) or "")
            case ast.Name():
                return INPUTS[Name(node.id)]
            case ast.Attribute(value=ast.Subscript(slice=ast.Constant(value=code))):
                return INPUTS[Name(node.attr, code)]
            case ast.UnaryOp():
                return -walk(node.operand)
            case ast.BinOp():
                return PYTHON[type(node.op)](walk(node.left), walk(node.right))
            case ast.Compare():
                return PYTHON[type(node.ops[0])](walk(node.left), walk(node.comparators[0]))
            case ast.BoolOp(op=ast.And()):
                return all(walk(value) for value in node.values)
            case ast.BoolOp():
                return any(walk(value) for value in node.values)
            case ast.Call(func=ast.Name(id=function)):
                return {"min": min, "max": max}[function](walk(argument) for argument in node.args)
        raise AssertionError(ast.dump(node))

    return walk(ast.parse(text, mode="eval"))


LEAVES = st.sampled_from(["0", "1", "2", "0.5", "3.25", "10", *map(str, INPUTS)])


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Numbers made of numbers, with brackets and without: without them precedence must decide."""
    signs = st.sampled_from([" + ", " - ", " * ", " / ", "+", "-", "/"])
    return (
        st.tuples(inner, signs, inner).map("".join)
        | inner.map(lambda part: f"({part})")
        | inner.map(lambda part: f"-{part}")
        | st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda t: f"{t[0]}({t[1]}, {t[2]})")
    )


NUMBERS = st.recursive(LEAVES, larger, max_leaves=12)
COMPARISONS = st.tuples(NUMBERS, st.sampled_from([" < ", " <= ", " == ", " != ", " >= ", " > "]), NUMBERS).map("".join)
CONDITIONS = st.recursive(
    COMPARISONS,
    lambda inner: st.tuples(inner, st.sampled_from([" and ", " or "]), inner).map("".join) | inner.map("({})".format),
    max_leaves=6,
)


@settings(max_examples=share_of_examples(10))
@given(NUMBERS | CONDITIONS)
@example("2 - 3 - 4 / 2 / 5 * 2")
@example("1 == 2 and 1 == 2 or 1 == 1")
def test_agrees_with_the_slow_evaluator(text: str) -> None:
    try:
        expected: object = python_value(text)
    except ZeroDivisionError:
        expected = ZeroDenominator
    try:
        actual: object = value_of(text)
    except ZeroDenominator:
        actual = ZeroDenominator
    assert actual == expected
    assert type(actual) is type(expected)


@given(NUMBERS | CONDITIONS)
def test_space_makes_no_difference(text: str) -> None:
    spaced = re.sub(r"([-+*/(),<>=!]+)", r" \1 ", text)
    assert parse(spaced.replace("  ", "\n")) == parse(text)


@given(NUMBERS | CONDITIONS)
def test_names_are_exactly_what_is_written(text: str) -> None:
    written = {n for n in INPUTS if re.search(rf"(?<![\w.]){re.escape(str(n))}(?!\w|\()", text)}
    assert names_in(parse(text)) == written


@given(NUMBERS, CONDITIONS)
def test_types_are_decided_by_the_text(number: str, condition: str) -> None:
    for text in (f"({number}) and ({condition})", f"({condition}) + 1", f"({condition}) < 1", f"min(1, {condition})"):
        assert refusal(text)[0] == "records.bad_expression"


PYTHONIC = ("__import__('os')", "().__class__", "9**9**9", "1e9", "not", "lambda", ":=", "#", ".", "==", "=", "/", "<")
PIECES = ("c['", "']", "c['1.1'].x", "min(", "max", ")", "((", ",", "and", "or", "0", "0.0", "\n")
STRANGE = ("é", "ａ", "\u200b", "\0", "\ud800", '"', "\\")
HOSTILE = st.sampled_from((*PYTHONIC, *PIECES, *STRANGE))


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = draw(NUMBERS | CONDITIONS)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        text = text[:start] + draw(HOSTILE) * draw(st.integers(0, 2)) + text[start + draw(st.integers(0, 4)) :]
    return text


def parsed(text: str) -> Expression | None:
    try:
        return parse(text)
    except DomainError:
        return None


@settings(max_examples=share_of_examples(10))
@given(mutated())
def test_a_mutated_text_is_an_expression_or_refused(text: str) -> None:
    """Also: what is accepted means to Python what it means here."""
    expression = parsed(text)
    if expression is not None and names_in(expression) <= INPUTS.keys():
        with contextlib.suppress(ZeroDenominator, SyntaxError):
            assert value_of(text) == python_value(text.strip().replace("\n", " "))


@settings(max_examples=share_of_examples(5))
@given(st.text(max_size=30))
def test_any_text_is_an_expression_or_refused(text: str) -> None:
    expression = parsed(text)
    assert expression is None or is_condition(expression) in {True, False}
