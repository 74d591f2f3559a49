"""Scoring rounds for tests, made the real way: the sample set, and the sample sheet played through it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from cchc.assessments.actions.answers import NEW, Said, write_answer
from cchc.assessments.actions.approving import Decision, approve_result
from cchc.assessments.actions.charges import give_charge
from cchc.assessments.actions.council import decide_exclusions
from cchc.assessments.actions.freezing import confirm_freeze, propose_freeze
from cchc.assessments.actions.rounds import (
    RoundFacts,
    begin_round,
    bring_set_in,
    move_on,
    open_round,
    set_timetable,
    take_units_in,
)
from cchc.assessments.actions.sheets import submit_sheet
from cchc.assessments.criteria import set_of
from cchc.assessments.exclusions import exclusions
from cchc.assessments.models import Answer, Round, Sheet
from cchc.assessments.queries.sheets import whole
from cchc.organizations.models import Official, Unit
from cchc.organizations.viewers import actor_of
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.examples import example_figures
from cchc.scoring.loading import load_bytes
from cchc.scoring.sheets import Stage
from tests.factories.organizations import BY_TESTS, NOW, TODAY

SET = "sample-commune-2026"
_HEAD = """
title: {vi: Bộ tiêu chí thử, en: A small set}
applies_to: [commune]
valid: {from: 2026-01-01, to: null}
source: {document: Bộ tiêu chí để thử, on: 2026-01-01}
verified: {no: Để thử}
total: 10
bands:
  on: index
  steps: [{id: good, from: 80, name: {vi: Tốt, en: Good}}, {id: weak, from: 0, name: {vi: Yếu, en: Weak}}]
fields:
"""


def small_set(name: str, fields: str) -> CriteriaSet:
    """A set of ten points with these fields, as they stand in a file."""
    return load_bytes(f"id: {name}\n{_HEAD}{fields}", f"{name}.yaml")


SMALL = small_set(
    "small",
    """
  - code: "1"
    title: {vi: Chỉ đạo, en: Steering}
    criteria:
      - code: "1.1"
        title: {vi: Hoàn thành kế hoạch, en: Plan carried out}
        max: 5
        inputs: {done: {label: {vi: Đã làm}, kind: count}, planned: {label: {vi: Phải làm}, kind: count}}
        rule: {kind: linear, value: done / planned}
        not_applicable: exclude
        evidence: [{vi: Báo cáo}]
      - code: "1.2"
        title: {vi: Có mô hình mới, en: A new model}
        max: 2
        rule: {kind: yes_no}
        not_applicable: exclude
  - code: "2"
    title: {vi: Hài lòng, en: Satisfaction}
    criteria:
      - code: "2.1"
        title: {vi: Khảo sát, en: Survey}
        max: 3
        rule: {kind: survey}
        scored_by: survey
""",
)
FACTS = RoundFacts("Chấm điểm cải cách hành chính", 2026, date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 31))
PHASES = {
    "self": (date(2026, 11, 16), date(2026, 12, 4)),
    "document1": (date(2026, 12, 7), date(2026, 12, 18)),
    "field": (date(2026, 12, 7), date(2026, 12, 25)),
    "explanation": (date(2026, 12, 21), date(2026, 12, 25)),
    "document2": (date(2026, 12, 28), date(2026, 12, 31)),
    "council": (date(2027, 1, 4), date(2027, 1, 8)),
}


def now_of(round_: Round) -> Round:
    """The round as it stands in the database."""
    return Round.objects.select_related("organizer").get(pk=round_.pk)


def prepared(organizer: Unit, groups: Mapping[Unit, str], criteria: CriteriaSet = SMALL, **more: Any) -> Round:
    """A round with a set, these units and a timetable, not begun."""
    given = BY_TESTS | more
    round_ = open_round(**given, organizer=organizer, facts=FACTS)
    bring_set_in(**given, round_=round_, criteria=criteria, expected_version=now_of(round_).version)
    take_units_in(**given, round_=round_, groups=groups)
    set_timetable(**given, round_=round_, phases=PHASES, papers={}, expected_version=now_of(round_).version)
    return now_of(round_)


def begun(organizer: Unit, groups: Mapping[Unit, str], criteria: CriteriaSet = SMALL, **more: Any) -> Round:
    """The same, in which units score themselves."""
    round_ = prepared(organizer, groups, criteria, **more)
    return begin_round(**BY_TESTS | more, round_=round_, expected_version=round_.version)


def write(sheet: Sheet, code: str, stage: Stage = "self", note: str = "", **texts: str) -> Answer:
    """What is said about a criterion now, over whatever stands there."""
    known = Answer.objects.filter(sheet=sheet, criterion=code, stage=stage).first()
    version = known.version if known else NEW
    said = Said(texts, note)
    return write_answer(**BY_TESTS, sheet=sheet, code=code, stage=stage, said=said, expected_version=version)


def play(sheets: Iterable[Sheet], stage: Stage) -> None:
    """Write what the sample sheet says at a stage into sheets of the same names; whoever appraises gives a reason."""
    reason = {} if stage == "self" else {"reason": "Theo tài liệu kiểm chứng"}
    by_name = {sheet.name: sheet for sheet in sheets}
    for unit, criteria in example_figures(SET, stage).items():
        for code, texts in criteria.items() if unit in by_name else ():
            write(by_name[unit], code, stage, "Tài liệu gửi kèm công văn", **reason | texts)


def submitted(round_: Round) -> list[Sheet]:
    """The sheets of a round by the small set, all filled in alike and submitted."""
    sheets = list(round_.sheets.select_related("round__organizer", "unit").order_by("place"))
    for sheet in sheets:
        write(sheet, "1.1", "self", "Báo cáo 12/BC-UBND", done="8", planned="10")
        write(sheet, "1.2", "self", answer="yes")
        submit_sheet(**BY_TESTS, sheet=sheet, expected_version=sheet.version)
    return sheets


def appraising(round_: Round, *appraisers: Official) -> list[Sheet]:
    """The same, under appraisal; each of these is charged with all of it."""
    submitted(round_)
    for appraiser in appraisers:
        give_charge(**BY_TESTS, round_=round_, official=appraiser, starts_on=TODAY)
    move_on(**BY_TESTS, round_=round_, step="appraise", expected_version=now_of(round_).version)
    return list(now_of(round_).sheets.select_related("round__organizer", "unit").order_by("place"))


def before_the_council(round_: Round) -> Round:
    """The same, appraised: a point is taken from each, the survey is entered; and laid before the council."""
    sheets = submitted(round_)
    move_on(**BY_TESTS, round_=round_, step="appraise", expected_version=now_of(round_).version)
    for sheet in sheets:
        write(sheet, "1.1", "document1", reason="Thiếu hai báo cáo", done="6")
        write(sheet, "2.1", "document1", ratio="85%")
    move_on(**BY_TESTS, round_=round_, step="deliberate", expected_version=now_of(round_).version)
    return now_of(round_)


def decided(round_: Round) -> None:
    """The council confirms everything that was taken out."""
    sheets, answers = whole(round_)
    for one in exclusions(set_of(round_), list(sheets.select_related("round__organizer")), answers):
        out = [row.sheet for row in one.out]
        decide_exclusions(
            **BY_TESTS, sheets=out, code=one.criterion.code, confirmed=True, reason="Không có nhiệm vụ này"
        )


def frozen(round_: Round, secretary: Official, chair: Official, reason: str = "") -> Round:
    """The same, put forward by the one and confirmed by the other; where it is before the council, as it stands."""
    now = now_of(round_)
    if now.state != "deliberating":
        now = before_the_council(round_)
    by = {"actor": actor_of(secretary, day=TODAY), "now": NOW}
    freeze = propose_freeze(**by, round_=now, expected_version=now.version, reason=reason)
    return confirm_freeze(actor=actor_of(chair, day=TODAY), now=NOW, freeze=freeze)


def review_days(round_: Round) -> Round:
    """The same, in which units may ask for a review from today on."""
    phases = PHASES | {"review": (TODAY, TODAY + timedelta(days=10))}
    return set_timetable(**BY_TESTS, round_=round_, phases=phases, papers={}, expected_version=now_of(round_).version)


def approved(round_: Round, number: str = "12/QĐ-UBND") -> Round:
    """A frozen one, with the decision that approves it."""
    decision = Decision(number, TODAY, "Chủ tịch Nguyễn Văn Mẫu")
    approve_result(**BY_TESTS, round_=round_, decision=decision, expected_version=now_of(round_).version)
    return now_of(round_)
