"""The result page and its tables, what follows from a result: points won and lost, year on year, remediation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from cchc.assessments.actions.freezing import reopen_round
from cchc.assessments.analysis import analyse
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Round
from cchc.assessments.queries.results import results_of
from cchc.assessments.queries.sheets import whole
from cchc.assessments.queries.years import round_before, year_on_year
from cchc.assessments.rules import thresholds_on
from cchc.audit.recording import unguarded
from cchc.followups.models import Task
from cchc.organizations.actions.units import reorganize
from cchc.organizations.viewers import actor_of
from cchc.records.sources import Source
from tests.assessments.conftest import Council, sheets_of
from tests.assessments.test_pages import by, page, sent
from tests.factories.assessments import before_the_council, begun, frozen, now_of, write
from tests.factories.organizations import BY_TESTS, NOW, TODAY, unit


@pytest.fixture
def frozen_round(council: Council, scored_round: Round) -> Round:
    return frozen(scored_round, council.secretary, council.chair)


@pytest.mark.requirement(23, 120)
def test_the_workbook_computes_index_and_rank_anew(council: Council, frozen_round: Round) -> None:
    client = by(council.secretary)
    text = page(client, "results", frozen_round.pk)
    assert "Điểm thẩm định hồ sơ" in text and "Xã Mẫu 1" in text
    answer = client.get(reverse("assessments:download", args=[frozen_round.pk, "xlsx"]))
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet["J4"].value == "=ROUND(H4/I4*100,2)"
    assert sheet["A4"].value == '=1+COUNTIFS($C$4:$C$6,C4,$J$4:$J$6,">"&J4)'
    kept = openpyxl.load_workbook(BytesIO(answer.content), data_only=True).active
    (first, *_) = results_of(frozen_round, set_of(frozen_round), 1)
    assert Decimal(str(kept["J4"].value)) == first.index and kept["A4"].value == first.rank
    csv = client.get(reverse("assessments:download", args=[frozen_round.pk, "csv"])).content.decode("utf-8-sig")
    assert csv.count("\r\n") == 4 and "Xã Mẫu 1" in csv
    assert client.get(reverse("assessments:download", args=[frozen_round.pk, "exe"])).status_code == 404


@pytest.mark.requirement(23, 125)
def test_an_older_version_is_read_beside_what_changed(council: Council, frozen_round: Round) -> None:
    chair = {"actor": actor_of(council.chair, day=TODAY), "now": NOW}
    reopen_round(**chair, round_=frozen_round, expected_version=now_of(frozen_round).version, reason="Kiến nghị")
    write(sheets_of(frozen_round)[0], "1.1", "council", reason="Bổ sung", done="10", planned="10")
    again = frozen(frozen_round, council.secretary, council.chair, reason="Sửa điểm Xã Mẫu 1")
    (first, *others) = results_of(again, set_of(again), 2)
    assert first.sheet.name == "Xã Mẫu 1" and first.index_change is not None and first.index_change > 0
    assert [one.index_change for one in others] == [None, None] and {one.rank_before for one in others} == {1}
    client = by(council.secretary)
    assert "Sửa điểm Xã Mẫu 1" in page(client, "results", again.pk)
    old = client.get(reverse("assessments:results", args=[again.pk]), {"ban": "1"}).content.decode()
    assert "Sửa điểm Xã Mẫu 1" not in old


@pytest.mark.requirement(18, 19, 110)
def test_points_won_and_lost_say_where_why_and_who(council: Council, scored_round: Round) -> None:
    before_the_council(scored_round)
    sheets = sheets_of(scored_round)
    write(sheets[0], "1.1", "council", reason="Không có báo cáo", points="1")
    there, answers = whole(scored_round)
    found = analyse(set_of(scored_round), list(there), answers, thresholds_on(TODAY).value)
    by_code = {one.criterion.code: one for one in found.criteria}
    assert (by_code["1.1"].won, by_code["1.1"].lost) == (Fraction(7), Fraction(8))
    assert [one.name for one in by_code["1.1"].low] == ["Xã Mẫu 1"]
    assert [one.criterion.code for one in found.strengths] == ["1.2"]
    reasons = {one.text: (one.times, one.points, list(one.units)) for one in found.reasons}
    assert reasons["Không có báo cáo"] == (1, Fraction(3), ["Xã Mẫu 1"])
    assert reasons["Thiếu hai báo cáo"] == (2, Fraction(2), ["Xã Mẫu 2", "Phường Mẫu 3"])
    text = page(by(council.secretary), "analysis", scored_round.pk)
    assert "từ 90 % điểm tối đa" in text and "tỉnh cần quyết định" in text
    assert "Điểm tạm tính" in text and "Không có báo cáo" in text


@pytest.mark.requirement(115)
def test_what_is_weak_becomes_tasks_that_are_followed(council: Council, frozen_round: Round) -> None:
    client = by(council.secretary)
    first, second, _ = sheets_of(frozen_round)
    sent(
        client, "remedy", frozen_round.pk, "1.1", units=[first.pk, second.pk], what="Khắc phục việc chậm báo cáo",
        working_days="20", watcher=council.department.code,
    )  # fmt: skip
    tasks = list(Task.objects.order_by("pk"))
    assert [(one.owner, one.watcher, one.working_days) for one in tasks] == [
        (council.first, council.department, 20), (council.second, council.department, 20)
    ]  # fmt: skip
    assert tasks[0].leader == council.head
    assert "Khắc phục việc chậm báo cáo" in page(client, "analysis", frozen_round.pk)
    assert client.get(reverse("followups:task", args=[tasks[0].pk])).status_code == 200


def test_tasks_are_given_only_by_a_result_that_stands(council: Council, scored_round: Round) -> None:
    before_the_council(scored_round)
    address = reverse("assessments:remedy", args=[scored_round.pk, "1.1"])
    given = {
        "units": [sheets_of(scored_round)[0].pk], "what": "Khắc phục", "working_days": "20",
        "watcher": council.department.code,
    }  # fmt: skip
    assert by(council.secretary).post(address, given).status_code == 422
    assert not Task.objects.exists()


@pytest.mark.requirement(110, 123)
def test_year_on_year_names_what_a_unit_was_made_of(council: Council, frozen_round: Round) -> None:
    merged = unit("xa-gop", council.province, name="Xã Gộp")
    with unguarded():  # as if it had been the round of the year before, ended before the merger
        Round.objects.filter(pk=frozen_round.pk).update(year=2025, assessed_to=date(2026, 6, 30))
    reorganize(
        **BY_TESTS, kind="merger", predecessors=[council.first, council.second], successors=[merged],
        effective_on=date(2026, 7, 1), source=Source("Nghị quyết 1"),
    )  # fmt: skip
    later = begun(council.province, dict.fromkeys((merged, council.third), "Cấp xã"))
    now = frozen(later, council.secretary, council.chair)
    before = round_before(now)
    assert before == frozen_round
    rows = {one.row.sheet.name: one for one in year_on_year(results_of(now, set_of(now), 1), before)}
    assert [then.name for then in rows["Xã Gộp"].then] == ["Xã Mẫu 1", "Xã Mẫu 2"]
    assert rows["Xã Gộp"].change is None and rows["Phường Mẫu 3"].change == 0
    text = page(by(council.secretary), "years", now.pk)
    assert "Xã Mẫu 2" in text and "Xã Gộp" in text
