"""Errors: plain data with a code, a place and an exit code."""

import pickle

import pytest

from cchc.records.errors import DomainError, Message, Place, Problem, Unreadable, problem, refuse, unreadable

PLACE = Place("bang.xlsx", sheet="Kết quả", row=12, column="D")


def test_a_problem_keeps_its_code_parameters_and_place() -> None:
    found = problem("records.not_a_number", PLACE, text="x", place="a parameter may have any name", code=1)
    assert found.code == "records.not_a_number"
    assert found.message.params == {"text": "x", "place": "a parameter may have any name", "code": 1}
    assert found.place == PLACE
    assert problem("records.yaml_empty").place is None


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (PLACE, "bang.xlsx:Kết quả:12:D"),
        (Place("a.yaml", 3), "a.yaml:3"),
        (Place("a.csv", row=7), "a.csv:7"),
        (Place("a.csv", line=9, row=7), "a.csv:9"),
        (Place("a.yaml"), "a.yaml"),
        (Place(line=3), "3"),
        (Place(), ""),
    ],
)
def test_a_place_in_words(place: Place, text: str) -> None:
    assert str(place) == text


def test_refusing_and_not_being_able_to_read_differ() -> None:
    assert (type(refuse("a.b")), refuse("a.b").exit_code) == (DomainError, 1)
    assert (type(unreadable("a.b")), unreadable("a.b").exit_code) == (Unreadable, 2)
    assert isinstance(unreadable("a.b"), DomainError)


def test_the_first_problem_gives_the_code() -> None:
    error = DomainError(problem("a.b", Place("f", 1)), problem("c.d"))
    assert error.code == "a.b"
    assert str(error) == "f:1: a.b; c.d"
    assert [p.code for p in error.problems] == ["a.b", "c.d"]


def test_an_error_without_a_problem_is_a_mistake() -> None:
    with pytest.raises(TypeError):
        DomainError()


@pytest.mark.parametrize("error", [refuse("a.b", PLACE, text="x", many=["y"]), unreadable("a.b", limit=3)])
def test_errors_cross_to_another_process(error: DomainError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert copy.problems == error.problems


def test_messages_compare_and_hash_by_what_they_say() -> None:
    assert Message("a.b", {"x": [1]}) == Message("a.b", {"x": [1]})
    assert Message("a.b", {"x": [1]}) != Message("a.b", {"x": [2]})
    assert len({Problem(Message("a.b", {"x": [1]})), Problem(Message("a.b", {"x": [1]})), problem("a.c")}) == 2
