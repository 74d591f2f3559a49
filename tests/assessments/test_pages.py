"""The pages of a round, from opening it to the frozen result, as each of those who take part sees them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from cchc.assessments.audit_kinds import RESULT_FROZEN
from cchc.assessments.models import Answer, Freeze, Round, Sheet
from cchc.audit.queries import events_of
from cchc.organizations.models import Official
from tests.assessments.conftest import Council
from tests.factories.assessments import SET, appraising, before_the_council, now_of, write
from tests.factories.clients import client_of
from tests.factories.organizations import NOW

pytestmark = pytest.mark.usefixtures("council")


def sent(client: Client, name: str, *args: object, **data: object) -> int:
    """Post, expecting to be led on; the status otherwise is shown with the page."""
    answer = client.post(reverse(f"assessments:{name}", args=args), data)
    assert answer.status_code == 302, answer.content.decode()
    return int(answer.status_code)


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"assessments:{name}", args=args))
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def by(person: Official) -> Client:
    return client_of(person)


@pytest.mark.requirement(1, 4, 96, 97)
def test_the_secretary_arranges_and_opens_a_round(council: Council) -> None:
    secretary = by(council.secretary)
    sent(
        secretary, "open", "tinh", title="Chấm điểm CCHC", year="2026", assessed_from="01/01/2026",
        assessed_to="31/12/2026", cut_off_on="31/12/2026",
    )  # fmt: skip
    round_ = Round.objects.get()
    sent(secretary, "set", round_.pk, shipped=SET, version=round_.version)
    sent(secretary, "units", round_.pk, group="Cấp xã", units=["xa-1", "xa-2"])
    sent(
        secretary, "timetable", round_.pk, version=now_of(round_).version, self_from="16/11/2026", self_to="04/12/2026",
        council_number="685/QĐ-UBND", council_on="30/08/2016",
    )  # fmt: skip
    asked = page(secretary, "move", round_.pk, "begin")
    assert "Bộ tiêu chí được khóa theo mã băm" in asked and "Có thể để trống" in asked
    sent(secretary, "move", round_.pk, "begin", version=now_of(round_).version)
    assert now_of(round_).state == "self_scoring"
    assert "685/QĐ-UBND" in page(secretary, "round", round_.pk)
    assert Answer.objects.filter(sheet__round=round_, version=0).count() > 100


@pytest.mark.requirement(98, 103)
def test_a_unit_fills_its_sheet_in_and_its_head_submits_it(
    council: Council, scored_round: Round, sheets: list[Sheet]
) -> None:
    own = sheets[0]
    officer, head = by(council.officer), by(council.head)
    sent(officer, "write", own.pk, "self", "1.1", so_done="9", so_planned="10", version="0", note="Báo cáo 12")
    assert Answer.objects.get(sheet=own, criterion="1.1").said == {"done": "9", "planned": "10"}
    assert "4,5" in page(officer, "sheet", own.pk)
    refused = officer.get(reverse("assessments:submit", args=[own.pk]))
    assert refused.status_code == 403
    assert "1.2" in page(head, "submit", own.pk)
    write(own, "1.2", answer="no")
    sent(head, "submit", own.pk, version="1")
    assert Sheet.objects.get(pk=own.pk).state == "submitted"


def test_another_unit_sees_nothing_of_it(council: Council, sheets: list[Sheet]) -> None:
    other = by(council.other_head)
    assert other.get(reverse("assessments:sheet", args=[sheets[0].pk])).status_code == 404
    assert sheets[0].name not in page(other, "round", sheets[0].round_id)


def test_what_cannot_be_read_stays_in_the_form(council: Council, sheets: list[Sheet]) -> None:
    answer = by(council.officer).post(
        reverse("assessments:write", args=[sheets[0].pk, "self", "1.1"]),
        {"so_done": "chín", "so_planned": "10", "version": "0", "note": ""},
    )
    assert answer.status_code == 422
    assert 'value="chín"' in answer.content.decode()


@pytest.mark.requirement(24)
def test_two_persons_freeze_the_result(council: Council, scored_round: Round, sheets: list[Sheet]) -> None:
    before_the_council(scored_round)
    secretary, chair = by(council.secretary), by(council.chair)
    assert "1.1" in page(secretary, "matrix", scored_round.pk)
    page(secretary, "criterion", scored_round.pk, "1.1")
    sent(secretary, "propose", scored_round.pk, version=now_of(scored_round).version)
    assert secretary.get(reverse("assessments:confirm", args=[scored_round.pk])).status_code == 403
    sent(chair, "confirm", scored_round.pk, reason="Hội đồng thống nhất")
    assert Freeze.objects.get().confirmed_by == council.chair
    frozen = events_of(Freeze.objects.get()).get(kind=RESULT_FROZEN)
    assert "Hội đồng thống nhất" in frozen.payload.body
    assert sheets[0].name in page(chair, "results", scored_round.pk)


@pytest.mark.requirement(98, 99)
def test_the_stages_stand_side_by_side_and_what_differs_is_marked(
    council: Council, scored_round: Round, sheets: list[Sheet]
) -> None:
    before_the_council(scored_round)
    html = page(by(council.secretary), "sheet", sheets[0].pk).replace("<", " <")
    read = " ".join(strip_tags(html).split())
    table = read[read.index("Số liệu, điểm qua từng giai đoạn") :]
    assert "Giai đoạn Đơn vị tự chấm Thẩm định lần 1 " in table
    assert "Đã làm Khác nhau 8 6" in table
    assert "Phải làm 10 – " in table
    assert "Điểm Khác nhau 4 3" in table
    assert "Báo cáo 12/BC-UBND Thiếu hai báo cáo" in table


@pytest.mark.requirement(98)
def test_whoever_appraises_sees_what_the_unit_declared_beside_the_own_empty_fields(
    council: Council, scored_round: Round
) -> None:
    first = appraising(scored_round, council.appraiser)[0]
    read = " ".join(strip_tags(page(by(council.appraiser), "sheet", first.pk).replace("<", " <")).split())
    assert "Số liệu, điểm qua từng giai đoạn" in read
    table = read[read.index("Số liệu, điểm qua từng giai đoạn") :]
    assert "Đã làm 8 " in table and "Báo cáo 12/BC-UBND" in table


def test_who_ends_appraisal_is_told_how_much_nobody_appraised(council: Council, scored_round: Round) -> None:
    first = appraising(scored_round, council.appraiser)[0]
    write(first, "1.1", "document1", reason="Thiếu hai báo cáo", done="6")
    for step in ("explain", "deliberate"):
        assert "Chưa ai thẩm định 8 trên 9 lượt tiêu chí" in page(by(council.secretary), "move", scored_round.pk, step)
    for sheet in scored_round.sheets.order_by("pk"):
        for code in ("1.1", "1.2", "2.1"):
            if (sheet, code) != (first, "1.1"):
                write(sheet, code, "document1", **({"ratio": "85%"} if code == "2.1" else {}))
    assert "Chưa ai thẩm định" not in page(by(council.secretary), "move", scored_round.pk, "explain")


def test_before_a_round_goes_to_the_council_it_says_which_units_have_no_index(
    council: Council, scored_round: Round
) -> None:
    first = appraising(scored_round, council.appraiser)[0]
    write(first, "2.1", "document1", ratio="85%")
    told = page(by(council.secretary), "move", scored_round.pk, "deliberate")
    assert "Chưa tính được điểm của Xã Mẫu 2, tiêu chí 2.1" in told and "điểm của Xã Mẫu 1," not in told
    sheet = page(by(council.secretary), "sheet", scored_round.sheets.get(place=2).pk)
    assert "tạm tính, còn thiếu tiêu chí" in sheet and "/10</strong>" in sheet


@pytest.mark.parametrize(("explained_at", "shown"), [(None, NOW), (NOW + timedelta(days=14), NOW + timedelta(days=14))])
def test_a_sheet_says_when_it_was_locked_last(explained_at: datetime | None, shown: datetime) -> None:
    assert Sheet(submitted_at=NOW, explained_at=explained_at).settled_at == shown
