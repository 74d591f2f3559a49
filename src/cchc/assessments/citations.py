"""Answers and explanations of units, findings and approvals, for which files are cited: whoever sees the sheet, or the
whole round of an approval, sees them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse

from cchc.assessments.addresses import to_visit
from cchc.assessments.models import Answer, Finding, Question, Visit
from cchc.assessments.permissions import may_approve_result, may_arrange_round, may_enter_findings, may_fill_in
from cchc.assessments.policies import may_be_explained, may_be_visited, may_be_written
from cchc.assessments.queries.findings import visible_findings
from cchc.assessments.queries.reviews import visible_approvals
from cchc.assessments.queries.scope import visible_sheets
from cchc.assessments.queries.visits import standing_visits
from cchc.assessments.shown_visits import said_of
from cchc.files.citing import Citable
from cchc.interface.access import Verdict, denied
from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText


def visible_answers(viewer: Viewer) -> QuerySet[Answer]:
    """Those in sheets that the viewer may see."""
    return Answer.objects.filter(sheet__in=visible_sheets(viewer).order_by().values("pk"))


def _may_cite(viewer: Viewer, id_: str) -> Verdict:
    """Those who fill the sheet in, while the unit may write."""
    seen = visible_answers(viewer).select_related("sheet__round", "sheet__unit")
    answer = seen.filter(pk=id_).first() if id_.isdecimal() else None
    if answer is None:
        return denied("assessments.sheet_not_found")
    return may_fill_in(viewer, answer.sheet) and may_be_written(answer.sheet, "self")


def _links(ids: Collection[str], _viewer: Viewer) -> Mapping[str, Link]:
    found = Answer.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "sheet", "sheet__name", "criterion")
    return {
        str(key): Link(f"{name}, {code}", f"{reverse('assessments:sheet', args=[sheet])}?tc={code}")
        for key, sheet, name, code in found
    }


def visible_questions(viewer: Viewer) -> QuerySet[Question]:
    """Those about sheets that the viewer may see."""
    return Question.objects.filter(sheet__in=visible_sheets(viewer).order_by().values("pk"), taken_back_at=None)


def _may_cite_for_question(viewer: Viewer, id_: str) -> Verdict:
    """Those who fill the sheet in, while the unit may explain."""
    seen = visible_questions(viewer).select_related("sheet__round", "sheet__unit")
    question = seen.filter(pk=id_).first() if id_.isdecimal() else None
    if question is None:
        return denied("assessments.question_not_found")
    return may_fill_in(viewer, question.sheet) and may_be_explained(question.sheet)


def _question_links(ids: Collection[str], _viewer: Viewer) -> Mapping[str, Link]:
    found = Question.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "sheet__name", "criterion")
    return {
        str(key): Link(f"{name}, {code}", reverse("assessments:answer-question", args=[key]))
        for key, name, code in found
    }


def _may_cite_for_finding(viewer: Viewer, id_: str) -> Verdict:
    """The field team, until the finding is decided."""
    seen = visible_findings(viewer).filter(decided_at=None).select_related("sheet__round", "sheet__unit")
    finding = seen.filter(pk=id_).first() if id_.isdecimal() else None
    if finding is None:
        return denied("assessments.finding_over")
    return may_enter_findings(viewer, finding.sheet) and may_be_written(finding.sheet, "field")


def _finding_links(ids: Collection[str], _viewer: Viewer) -> Mapping[str, Link]:
    found = Finding.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "sheet__name", "criterion")
    return {str(key): Link(f"{name}, {code}", reverse("assessments:finding", args=[key])) for key, name, code in found}


def _may_cite_for_approval(viewer: Viewer, id_: str) -> Verdict:
    """Who records approvals, and the secretary: the signed decision may come after it."""
    seen = visible_approvals(viewer).select_related("round__organizer")
    approval = seen.filter(pk=id_).first() if id_.isdecimal() else None
    if approval is None:
        return denied("assessments.approval_not_found")
    return may_approve_result(viewer, approval.round) or may_arrange_round(viewer, approval.round)


def _approval_links(ids: Collection[str], viewer: Viewer) -> Mapping[str, Link]:
    found = visible_approvals(viewer).filter(pk__in=ids).order_by("pk")
    return {str(one.pk): Link(one.number, reverse("assessments:approval", args=[one.pk])) for one in found}


def _may_cite_for_visit(viewer: Viewer, id_: str) -> Verdict:
    """The field team, until the round lies before the council."""
    seen = standing_visits(viewer).select_related("sheet__round", "sheet__unit")
    visit = seen.filter(pk=id_).first() if id_.isdecimal() else None
    if visit is None:
        return denied("assessments.visit_not_found")
    return may_enter_findings(viewer, visit.sheet) and may_be_visited(visit.sheet.round)


def _visit_links(ids: Collection[str], _viewer: Viewer) -> Mapping[str, Link]:
    found = Visit.objects.filter(pk__in=ids).select_related("sheet").order_by("pk")
    return {str(one.pk): Link(f"{one.sheet.name}, {said_of(one)}", to_visit(one)) for one in found}


SUBJECTS: Final[Mapping[str, Citable]] = {
    "assessments.Question": Citable(
        LocalText("Nội dung giải trình", "Explanation"), visible_questions, _may_cite_for_question, _question_links
    ),
    "assessments.Finding": Citable(
        LocalText("Kết quả kiểm tra thực tế", "Finding of the field check"),
        visible_findings,
        _may_cite_for_finding,
        _finding_links,
    ),
    "assessments.Approval": Citable(
        LocalText("Phê duyệt kết quả", "Approval of a result"),
        visible_approvals,
        _may_cite_for_approval,
        _approval_links,
    ),
    "assessments.Visit": Citable(
        LocalText("Lịch kiểm tra thực tế", "Visit of the field check"),
        standing_visits,
        _may_cite_for_visit,
        _visit_links,
    ),
    "assessments.Answer": Citable(
        LocalText("Tiêu chí của bản chấm điểm", "Criterion of a sheet"), visible_answers, _may_cite, _links
    ),
}
