"""YAML as text: what it keeps, what it refuses and where, and that nothing else ever comes out."""

import sys
import unicodedata

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cchc.records import yaml_text
from cchc.records.errors import DomainError, Place
from cchc.records.yaml_text import Entries, Items, Node, Scalar, read_yaml
from tests.support.examples import share_of_examples

LOADERS = [yaml.SafeLoader] + ([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])

SET = """\
# a comment
id: example
title: {vi: "Bộ tiêu chí", en: Set}
source: {document: 'Quyết định 1/QĐ', on: 2026-01-15}
fields:
  - code: "1"
    points: 1.10
    inputs:
      done: {label: Hoàn thành, kind: count}
  - code: 2
note: |
  dòng một
  dòng hai
end: ~
"""


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> type:
    monkeypatch.setattr(yaml_text, "_LOADER", request.param)
    return request.param


def plain(node: Node | None) -> object:
    """The same content as text, lists and dicts."""
    match node:
        case Scalar(text):
            return text
        case Items(items):
            return [plain(item) for item in items]
        case Entries(entries):
            return {key: plain(value) for key, value in entries.items()}
    return None


def entry(content: str, key: str = "a") -> Node:
    document = read_yaml(content, "f.yaml")
    assert isinstance(document, Entries)
    return document.entries[key]


def refusal(content: str | bytes) -> tuple[str, int | None, int]:
    with pytest.raises(DomainError) as caught:
        read_yaml(content, "f.yaml")
    assert len(caught.value.problems) == 1
    place = caught.value.problems[0].place
    assert place is not None
    assert place.file == "f.yaml"
    return caught.value.code, place.line, caught.value.exit_code


@pytest.mark.usefixtures("loader")
class TestKeepsText:
    @pytest.mark.parametrize(
        "written",
        [
            "on",
            "no",
            "yes",
            "true",
            "1.10",
            "15:00",
            "0o17",
            "0x1F",
            "1_000",
            "2026-01-15",
            ".5",
            "1e3",
            "=",
            "<<",
            "nUll",
            "Null.",
        ],
    )
    def test_a_value_stays_as_written(self, written: str) -> None:
        assert plain(entry(f"a: {written}")) == written

    @pytest.mark.parametrize("key", ["on", "no", "y", "1.10", "15:00", "2026-01-15", "<<", "=", "0,5"])
    def test_a_key_stays_as_written(self, key: str) -> None:
        assert plain(entry(f"{key}: x", key)) == "x"

    @pytest.mark.parametrize("absent", ["", "~", "null", "Null", "NULL", " # comment"])
    def test_plain_null_is_absent(self, absent: str) -> None:
        assert entry(f"a: {absent}") == Scalar(None, Place("f.yaml", 1))
        assert plain(read_yaml(f"{{a: {absent}\n}}", "f.yaml")) == {"a": None}
        assert plain(read_yaml(f"- {absent}\n- x", "f.yaml")) == [None, "x"]

    @pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
    def test_quoted_null_is_text(self, word: str) -> None:
        assert plain(entry(f'a: "{word}"')) == word
        assert plain(entry(f"a: '{word}'")) == word
        assert plain(read_yaml(f'"{word}": x', "f.yaml")) == {word: "x"}

    def test_a_folded_text_named_null_is_text(self) -> None:
        assert plain(entry("a: |-\n  null")) == "null"

    def test_text_is_composed(self) -> None:
        decomposed = unicodedata.normalize("NFD", "Đắk Tờ Rế")
        assert plain(read_yaml(f"{decomposed}: {decomposed}", "f.yaml")) == {"Đắk Tờ Rế": "Đắk Tờ Rế"}

    def test_order_is_as_written(self) -> None:
        assert list(plain(read_yaml("b: 1\na: 2\nc: 3", "f.yaml"))) == ["b", "a", "c"]  # type: ignore[call-overload]

    @pytest.mark.parametrize("content", ["a: b", "\ufeffa: b", "\ufeffa: b".encode(), b"a: b\r\n", "a: b\r"])
    def test_byte_order_mark_and_line_ends_do_not_matter(self, content: str | bytes) -> None:
        assert plain(read_yaml(content, "f.yaml")) == {"a": "b"}

    def test_line_ends_inside_text_become_one_form(self) -> None:
        assert plain(read_yaml("a: |\r\n  x\r\n  y\r\n", "f.yaml")) == {"a": "x\ny\n"}


@pytest.mark.usefixtures("loader")
class TestPlaces:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_every_line_is_exact(self, end: str) -> None:
        document = read_yaml(SET.replace("\n", end), "f.yaml")
        assert isinstance(document, Entries)
        lines = {key: place.line for key, place in document.key_places.items()}
        assert lines == {"id": 2, "title": 3, "source": 4, "fields": 5, "note": 11, "end": 14}
        assert document.place == Place("f.yaml", 2)
        assert document.entries["end"] == Scalar(None, Place("f.yaml", 14))
        fields = document.entries["fields"]
        assert isinstance(fields, Items)
        assert [item.place.line for item in fields.items] == [6, 10]
        first = fields.items[0]
        assert isinstance(first, Entries)
        assert first.entries["points"] == Scalar("1.10", Place("f.yaml", 7))
        assert first.entries["inputs"].place.line == 9

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_a_hidden_character_is_found_on_its_line_after_vietnamese_text(self, end: str) -> None:
        text = end.join(["ấấ: ắắ", "b: ậậậ", "c: x\x01", "d: e", "f: g"])
        assert refusal(text) == ("records.control_character", 3, 2)

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_a_wrong_byte_is_found_on_its_line(self, end: str) -> None:
        content = end.join(["a: ấ", "b: ậ", "c: "]).encode() + b"\xe9" + b"\nd: e\n"
        assert refusal(content) == ("records.not_utf8", 3, 2)

    def test_a_syntax_error_is_found_on_its_line(self) -> None:
        assert refusal("a: 1\nb: [1,\nc: 2\n")[0::2] == ("records.yaml_syntax", 2)
        assert refusal('a: 1\nb: "x" y\n') == ("records.yaml_syntax", 2, 2)


@pytest.mark.usefixtures("loader")
class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            ("a: 1\nb: 2\na: 3", ("records.yaml_duplicate_key", 3, 1)),
            ("x: {a: 1, b: 2,\n a: 3}", ("records.yaml_duplicate_key", 2, 1)),
            ("ế: 1\nế: 2", ("records.yaml_duplicate_key", 2, 1)),
            ('a: 1\n"a": 2', ("records.yaml_duplicate_key", 2, 1)),
            ("a: &x 1", ("records.yaml_anchor", 1, 1)),
            ("a: 1\nb: &x\n  c: 1", ("records.yaml_anchor", 2, 1)),
            ("- &x [1]", ("records.yaml_anchor", 1, 1)),
            ("a: 1\nb: *x", ("records.yaml_anchor", 2, 1)),
            ("a: 1\n<<: *x", ("records.yaml_anchor", 2, 1)),
            ("&x a: 1", ("records.yaml_anchor", 1, 1)),
            ("a: !!int 1", ("records.yaml_tag", 1, 1)),
            ("a: !x 1", ("records.yaml_tag", 1, 1)),
            ("\na: !!python/object/apply:os.system ['true']", ("records.yaml_tag", 2, 1)),
            ("!!map {a: 1}", ("records.yaml_tag", 1, 1)),
            ("a: ! 1", ("records.yaml_tag", 1, 1)),
            ("a: 1\n---\nb: 2", ("records.yaml_several_documents", 2, 1)),
            ("a: 1\n...\n---\nb: 2", ("records.yaml_several_documents", 3, 1)),
            ("? [a]\n: 1", ("records.yaml_key_not_text", 1, 1)),
            ("? {a: 1}\n: 1", ("records.yaml_key_not_text", 1, 1)),
            ("a: 1\n~: 1", ("records.yaml_key_not_text", 2, 1)),
            ("null: 1", ("records.yaml_key_not_text", 1, 1)),
            ("a:\n  {points: 0,5}", ("records.yaml_comma_number", 2, 1)),
            ("{points: 0,5, until: 3}", ("records.yaml_comma_number", 1, 1)),
            ("{points: 0,5: }", ("records.yaml_comma_number", 1, 1)),
            ("[{from: 1,25, points: 2}]", ("records.yaml_comma_number", 1, 1)),
            ('a: "x\\0y"', ("records.control_character", 1, 1)),
            ('b: 1\na: "x\\x07y"', ("records.control_character", 2, 1)),
            ('a: "x\\ry"', ("records.control_character", 1, 1)),
            ('a: "\\u200b"', ("records.control_character", 1, 1)),
            ('"a\\e": 1', ("records.control_character", 1, 1)),
            ("a: b\0", ("records.control_character", 1, 2)),
            (b"a: b\x00", ("records.control_character", 1, 2)),
            ("a: b\u202ec", ("records.control_character", 1, 2)),
            ("a: b\n\ufeffc: d", ("records.control_character", 2, 2)),
            ("a: b\x85c: d", ("records.control_character", 1, 2)),
            ("a: b\u2028c: d", ("records.control_character", 1, 2)),
            ("a: \ud800", ("records.control_character", 1, 2)),
            ("", ("records.yaml_empty", None, 2)),
            ("\ufeff", ("records.yaml_empty", None, 2)),
            ("# only a comment\n", ("records.yaml_empty", None, 2)),
            ("a: b".encode("utf-16"), ("records.not_utf8", 1, 2)),
            ("a: Đăk".encode("cp1258"), ("records.not_utf8", 1, 2)),
            ("a: b: c", ("records.yaml_syntax", 1, 2)),
            ("a: 1\n\tb: 2", ("records.yaml_syntax", 2, 2)),
            ("a: @x", ("records.yaml_syntax", 1, 2)),
            ("%YAML 9.9\n---\na: 1", ("records.yaml_syntax", 1, 2)),
            ('a: "x', ("records.yaml_syntax", 1, 2)),
        ],
    )
    def test_is_refused_at_its_line(self, content: str | bytes, expected: tuple[str, int | None, int]) -> None:
        assert refusal(content) == expected

    @pytest.mark.parametrize(
        ("content", "value"),
        [
            ('{points: "0,5"}', {"points": "0,5"}),
            ("{points: 0.5}", {"points": "0.5"}),
            ("points: 0,5", {"points": "0,5"}),
            ('{"5": }', {"5": None}),
            ("{a: 0, 5: x}", {"a": "0", "5": "x"}),
            ('{a: 0, 5: ""}', {"a": "0", "5": ""}),
            ("{²: }", {"²": None}),
            ("5:", {"5": None}),
        ],
    )
    def test_what_only_resembles_a_comma_number_is_kept(self, content: str, value: object) -> None:
        assert plain(read_yaml(content, "f.yaml")) == value

    @pytest.mark.parametrize("escape", ["\\U00110000", "\\UFFFFFFFF", "\\ud800"])
    def test_an_escape_beyond_unicode_is_refused(self, escape: str) -> None:
        assert refusal(f'a: "{escape}"')[0] in {"records.yaml_syntax", "records.control_character"}

    def test_tabs_and_lines_in_text_are_kept(self) -> None:
        assert plain(entry('a: "x\\ty\\nz"')) == "x\ty\nz"

    def test_merge_keys_merge_nothing(self) -> None:
        assert plain(read_yaml("<<: {b: 1}\na: 2", "f.yaml")) == {"<<": {"b": "1"}, "a": "2"}


@pytest.mark.usefixtures("loader")
class TestLimits:
    @pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{"])
    def test_endless_nesting_is_refused(self, opening: str) -> None:
        assert refusal(opening * 3_000)[0] in {
            "records.yaml_too_deep",
            "records.yaml_syntax",
            "records.yaml_key_not_text",
        }

    def test_nesting_is_allowed_up_to_the_limit(self) -> None:
        assert plain(read_yaml("[" * 40 + "x" + "]" * 40, "f.yaml")) is not None
        assert refusal("[" * 41 + "x" + "]" * 41) == ("records.yaml_too_deep", 1, 1)

    def test_deepest_input_fits_a_busy_stack(self) -> None:
        """A request may be read many calls down; the deepest accepted text needs few more."""

        def down(calls: int) -> object:
            return down(calls - 1) if calls else plain(read_yaml("[" * 40 + "x" + "]" * 40, "f.yaml"))

        assert down(sys.getrecursionlimit() // 2) is not None

    def test_long_text_is_refused_before_it_is_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(yaml_text, "MAX_CHARACTERS", 10)
        assert plain(read_yaml("a: 3456789", "f.yaml")) == {"a": "3456789"}
        assert refusal("a: 34567890") == ("records.yaml_too_large", None, 2)

    def test_too_many_values_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(yaml_text, "MAX_NODES", 4)
        assert plain(read_yaml("[1, 2, 3]", "f.yaml")) == ["1", "2", "3"]
        assert refusal("[1,\n2, 3, 4]") == ("records.yaml_too_many_values", 2, 2)

    def test_a_long_line_is_read(self) -> None:
        assert plain(entry("a: " + "x" * 200_000)) == "x" * 200_000


# Properties --------------------------------------------------------------------------------------------------------

CHARACTERS = "ab1ế:-\"'|>#~?{}[],\\@`\t\r\n\0\x7f\x85\u2028\ufeff\ud800\U0001f600"
SIGNS = ("&x", "*x", "!", "!!int ", "<<", "---", "...", "%YAML 1.1", "\\0", "\\u00", ": ", "- ", "? ", ", ", " #")
WORDS = ("on", "0,5", "null", "Đăk", "\r\n", "\n  ", "\n    ")
PIECES = st.sampled_from((*CHARACTERS, *SIGNS, *WORDS))


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A good document with a few pieces put in, taken out or repeated."""
    text = SET
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 8)))
        text = text[:start] + draw(PIECES) * draw(st.integers(0, 3)) + text[end:]
    return text


def outcome(content: str | bytes, loader: type) -> object:
    before = yaml_text._LOADER
    yaml_text._LOADER = loader  # type: ignore[misc]
    try:
        return read_yaml(content, "f.yaml")
    except DomainError as error:
        return error
    finally:
        yaml_text._LOADER = before  # type: ignore[misc]


@settings(max_examples=share_of_examples(10))
@given(mutated())
def test_a_mutated_document_is_read_or_refused_with_a_place(text: str) -> None:
    result = outcome(text, LOADERS[-1])
    if isinstance(result, DomainError):
        assert [problem.place.file for problem in result.problems if problem.place] == ["f.yaml"]
    else:
        assert isinstance(result, Scalar | Items | Entries)


@settings(max_examples=share_of_examples(5))
@given(st.lists(PIECES, max_size=30).map("".join))
@example("{a: 0,5: }")
def test_any_pieces_are_read_or_refused(text: str) -> None:
    assert isinstance(outcome(text, LOADERS[-1]), Scalar | Items | Entries | DomainError)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    assert isinstance(outcome(content, LOADERS[-1]), Scalar | Items | Entries | DomainError)


TEXTS = st.text(st.sampled_from("aĐế 01,.:-#'\"{}[]~\n\t!&*"), max_size=12)
DATA = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=12
)


@settings(max_examples=share_of_examples(3))
@given(DATA, st.sampled_from(LOADERS))
def test_quoted_text_comes_back_as_it_was(data: object, loader: type) -> None:
    """What PyYAML writes with every text quoted, both parsers read back."""
    written = yaml.safe_dump(data, default_style='"', allow_unicode=True, sort_keys=False)
    before = yaml_text._LOADER
    yaml_text._LOADER = loader  # type: ignore[misc]
    try:
        assert plain(read_yaml(written, "f.yaml")) == data
    finally:
        yaml_text._LOADER = before  # type: ignore[misc]


@pytest.mark.skipif(len(LOADERS) < 2, reason="PyYAML without libyaml has one parser only")
@settings(max_examples=share_of_examples(3))
@given(mutated().filter(lambda text: len(text) < 600))
def test_both_parsers_agree_on_what_both_accept(text: str) -> None:
    results = [outcome(text, loader) for loader in LOADERS]
    if all(isinstance(result, Scalar | Items | Entries) for result in results):
        assert plain(results[0]) == plain(results[1])  # type: ignore[arg-type]
