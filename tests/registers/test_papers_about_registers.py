"""Papers about a register: weaknesses with what mends them, and how the tasks stand on that day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cchc.demo.papers import load_sample_papers
from cchc.documents.blocks import Band, Table
from cchc.documents.docx_writing import write_docx
from cchc.documents.pdf_writing import write_pdf
from cchc.followups.actions.giving import Order
from cchc.followups.actions.tasks import take_step
from cchc.followups.deadlines import Deadline
from cchc.papers.actions.drafts import draft_paper
from cchc.papers.composing import draft_document, layout_of, unknown_in, unprintable
from cchc.papers.models import Paper, TextTemplate
from cchc.papers.queries.templates import version_on
from cchc.records.errors import DomainError
from cchc.registers.actions.entries import give_by_entry
from cchc.registers.kinds import known_ids
from cchc.registers.models import Register
from cchc.registers.vocabularies import OF_REGISTER, VOCABULARIES
from tests.factories import registers
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, NOW, TODAY, unit

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(110, 115, 126), pytest.mark.usefixtures("today")]
DAY = timedelta(days=1)
HOSTILE = "{entries.table} }} # Điều 1. =1+1 ☑"


def gathered(keeper, about: object, day: date = TODAY):
    return VOCABULARIES[OF_REGISTER].gathered(keeper, day, str(about))


def rows(table: Table):
    return [row[1:] for row in table.rows if not isinstance(row, Band)]


def given(entry, people, owner, leader, what="Phát phiếu"):
    order = Order(what, Deadline(TODAY, due_on=TODAY + 4 * DAY), people.office, "")
    (made,) = give_by_entry(**BY_TESTS, entry=entry, order=order, owners=[owner], leader=leader)
    return made


@pytest.fixture
def kept(people) -> Register:
    """Kept by the office: an entry with two tasks, and one without."""
    made = registers.register(people.office)
    first = registers.entry(made, people.commune)
    given(first, people, people.commune, people.chairman)
    withdrawn = given(first, people, people.commune, people.chairman, "Rút")
    take_step(**BY_TESTS, task=withdrawn, step="withdraw", expected_version=1, text="Nhầm")
    registers.entry(made, people.other)
    return made


def test_a_plan_says_what_mends_it_until_when_and_how_that_stands(people, kept):
    told = gathered(people.office, kept.pk, TODAY + 10 * DAY)
    assert rows(told["plan.table"]) == [
        ("Chưa phát phiếu đánh giá", "xã Ẵng Một", "Phát phiếu khi trả kết quả", TODAY + 4 * DAY,
         "Mới giao, quá hạn 6 ngày"),
        ("Chưa phát phiếu đánh giá", "xã Hai", "Phát phiếu khi trả kết quả", date(2026, 12, 31), "Chưa giao nhiệm vụ"),
    ]  # fmt: skip
    assert (told["entries.number"], told["entries.without_task"], told["tasks.given"]) == (2, 1, 1)
    assert (told["tasks.overdue"], told["register.period"]) == (1, "từ ngày 01/01/2026 đến ngày 31/12/2026")
    assert rows(told["units.table"]) == [("xã Ẵng Một", 1, 1, 0, 1, 1), ("xã Hai", 1, 0, 0, 0, 0)]
    assert told["entries.units"] == ("Ủy ban nhân dân xã Ẵng Một", "Ủy ban nhân dân xã Hai")


def test_a_unit_concerned_is_told_of_its_own_entries_and_a_stranger_of_none(people, kept):
    own = gathered(people.commune, kept.pk)
    assert (own["entries.number"], own["tasks.given"]) == (1, 1)
    stranger = unit("xa-ba", people.province, name="xã Ba")
    for about in (kept.pk, 999, "x", ""):
        with pytest.raises(DomainError, match="register_not_found"):
            gathered(stranger, about)


@pytest.mark.parametrize("kind", known_ids())
def test_a_register_of_any_kind_is_told_in_its_own_columns(people, kind):
    made = registers.register(people.office, kind)
    registers.entry(made, people.commune if made.definition.unit_name is not None else None)
    told = gathered(people.office, made.pk)
    (row,) = rows(told["entries.table"])
    columns = made.definition.columns
    assert len(row) == len(columns) + (made.definition.unit_name is not None)
    assert len(rows(told["plan.table"])) == 1
    words = {word.name for word in VOCABULARIES[OF_REGISTER].words}
    assert set(told) <= words and words - set(told) <= {"unit.symbol"}


@pytest.mark.requirement(94)
def test_a_remediation_plan_is_drafted_on_the_page_of_the_register(people, kept):
    load_sample_papers(people.province, NOW, TODAY)
    officer = client_of(people.officer)
    (way,) = officer.get(f"/so-theo-doi/{kept.pk}/").context["drafting"]
    versions = officer.get(way.url).context["versions"]
    assert [version.template.code for version in versions] == ["mau-ke-hoach-khac-phuc"]
    assert officer.post(way.url, {"mau": versions[0].pk}).status_code == 302
    paper = Paper.objects.latest("pk")
    assert (paper.vocabulary, paper.about, paper.kind) == (OF_REGISTER, str(kept.pk), "plan")
    assert client_of(people.chairman).get(f"/so-theo-doi/{kept.pk}/").context["drafting"] == []


@pytest.mark.long
def test_what_people_typed_never_breaks_the_plan(people):
    load_sample_papers(people.province, NOW, TODAY)
    made = registers.register(people.office, title=HOSTILE)
    entry = registers.entry(made, people.commune, weakness=HOSTILE, measure=HOSTILE)
    given(entry, people, people.commune, people.chairman, HOSTILE)
    version = version_on(TextTemplate.objects.get(code="mau-ke-hoach-khac-phuc"), TODAY)
    paper = draft_paper(**BY_TESTS, unit=people.office, kind="plan", template=version, about=str(made.pk))
    document = draft_document(paper, [], TODAY)
    layout = layout_of(document, TODAY)
    assert unknown_in(paper) == () and unprintable(document, layout) == ()
    assert write_docx(document, layout) and write_pdf(document, layout)
