"""The same content in every form: YAML, workbook, and back; the hash is of the content, not of its spelling."""

from __future__ import annotations

import json
import random
import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cchc.records.text import INVISIBLE, nfc
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.loading import load, load_bytes, load_node, shipped_ids
from cchc.scoring.set_files import load_any
from cchc.scoring.workbook_reading import workbook_node
from cchc.scoring.workbook_writing import to_workbook
from cchc.scoring.writing import set_hash, set_tree, to_yaml
from tests.scoring import strategies
from tests.scoring.sets import loaded, set_of
from tests.scoring.strategies import Tree, leaves_of
from tests.support.examples import share_of_examples
from tests.tables.workbooks import read_here

few = settings(max_examples=share_of_examples(0.2))

AWKWARD = (
    "null", "~", "yes", "no", "true", "1.10", "15:00", "1e3", "0x1F", "=1+1", "+A1", "-2", "@SUM(A1)", "'quoted'", '"',
    "a: b", "# c", "- d", "{e}", "[f]", "&g", "*h", "!i", "|", ">", "%", "`", "two\nlines", "tab\tstop", "😀 emoji",
    "Đăk Pnê".replace("ê", "e\u0302"), "_x0041_", "_x000D_", "'=1", "''", "a\u00a0b", "\\n", "<b>&amp;</b>", "none",
    "2026-01-31", "Mã", "Khóa", "31/12/2026", "1,5", "inputs.x", "otherwise", "a\n\n\nb", "x" * 3_000,
)  # fmt: skip
texts = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=12),
).filter(lambda text: bool(text.strip()) and not INVISIBLE.search(nfc(text)))
# A code also stands in the rows of sheets and in expressions.
codes = texts.map(lambda text: " ".join(nfc(text).split())).filter(
    lambda t: len(t) <= 40 and not set(t) & set("'\"[];")
)


def through_yaml(made: CriteriaSet) -> CriteriaSet:
    return load_bytes(to_yaml(made).encode(), "again.yaml")


def through_workbook(made: CriteriaSet) -> CriteriaSet:
    return load_node(workbook_node(read_here(to_workbook(made))))


doubts = texts | st.fixed_dictionaries({"vi": texts, "en": texts})


@st.composite
def odd_trees(draw: st.DrawFn) -> Tree:
    """A generated set with odd words wherever words can stand, and odd codes."""
    tree = draw(strategies.trees())
    old = [leaf["code"] for leaf in leaves_of(tree)]
    new = draw(st.lists(codes, min_size=len(old), max_size=len(old), unique_by=lambda t: t.strip()))
    tree = dressed(tree, draw, dict(zip(old, new, strict=True)))
    evidence = draw(st.lists(texts, max_size=2))
    leaf = leaves_of(tree)[-1]
    leaf |= {"evidence": evidence, "source": {"document": draw(texts), "on": "01/02/2026", "article": draw(texts)}}
    return tree | {"title": {"vi": draw(texts), "en": draw(texts)}, "verified": {"no": draw(doubts)}}


def dressed(node: Any, draw: st.DrawFn, renamed: dict[str, str], key: str = "") -> Any:
    match node:
        case list():
            return [dressed(item, draw, renamed, key) for item in node]
        case dict():
            return {each: dressed(value, draw, renamed, each) for each, value in node.items()}
        case str() if key in ("title", "label", "name", "document", "applies_to"):
            return draw(texts) if key != "applies_to" else draw(codes)
        case str() if key in ("code", "order"):
            return renamed.get(node, node)
        case str():
            return re.sub(r"c\['(.+?)'\]", lambda found: f"c['{renamed[found[1]]}']", node)
    return node


@pytest.mark.requirement(97, 126)
@few
@given(odd_trees())
@pytest.mark.long
def test_yaml_and_workbook_keep_every_word_and_number(tree: Tree) -> None:
    made = loaded(tree)
    for again in (through_yaml(made), through_workbook(made), through_yaml(through_workbook(through_yaml(made)))):
        assert set_tree(again) == set_tree(made)
        assert set_hash(again) == set_hash(made)


@pytest.mark.crossing
@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_words_survive_everywhere(text: str) -> None:
    words = {"vi": text, "en": text}
    options = [{"id": "1.10", "label": words}, {"id": "~", "label": words}]
    leaf = {
        "max": "1", "title": words, "evidence": [words], "source": {"document": text, "article": text, "url": text},
        "inputs": {"x": {"label": words, "kind": "choice", "options": options}}, "verified": {"no": words},
        "rule": {"kind": "choice", "options": [option | {"points": "1"} for option in options]},
    }  # fmt: skip
    bands = {"on": "index", "steps": [{"id": "null", "from": "0", "name": words}]}
    made = loaded(set_of(leaf, bands=bands, title=words, verified={"no": text}))
    assert made.title.vi == nfc(text).strip()
    assert set_tree(through_yaml(made)) == set_tree(made)
    assert set_tree(through_workbook(made)) == set_tree(made)


@few
@given(strategies.trees(), st.randoms(use_true_random=False))
@example(set_of({"max": "1.50", "rule": {"kind": "yes_no"}}), random.Random(1))
def test_the_hash_does_not_see_order_comments_or_spelling(tree: Tree, rng: random.Random) -> None:
    made = loaded(tree)
    assert set_hash(loaded(shuffled(tree, rng))) == set_hash(made)
    commented = re.sub(r"^(?=[a-z_]+:)", "# ghi chú\n\n", to_yaml(made), flags=re.MULTILINE)
    assert commented.count("#") >= 8
    assert set_hash(load_bytes(commented, "commented.yaml")) == set_hash(made)
    assert set_hash(loaded(respelled(tree))) == set_hash(made)


def shuffled(node: Any, rng: random.Random) -> Any:
    """Keys in another order; lists keep theirs."""
    if isinstance(node, list):
        return [shuffled(item, rng) for item in node]
    if isinstance(node, dict):
        return {key: shuffled(node[key], rng) for key in rng.sample(sorted(node), len(node))}
    return node


NUMBERS = ("max", "total", "each", "cap", "least", "floor", "from", "bonus_cap", "penalty_cap")


def respelled(node: Any, key: str = "") -> Any:
    """Numbers with a comma and zeros around, days in Vietnamese order, a written default."""
    match node:
        case list():
            return [respelled(item, key) for item in node]
        case dict():
            return {each: respelled(value, each) for each, value in node.items()}
        case str() if key in NUMBERS and re.fullmatch(r"-?[0-9.]+", node):
            whole, _, decimals = node.partition(".")
            return f"{whole},{decimals}00"
        case str() if key in ("until", "from") and (day := re.fullmatch("(....)-(..)-(..)", node)):
            return f"{day[3]}/{day[2]}/{day[1]}"
    return "never" if key == "not_applicable" and node is None else node


@few
@given(strategies.trees(), st.data())
def test_another_number_is_another_hash(tree: Tree, data: st.DataObject) -> None:
    leaf = data.draw(st.sampled_from([leaf for leaf in leaves_of(tree) if "max" in leaf]))
    before = set_hash(loaded(tree))
    leaf["max"] = str(int(Fraction(leaf["max"])) + 1)
    for field in tree["fields"]:
        field.pop("max", None)
    tree["total"] = strategies.sum_of(leaves_of(tree))
    assert set_hash(loaded(tree)) != before


@pytest.mark.requirement(97, 126)
@pytest.mark.parametrize("shipped", shipped_ids())
@pytest.mark.long
def test_shipped_sets_survive_the_real_file(shipped: str, tmp_path: Any) -> None:
    """Once through a file on disk and the child process that reads workbooks."""
    made = load(shipped)
    path = tmp_path / "set.xlsx"
    path.write_bytes(to_workbook(made))
    assert set_hash(load_any(path)) == set_hash(made)
    assert json.loads(json.dumps(set_tree(load_any(path)))) == json.loads(json.dumps(set_tree(made)))
