"""Words for every code of every room: complete in both languages, and filled with what the code brings."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import cchc
from cchc.records.errors import Message, Place, Problem, problem
from cchc.records.numbers import Apart, Percent
from cchc.records.text import LANGUAGES, Language, LocalText
from cchc.records.words import Sentence, say, say_next_step, say_problem, sentences, show

PACKAGE = Path(cchc.__file__).parent if cchc.__file__ else Path(*cchc.__path__)
ROOMS = sorted(path.parent.name for path in PACKAGE.glob("*/words.yaml"))
REFUSING = {"refuse", "unreadable", "problem"}


def fields_of(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def texts_of(sentence: Sentence) -> Iterator[str]:
    for local in (sentence.text, sentence.next_step):
        if local is not None:
            yield local.vi
            yield local.en or ""


def parameters_of(sentence: Sentence) -> set[str]:
    return set().union(*map(fields_of, texts_of(sentence)))


@cache
def calls() -> list[tuple[str, str, str, set[str]]]:
    """Where a code is named outright: (file:line, function, code, parameters it is given)."""
    return list(_calls())


def _calls() -> Iterator[tuple[str, str, str, set[str]]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(code)), *_]) if name in REFUSING:
                    if all(keyword.arg for keyword in node.keywords):
                        yield f"{path.name}:{node.lineno}", name, code, {str(k.arg) for k in node.keywords}


def test_rooms_have_words() -> None:
    assert {"records", "scoring"} <= set(ROOMS)
    assert {code.partition(".")[0] for _, _, code, _ in calls()} <= set(ROOMS)


@pytest.mark.requirement(128)
@pytest.mark.parametrize("room", ROOMS)
class TestCodesOfARoom:
    """There are thousands of them: a test goes through all of a room and names those that fail."""

    def test_belong_to_it(self, room: str) -> None:
        assert [code for code in sentences(room) if not re.fullmatch(rf"{room}(\.[a-z][a-z0-9_]*)+", code)] == []

    def test_are_complete_in_both_languages(self, room: str) -> None:
        assert [code for code, sentence in sentences(room).items() if not is_complete(sentence)] == []

    def test_take_plain_parameters(self, room: str) -> None:
        taken = {code: parameters_of(sentence) for code, sentence in sentences(room).items()}
        assert [code for code, names in taken.items() if not all(map(str.isidentifier, names))] == []

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_can_be_said(self, room: str, language: Language) -> None:
        assert [code for code, sentence in sentences(room).items() if not can_be_said(code, sentence, language)] == []


def is_complete(sentence: Sentence) -> bool:
    has_text = all(text.strip() for text in texts_of(sentence))
    return has_text and fields_of(sentence.text.vi) == fields_of(sentence.text.en or "")


def can_be_said(code: str, sentence: Sentence, language: Language) -> bool:
    message = Message(code, {name: f"<{name}>" for name in parameters_of(sentence)})
    words = say(message, language) + say_next_step(message, language)
    return all(f"<{name}>" in words for name in fields_of(sentence.text.in_language(language)))


@pytest.mark.parametrize("room", ROOMS)
def test_every_refusal_has_words_a_next_step_and_its_parameters(room: str) -> None:
    known = sentences(room)
    of_room = [call for call in calls() if call[2].partition(".")[0] == room]
    assert [f"{where} {code}" for where, _, code, _ in of_room if known[code].next_step is None] == []
    assert [f"{where} {code}" for where, _, code, given in of_room if not parameters_of(known[code]) <= given] == []


def test_every_code_of_this_room_is_used() -> None:
    source = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    assert [code for code in sentences("records") if f'"{code}"' not in source] == []


class TestShow:
    @pytest.mark.parametrize(
        ("value", "vi", "en"),
        [
            (Fraction(2429, 2), "1.214,5", "1,214.5"),
            (Decimal("84.71"), "84,71", "84.71"),
            (1214, "1.214", "1,214"),
            (True, "có", "yes"),
            (False, "không", "no"),
            (date(2026, 11, 23), "23/11/2026", "23 November 2026"),
            (LocalText("Tốt", "Good"), "Tốt", "Good"),
            (LocalText("Tốt"), "Tốt", "Tốt"),
            (Percent(Fraction(467, 500)), "93,4\u00a0%", "93.4\u00a0%"),
            (Percent(Fraction(1, 3)), "33,3333\u00a0%", "33.3333\u00a0%"),
            (Percent(Fraction("0.79999999"), (Fraction("0.8"),)), "79,999999\u00a0%", "79.999999\u00a0%"),
            (Apart(Fraction("0.29999"), (Fraction("0.3"),)), "0,29999", "0.29999"),
            (
                Problem(Message("records.not_a_count", {"text": "x"}), Place("a.csv", row=2)),
                "a.csv:2: “x” không phải là số đếm. Chỉ ghi chữ số, ví dụ 1214.",
                "a.csv:2: “x” is not a count. Write digits only, such as 1214.",
            ),
            (["a", Fraction(1, 2)], "a, 0,5", "a, 0.5"),
            (["Văn phòng, phòng", "Xã"], "Văn phòng, phòng; Xã", "Văn phòng, phòng; Xã"),
            ((date(2026, 1, 2),), "02/01/2026", "2 January 2026"),
            (None, "—", "—"),
            ("văn bản", "văn bản", "văn bản"),
            ("x" * 500, "x" * 500, "x" * 500),
            ("x" * 501, "x" * 500 + "…", "x" * 500 + "…"),
            ("a\r\n  b\tc", "a b c", "a b c"),
            ("\x1b[31mđỏ\x00\u202e\ud800", "�[31mđỏ���", "�[31mđỏ���"),
            (
                Message("records.not_a_number", {"text": "x"}),
                "“x” không phải là số.",
                "“x” is not a number.",
            ),
        ],
    )
    def test_by_language(self, value: object, vi: str, en: str) -> None:
        assert [show(value, "vi"), show(value, "en")] == [vi, en]

    def test_braces_in_somebodys_text_are_left_alone(self) -> None:
        assert say(Message("records.not_a_number", {"text": "{text} {0} {x.__class__}"})) == (
            "“{text} {0} {x.__class__}” không phải là số."
        )


class TestProblems:
    def test_on_one_line_with_place_and_next_step(self) -> None:
        found = problem("records.not_a_count", Place("a.yaml", 3), text="1,5")
        assert say_problem(found) == "a.yaml:3: “1,5” không phải là số đếm. Chỉ ghi chữ số, ví dụ 1214."
        assert say_problem(found, "en") == "a.yaml:3: “1,5” is not a count. Write digits only, such as 1214."

    @pytest.mark.parametrize("place", [None, Place()])
    def test_without_a_place(self, place: Place | None) -> None:
        assert say_problem(problem("records.yaml_empty", place)).startswith("Tệp không có nội dung.")

    def test_a_hostile_file_name_stays_on_one_line(self) -> None:
        words = say_problem(problem("records.yaml_empty", Place("a\n\x1b[2Jb.yaml")))
        assert words.startswith("a �[2Jb.yaml: Tệp")
        assert words.isprintable()

    def test_braces_in_a_next_step(self) -> None:
        assert '{no: "lý do"}' in say_problem(problem("records.not_verified_without_reason"))

    def test_a_code_without_words_is_a_mistake_of_the_program(self) -> None:
        with pytest.raises(KeyError):
            say(Message("records.no_such_code"))
