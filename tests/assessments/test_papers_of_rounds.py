"""Papers of a round draw their figures from it: plan and notice before, report and decision after the freeze."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cchc.assessments.actions.asking_opinions import ask_opinions
from cchc.assessments.actions.freezing import confirm_freeze, propose_freeze
from cchc.assessments.actions.sheets import ask_question
from cchc.assessments.models import Answer, Phase, Round
from cchc.assessments.sheet_papers import OF_SHEET
from cchc.assessments.slip_papers import OF_SLIPS
from cchc.assessments.vocabularies import OF_ROUND
from cchc.audit.recording import unguarded
from cchc.documents.blocks import Table
from cchc.organizations.viewers import actor_of
from cchc.papers.actions.drafts import draft_paper
from cchc.papers.actions.templates import make_template
from cchc.papers.composing import draft_document
from cchc.papers.examples import known_examples
from cchc.papers.vocabulary import vocabulary_of
from cchc.records.errors import DomainError
from cchc.records.sources import Source
from tests.assessments.conftest import Council
from tests.factories.assessments import appraising, before_the_council, begun, frozen, small_set, write
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, LONG_AGO, NOW, TODAY


@pytest.mark.requirement(1, 94, 95)
def test_before_the_freeze_nobody_knows_results(council: Council, scored_round: Round) -> None:
    said = vocabulary_of(OF_ROUND).gathered(council.province, TODAY, str(scored_round.pk))
    assert said["units.number"] == 3
    assert said["round.period"] == "từ ngày 01 tháng 01 năm 2026 đến ngày 31 tháng 12 năm 2026"
    assert "results.table" not in said


@pytest.mark.requirement(101, 102, 120)
def test_afterwards_the_report_says_the_frozen_figures(council: Council, scored_round: Round) -> None:
    round_ = before_the_council(scored_round)
    secretary, chair = (actor_of(one, day=TODAY) for one in (council.secretary, council.chair))
    freeze = propose_freeze(actor=secretary, now=NOW, round_=round_, expected_version=round_.version)
    confirm_freeze(actor=chair, now=NOW, freeze=freeze)
    said = vocabulary_of(OF_ROUND).gathered(council.department, TODAY, str(round_.pk))
    # 6 of 10 tasks give 3 of 5 points, the model 2 of 2, the survey 85 % of 3: 7,55 of 10.
    assert said["results.lines"] == tuple(
        f"{name}: đơn vị tự chấm 6/7 điểm; sau khi thẩm định và kiểm tra thực tế 7,55/10 điểm; "
        "Chỉ số cải cách hành chính 75,5; xếp loại Yếu"
        for name in ("Xã Mẫu 1", "Xã Mẫu 2", "Phường Mẫu 3")
    )
    table = said["results.table"]
    assert isinstance(table, Table)
    assert [str(row[6]) for row in table.rows] == ["75.50"] * 3, "as many places as the index has, not as are kept"
    assert said["results.classes"] == ("Yếu: 3 đơn vị (Xã Mẫu 1, Xã Mẫu 2, Phường Mẫu 3)",)


@pytest.mark.requirement(95, 120)
def test_the_council_reports_to_who_holds_the_round_whoever_writes(council: Council, scored_round: Round) -> None:
    for writer in (council.department, council.province):
        said = vocabulary_of(OF_ROUND).gathered(writer, TODAY, str(scored_round.pk))
        assert said["round.organizer"] == "Ủy ban nhân dân tỉnh Mẫu"
    for code in ("mau-bao-cao-hoi-dong", "mau-to-trinh-phe-duyet"):
        assert known_examples()[code].texts.addressees == "{round.organizer}"


def test_a_unit_without_a_part_in_the_council_writes_nothing_about_it(council: Council, scored_round: Round) -> None:
    with pytest.raises(DomainError) as refused:
        vocabulary_of(OF_ROUND).gathered(council.first, TODAY, str(scored_round.pk))
    assert refused.value.code == "assessments.round_not_found"


@pytest.mark.requirement(101)
def test_the_slip_on_paper_lists_what_is_open_with_room_to_answer(council: Council, scored_round: Round) -> None:
    slips = vocabulary_of(OF_SLIPS)
    assert "slips.table" not in slips.gathered(council.province, TODAY, str(scored_round.pk))
    round_ = before_the_council(scored_round)
    ask_opinions(**BY_TESTS, round_=round_, until=TODAY)
    said = slips.gathered(council.department, TODAY, str(round_.pk))
    assert (said["slips.number"], said["slips.until"]) == (3, TODAY)
    table = said["slips.table"]
    assert isinstance(table, Table)
    assert table.rows[0] == (1, "Xã Mẫu 1", "1.1 Hoàn thành kế hoạch", "4 / 3", "Thiếu hai báo cáo", "", "", "")
    secretary = client_of(council.secretary)
    page = secretary.get(reverse("assessments:council", args=[round_.pk])).content.decode()
    assert f"ve=assessments.slips&amp;so={round_.pk}" in page
    with pytest.raises(DomainError) as refused:
        slips.gathered(council.first, TODAY, str(round_.pk))
    assert refused.value.code == "assessments.round_not_found"


@pytest.mark.requirement(99, 100)
def test_the_notice_to_a_unit_says_where_points_differ_and_what_to_explain(
    council: Council, scored_round: Round
) -> None:
    notice = vocabulary_of(OF_SHEET)
    first = scored_round.sheets.get(unit=council.first)
    assert "sheet.table" not in notice.gathered(council.province, TODAY, str(first.pk))
    own = appraising(scored_round)[0]
    write(own, "1.1", "document1", reason="Thiếu hai báo cáo", done="6")
    ask_question(**BY_TESTS, sheet=own, code="1.2", text="Mô hình nào?")
    said = notice.gathered(council.department, TODAY, str(own.pk))
    assert (said["sheet.unit"], said["sheet.questions"], said["sheet.until"]) == ("Xã Mẫu 1", 1, date(2026, 12, 25))
    assert "giải trình 1 nội dung nêu trên" in str(said["sheet.request"])
    assert "đến hết ngày 25 tháng 12 năm 2026" in str(said["sheet.request"])
    other = notice.gathered(council.department, TODAY, str(scored_round.sheets.get(unit=council.second).pk))
    assert (other["sheet.questions"], other["sheet.request"]) == (0, "Không có nội dung cần giải trình.")
    with unguarded():  # as if the timetable had no such phase
        Phase.objects.filter(phase="explanation").delete()
    undated = notice.gathered(council.department, TODAY, str(own.pk))["sheet.request"]
    assert str(undated).endswith("khóa và gửi.")
    assert (said["sheet.own"], said["sheet.appraised"]) == ("6/7", "5/7")
    table = said["sheet.table"]
    assert isinstance(table, Table)
    assert table.rows == (
        (1, "1.1", "Hoàn thành kế hoạch", "5", "4", "3", "Thiếu hai báo cáo", ""),
        (2, "1.2", "Có mô hình mới", "2", "2", "2", "", "Mô hình nào?"),
    )
    second = scored_round.sheets.get(unit=council.second)
    write(second, "1.1", "document1", reason="Thiếu hai báo cáo", done="6")
    table = notice.gathered(council.department, TODAY, str(second.pk))["sheet.table"]
    assert isinstance(table, Table)
    assert table.rows == ((1, "1.1", "Hoàn thành kế hoạch", "5", "4", "3", "Thiếu hai báo cáo"),)
    with pytest.raises(DomainError) as refused:
        notice.gathered(council.first, TODAY, str(own.pk))
    assert refused.value.code == "assessments.sheet_not_found"


BONUS = small_set(
    "bonus",
    """
  - code: "1"
    title: {vi: Chỉ đạo, en: Steering}
    criteria:
      - {code: "1.1", title: {vi: Kế hoạch, en: Plan}, max: 7, rule: {kind: yes_no}}
      - {code: "1.2", title: {vi: Khảo sát, en: Survey}, max: 3, rule: {kind: survey}, scored_by: survey}
      - code: "1.3"
        title: {vi: Thưởng, en: Bonus}
        inputs: {models: {label: {vi: Mô hình, en: Models}, kind: count}}
        rule: {kind: bonus, count: models, each: 1, cap: 2}
""",
)


@pytest.mark.requirement(99)
def test_the_notice_counts_bonuses_as_the_result_does(council: Council) -> None:
    round_ = begun(council.province, {council.first: "Cấp xã"}, BONUS)
    sheet = round_.sheets.get()
    write(sheet, "1.1", answer="yes")
    write(sheet, "1.3", models="1")
    with unguarded():
        Round.objects.filter(pk=round_.pk).update(state="appraising")
    write(round_.sheets.get(), "1.2", "document1", points="2")
    said = vocabulary_of(OF_SHEET).gathered(council.department, TODAY, str(sheet.pk))
    assert (said["sheet.own"], said["sheet.appraised"]) == ("8/7", "8/7")


def test_a_report_without_strengths_or_weaknesses_says_so(council: Council, scored_round: Round) -> None:
    round_ = frozen(scored_round, council.secretary, council.chair)
    with unguarded():
        Answer.objects.all().delete()
    said = vocabulary_of(OF_ROUND).gathered(council.department, TODAY, str(round_.pk))
    assert said["analysis.strengths"] == ("Chưa có tiêu chí nào mà đa số đơn vị đạt điểm cao.",)
    assert said["analysis.weaknesses"] == ("Không có tiêu chí nào mà đơn vị đạt điểm thấp.",)


@pytest.mark.requirement(3, 96)
def test_the_founding_decision_lists_council_and_support_team(council: Council, scored_round: Round) -> None:
    appraising(scored_round, council.appraiser)
    said = vocabulary_of(OF_ROUND).gathered(council.province, TODAY, str(scored_round.pk))
    members, team = said["council.members"], said["team.members"]
    assert isinstance(members, Table) and isinstance(team, Table)
    assert said["council.number"] == 3
    assert [(row[1], row[3]) for row in members.rows] == [
        ("Nguyễn Văn Chủ", "Chủ tịch Hội đồng"), ("Lê Thị Thư", "Thư ký Hội đồng"),
        ("Phạm Văn Viên", "Thành viên Hội đồng"),
    ]  # fmt: skip
    assert "Phó Chủ tịch UBND tỉnh" in str(members.rows[0][2])
    assert [row[1] for row in team.rows] == ["Trần Thị Thẩm"]
    example = known_examples()["mau-quyet-dinh-thanh-lap-hoi-dong"]
    template = make_template(
        **BY_TESTS, code=example.code, unit=council.province, kind=example.kind, vocabulary=example.vocabulary,
        name=example.name, texts=example.texts, starts_on=LONG_AGO, source=Source(example.source),
    )  # fmt: skip
    paper = draft_paper(
        **BY_TESTS, unit=council.province, kind=example.kind, template=template.versions.get(),
        about=str(scored_round.pk),
    )  # fmt: skip
    tables = [one for one in draft_document(paper, [], TODAY).blocks if isinstance(one, Table)]
    assert [len(one.rows) for one in tables] == [3, 1]
