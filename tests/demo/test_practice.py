"""The sample province also shows what is rarer: deputies, supervision, an own calendar, a paper, a shared proof."""

from __future__ import annotations

import pytest
import time_machine

from cchc.demo.province import load_sample_province
from cchc.files.models import Citation, StoredFile
from cchc.organizations.calendars import calendars_of
from cchc.organizations.models import Delegation, OwnCalendar, Placement, Supervision, Unit
from cchc.papers.models import Paper, SignedFile
from tests.factories.organizations import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def province(filled_once):
    with time_machine.travel(NOW, tick=False):
        load_sample_province(NOW)
        yield


def test_a_deputy_acts_until_a_day_and_a_department_follows_a_commune():
    (deputy,) = Delegation.objects.on(TODAY)
    assert deputy.ends_on > TODAY and "(mẫu)" in deputy.reason
    (followed,) = Supervision.objects.on(TODAY)
    assert (followed.supervisor.code, "mẫu" in followed.source_document) == ("so-noi-vu", True)


def test_a_unit_works_by_a_calendar_of_its_own():
    kept, unit = OwnCalendar.objects.get(), Unit.objects.get(code="kon-braih-hcc")
    assert calendars_of([unit.pk], TODAY)[unit.pk].id == kept.code and "(mẫu)" in kept.title_vi


def test_a_paper_is_issued_with_its_copy_and_a_file_proves_two_tasks():
    paper = Paper.objects.get(state="issued")
    assert paper.is_sample and paper.full_number == "01/BC-UBND"
    assert SignedFile.objects.get(paper=paper).file.blob.kind == "pdf"
    proof = StoredFile.objects.get(name="bang-tong-hop-mau.xlsx")
    cited = Citation.objects.filter(file=proof, ended_at=None, subject_type="followups.Task")
    assert proof.is_sample and cited.count() == 2


def test_peoples_committees_and_departments_have_their_symbols():
    symbols = dict(Placement.objects.on(TODAY).order_by("pk").values_list("unit__code", "symbol"))
    assert (symbols["quang-ngai"], symbols["xa-kon-braih-23497"], symbols["so-noi-vu"]) == ("UBND", "UBND", "SNV")
