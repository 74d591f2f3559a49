"""Every code has its sentence in both languages with the parameters it is given; no sentence is left over."""

import re
from collections.abc import Iterator
from string import Formatter

import pytest

from cchc.records.schema import as_local_text
from cchc.records.text import LocalText
from cchc.records.words import Sentence, sentences
from cchc.records.yaml_text import Entries, Items, Node, read_yaml
from tests.support import codes, rooms

ROOMS = [room for room in rooms.rooms_here() if (rooms.SOURCE / room / "words.yaml").exists()]


def all_sentences() -> dict[str, Sentence]:
    return {code: sentence for room in ROOMS for code, sentence in sentences(room).items()}


def named_in(*texts: LocalText | None) -> set[str]:
    """The parameters that the texts name, in either language."""
    languages = [text for local in texts if local for text in (local.vi, local.en or "")]
    return {name for text in languages for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("room", ROOMS)
def test_codes_start_with_their_room(room):
    assert [code for code in sentences(room) if not code.startswith(f"{room}.")] == []


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.requirement(128)
def test_every_sentence_is_complete_in_both_languages(room):
    texts = {code: [s.text, *([s.next_step] if s.next_step else [])] for code, s in sentences(room).items()}
    assert [code for code, parts in texts.items() if not all(part.vi and part.en for part in parts)] == []


def test_every_code_has_its_sentence_and_every_refusal_a_next_step():
    known = all_sentences()
    wrong = []
    for use in codes.uses():
        if use.code not in known:
            wrong.append(f"{use.place}: {use.code} has no sentence")
        elif use.is_refusal and known[use.code].next_step is None:
            wrong.append(f"{use.place}: {use.code} is refused without a next step")
    assert not wrong


def test_every_sentence_gets_the_parameters_it_names():
    known = all_sentences()
    wrong = []
    for use in codes.uses():
        if use.params is None or use.code not in known:
            continue
        sentence = known[use.code]
        if missing := named_in(sentence.text, sentence.next_step) - use.params:
            wrong.append(f"{use.place}: {use.code} is not given {', '.join(sorted(missing))}")
    assert not wrong


def test_every_doubt_that_ships_is_told_in_both_languages():
    """What is not verified says so on pages of either language."""
    files = [path for path in rooms.SOURCE.rglob("*.yaml") if path.name != "words.yaml"]
    doubts = [(path, node) for path in files for node in doubts_in(read_yaml(path.read_bytes(), path.name))]
    assert len(doubts) > 50
    assert [f"{path.name}: {node}" for path, node in doubts if not as_local_text(node).en] == []


def doubts_in(node: Node) -> Iterator[Node]:
    match node:
        case Items():
            for item in node.items:
                yield from doubts_in(item)
        case Entries():
            for key, value in node.entries.items():
                if key == "verified" and isinstance(value, Entries):
                    yield value.entries["no"]
                else:
                    yield from doubts_in(value)


def test_no_sentence_is_left_over():
    mentioned = set(codes.mentioned())
    unused = [code for code in all_sentences() if not any(pattern.fullmatch(code) for pattern in mentioned)]
    assert not unused


@pytest.mark.requirement(128)
def test_nobody_is_addressed_by_a_familiar_word():
    """Official Vietnamese names the unit, the account or the list; `bạn` is said to friends."""
    familiar = re.compile(r"\bbạn\b", re.IGNORECASE)
    files = [path for kind in ("yaml", "po", "html", "py") for path in rooms.SOURCE.rglob(f"*.{kind}")]
    assert len(files) > 300
    found = [
        f"{path.relative_to(rooms.SOURCE)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if familiar.search(line)
    ]
    assert found == []
