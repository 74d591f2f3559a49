"""An issued paper is kept as JSON and comes back the same, to the letter."""

from __future__ import annotations

import string
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.audit.canonical import canonical_json, read_canonical
from cchc.documents import storing
from cchc.documents.blocks import (
    Article,
    Band,
    Code,
    Codes,
    Column,
    Field,
    Heading,
    Items,
    Paragraph,
    Resolution,
    Table,
)
from cchc.documents.model import Annex, Document, Issuer, Number, OnBehalf, Signature
from cchc.documents.text import Run
from tests.documents.kon_ray import kon_ray_report

LETTERS = st.text(string.ascii_letters + " ẳỄựđ{}#-$:\n", max_size=20)
WORDS = st.one_of(LETTERS, st.builds(Run, LETTERS, st.booleans()), st.tuples(LETTERS, st.builds(Run, LETTERS)))
CELLS = st.one_of(LETTERS, st.integers(), st.decimals("0", "99", places=2), st.dates(), st.none())
TABLES = st.builds(
    lambda rows: Table(
        (Column("Một", under=("Nhóm",)), Column("Hai", "number", decimals=2)), tuple(rows), total="Cộng"
    ),
    st.lists(st.one_of(st.tuples(CELLS, CELLS), st.builds(Band, LETTERS)), max_size=4),
)
BLOCKS = st.one_of(
    st.builds(Paragraph, WORDS, st.sampled_from(["body", "basis"])),
    st.builds(Heading, WORDS, st.sampled_from([1, 2, 3])),
    st.builds(Items, st.lists(WORDS, max_size=3).map(tuple)),
    st.builds(Article, st.integers(1, 9), WORDS, st.just((Paragraph("khoản"),))),
    st.just(Resolution()),
    st.builds(Field, LETTERS, LETTERS),
    st.just(Codes((Code("nội dung", "nhãn"),))),
    TABLES,
)
DOCUMENTS = st.builds(
    Document,
    kind=st.sampled_from(["report", "decision", "letter"]),
    issuer=st.builds(Issuer, LETTERS, st.none() | LETTERS),
    summary=LETTERS,
    blocks=st.lists(BLOCKS, max_size=5).map(tuple),
    number=st.builds(Number, LETTERS, st.none() | st.integers(1, 999)),
    on=st.one_of(st.none(), st.integers(2020, 2030), st.dates()),
    signatures=st.just((Signature("Phó Chủ tịch", "Lê Ẵng", (OnBehalf("KT.", "Chủ tịch"),), "Giám đốc"),)),
    annexes=st.lists(st.builds(Annex, LETTERS, st.tuples(TABLES), st.booleans()), max_size=1).map(tuple),
)


@given(DOCUMENTS)
def test_what_is_kept_comes_back(document):
    assert storing.read(read_canonical(canonical_json(storing.write(document)))) == document


def test_a_real_report_comes_back():
    document = kon_ray_report()
    assert storing.read(read_canonical(canonical_json(storing.write(document)))) == document


@pytest.mark.parametrize(
    "stored", [{}, {"form": 2, "document": {}}, {"form": 1, "document": {"is": "Run", "text": "x"}}]
)
def test_what_is_no_document_is_refused(stored):
    with pytest.raises(ValueError, match="no document"):
        storing.read(stored)


def test_a_piece_of_another_kind_is_refused_both_ways():
    with pytest.raises(ValueError, match="no piece"):
        storing.read_piece({"is": "Path", "text": "/etc"})
    with pytest.raises(TypeError, match="float"):
        storing.write_piece(0.5)
    assert storing.write_piece((Decimal("1.50"), date(2026, 2, 9))) == [Decimal("1.50"), date(2026, 2, 9)]
