"""Sample texts of all rooms: each holds for its vocabulary, says what it is, and begins a province's own template."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from cchc.documents.pdf_writing import write_pdf
from cchc.papers.composing import check_texts, draft_document, kept_values, layout_of
from cchc.papers.examples import Example, known_examples, read_examples
from cchc.papers.models import Paper, TextTemplate
from cchc.papers.vocabulary import known_vocabularies, vocabulary_of
from cchc.records.errors import DomainError
from tests.factories.clients import client_of
from tests.factories.organizations import NOW, TODAY, grant, official, unit

pytestmark = pytest.mark.requirement(94)
EXAMPLES = list(known_examples().values())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.code)
def test_a_sample_text_uses_names_that_exist_and_prints(example: Example):
    vocabulary = vocabulary_of(example.vocabulary)
    check_texts(example.texts, vocabulary)
    assert "mẫu" in example.name and "chưa đối chiếu" in example.source
    values = kept_values(vocabulary.samples())
    texts = {name: getattr(example.texts, name) for name in ("summary", "addressees", "text", "recipients")}
    paper = Paper(kind=example.kind, values=values, issuer="Ủy ban nhân dân xã Mẫu", symbol="BC-UBND", **texts)
    document = draft_document(paper, (), TODAY)
    assert write_pdf(document, layout_of(document, TODAY)).startswith(b"%PDF")


def test_every_vocabulary_has_a_sample_text():
    assert {one.vocabulary for one in EXAMPLES} == set(known_vocabularies())
    assert {one.kind for one in EXAMPLES} >= {"letter", "report", "plan", "decision"}


def test_a_file_that_says_something_unknown_is_refused_with_its_place():
    with pytest.raises(DomainError) as refused:
        read_examples(b"examples:\n  - {code: a, kind: report}\n", "x/paper_examples.yaml")
    assert refused.value.problems[0].place.line == 2


@pytest.mark.django_db
def test_an_administrator_begins_a_template_with_a_sample_and_changes_it(settings, tmp_path):
    settings.CCHC_DATA = tmp_path
    province = unit("tinh", name="tỉnh Mẫu")
    person = official("qt", "Đỗ Quản Trị", province)
    grant(person, "administrator", province, covers_subtree=True)
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        client = client_of(person)
        plain = client.get("/mau-van-ban/them/tinh/")
        assert len(plain.context["examples"]) == len(EXAMPLES) and plain.context["sheet"] is None
        page = client.get("/mau-van-ban/them/tinh/?mau=mau-ke-hoach-khac-phuc")
        initial = page.context["form"].initial
        assert (initial["vocabulary"], initial["kind"]) == ("registers.register", "plan")
        assert "{plan.table}" in page.content.decode() and page.context["sheet"] is not None
        assert client.get("/mau-van-ban/them/tinh/?mau=khong-co").status_code == 200
        typed = {name: value for name, value in initial.items() if value} | {"starts_on": "23/11/2026"}
        answer = client.post("/mau-van-ban/them/tinh/", typed | {"name": "Kế hoạch khắc phục"})
    assert answer.status_code == 302
    made = TextTemplate.objects.get(code="mau-ke-hoach-khac-phuc")
    assert not made.is_sample and made.versions.get().name == "Kế hoạch khắc phục"
