"""Pages of a unit's sheet: reading it criterion by criterion, filling it in, submitting it, handing it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.assessments import shown
from cchc.assessments.actions import sheets as actions
from cchc.assessments.addresses import sheet_crumbs, to_sheet, to_visit
from cchc.assessments.filling import Conflict, Trial, closed_because, missing_by_kind, progress_of
from cchc.assessments.forms import AnswerForm, initial_of_answer
from cchc.assessments.models import Answer, Binding, Charge, Sheet
from cchc.assessments.permissions import (
    may_appraise,
    may_arrange_round,
    may_fill_in,
    may_give_points,
    may_rule,
    may_see_sheet,
    may_see_whole_round,
    may_submit,
)
from cchc.assessments.policies import (
    is_given_by_others,
    may_be_asked,
    may_be_handed_back,
    may_be_submitted,
    may_be_written,
)
from cchc.assessments.queries.measures import bindings_of, measured
from cchc.assessments.queries.rounds import charges_on
from cchc.assessments.queries.sheets import SheetFigures, figures_of, get_sheet
from cchc.assessments.sheet_papers import OF_SHEET
from cchc.assessments.shown_measures import Measured, measured_beside
from cchc.assessments.shown_visits import said_of
from cchc.assessments.states import STAGE_OF, stage_now
from cchc.assessments.views.answering import answer_confirmation, form_page
from cchc.assessments.visits import standing
from cchc.audit.recording import subject_of
from cchc.files.attached import Attached, attached, listed
from cchc.files.showing import evidence_shown
from cchc.interface.access import Verdict, denied, needs
from cchc.interface.answering import by
from cchc.interface.errors import current_language, in_words, status_of
from cchc.interface.paging import is_key
from cchc.interface.shapes import Confirmation, Evidence, Link
from cchc.interface.together import answer, answer_all, read_together
from cchc.papers.starting import ways_to_draft_at_all
from cchc.records.errors import DomainError
from cchc.records.words import say
from cchc.scoring.criteria import Criterion
from cchc.scoring.sheets import STAGES, Stage
from cchc.scoring.wording import rule_in_words


@require_safe
@needs(may_see_sheet)
def sheet_page(request: HttpRequest, number: int) -> HttpResponse:
    """The set beside one criterion: its rule, what was said at each stage, the points, the evidence."""
    sheet = get_sheet(request.viewer, number)
    may_see_sheet(request.viewer, sheet).require()
    return sheet_answer(request, sheet, figures_of(sheet), request.GET.get("tc", ""))


@form_page
@needs(may_submit)
def submit(request: HttpRequest, number: int) -> HttpResponse:
    """Lock and submit; or what is missing."""
    sheet = get_sheet(request.viewer, number)
    may_submit(request.viewer, sheet).require()
    if request.method == "POST":
        try:
            version = request.POST.get("version", "")
            actions.submit_sheet(**by(request), sheet=sheet, expected_version=int(version) if is_key(version) else 0)
        except DomainError as error:
            context: dict[str, Any] = {
                "sheet": sheet,
                "progress": None,
                "problems": [in_words(one) for one in error.problems],
            }
            context["crumbs"] = sheet_crumbs(sheet)
            return render(request, "assessments/submit.html", context, status=status_of(error))
        messages.success(request, _("The sheet is locked and submitted."))
        return redirect(to_sheet(sheet))
    may_be_submitted(sheet).require()
    figures, now = figures_of(sheet), timezone.now()
    result, progress = figures.scored.of(sheet.pk, "self"), progress_of(figures, now)
    context = {
        "sheet": sheet,
        "missing": missing_by_kind(figures),
        "progress": progress,
        "is_late": progress.due_at is not None and now >= progress.due_at,
        "last_day": figures.ends_on,
        "totals": shown.totals(result) if result else None,
        "crumbs": sheet_crumbs(sheet),
    }
    return render(request, "assessments/submit.html", context)


@form_page
@needs(may_arrange_round)
def hand_back(request: HttpRequest, number: int) -> HttpResponse:
    """Give the sheet back to its unit, with a reason."""
    sheet = get_sheet(request.viewer, number)
    may_arrange_round(request.viewer, sheet.round).require()
    may_be_handed_back(sheet).require()
    asked = Confirmation(
        _("Hand the sheet of %(unit)s back?") % {"unit": sheet.name},
        _("The unit may write again, and has to lock and submit anew."),
        _("Hand back"),
    )

    def act(reason: str) -> str:
        actions.hand_back(**by(request), sheet=sheet, expected_version=sheet.version, reason=reason)
        return to_sheet(sheet)

    return answer_confirmation(request, asked, act, sheet_crumbs(sheet), said=_("The sheet is handed back."))


def may_write(
    request: HttpRequest, figures: SheetFigures, criterion: Criterion, stage: Stage,
    charges: Iterable[Charge] | None = None,
) -> Verdict:  # fmt: skip
    """Whether the viewer may write at that stage now: the right, and what the state allows. `charges` of today, where
    they were read before.
    """
    sheet, viewer = figures.sheet, request.viewer
    if stage not in STAGES:
        return denied("assessments.step_not_found")
    if stage == "self":
        verdict = may_fill_in(viewer, sheet)
    elif stage == "council":
        verdict = may_rule(viewer, sheet)
    elif is_given_by_others(criterion):
        verdict = may_give_points(viewer, sheet)
    else:
        held = charges_on(sheet.round, viewer.day, viewer) if charges is None else charges
        verdict = may_appraise(viewer, sheet, criterion.code, figures.criteria, held)
    return verdict and may_be_written(sheet, stage)


def sheet_answer(
    request: HttpRequest, sheet: Sheet, figures: SheetFigures, code: str, form: AnswerForm | None = None,
    status: int = 200, conflict: Conflict | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of a sheet at a criterion; `form` holds what was refused, `conflict` what somebody else wrote since."""
    viewer, criteria = request.viewer, figures.criteria
    criterion = criteria.by_code.get(code) or criteria.criteria[0]
    stage = stage_now(sheet.round.state)
    own, charges = figures.answer("self", criterion.code), charges_on(sheet.round, viewer.day, viewer)
    cited = listed(viewer, subject_of(own)) if own else None
    bound = bindings_of(sheet.round).filter(criterion=criterion.code)
    read_together(charges, bound, *([] if cited is None else [cited]))
    verdict = may_write(request, figures, criterion, stage, charges) if sheet.round.state in STAGE_OF else None
    if stage == "self" and not criterion.scored_by_unit:
        verdict = None
    if form is None and verdict:
        form = AnswerForm(criterion, stage, initial=initial_of_answer(figures.answer(stage, criterion.code)))
    result = figures.scored.of(sheet.pk, stage)
    may_change = bool(verdict) and stage == "self"
    files = attached(cited, subject_of(own), may_change=may_change) if own and cited is not None else None
    viewable, evidence = files_beside(request, sheet, criterion, files)
    context: dict[str, Any] = {
        "sheet": sheet,
        "round": sheet.round,
        "state": shown.sheet_state(sheet.state),
        "lines": shown.lines_of(figures, stage, criterion.code),
        "progress": progress_of(figures, timezone.now()) if stage == "self" else None,
        "missing": missing_by_kind(figures) if stage == "self" else [],
        "closed": closed_because(criterion) if stage == "self" else "",
        "trial": Trial(shown.shown_leaf(figures.leaf(stage, criterion.code))),
        "conflict": conflict,
        "saves_itself": stage == "self",
        "goes_on": "tiep" in request.GET,
        "criterion": criterion,
        "title": criterion.title.in_language(current_language()),
        "rule": say(rule_in_words(criteria, criterion), current_language()),
        "source": criteria.source_of(criterion),
        "wanted": [one.in_language(current_language()) for one in criterion.evidence],
        "beside": shown.side_by_side(figures, criterion, stage),
        "measured": _measured(sheet, criterion, list(bound), own),
        "questions": figures.questions.get(criterion.code, ()),
        "totals": shown.totals(result) if result else None,
        "stage": stage,
        "stage_name": shown.stage_name(stage),
        "form": form,
        "refusal": in_words(verdict.refusal) if verdict is not None and verdict.refusal else None,
        "attached": files,
        "viewable": viewable,
        "evidence": evidence,
        "next_missing": shown.next_missing(figures, criterion.code) if stage == "self" else "",
        "may_bring_in": may_fill_in(viewer, sheet) and may_be_written(sheet, "self"),
        "may_submit": may_submit(viewer, sheet) and may_be_submitted(sheet),
        "has_questions": bool(figures.questions),
        "may_ask": bool(verdict) and stage == "document1" and may_be_asked(sheet),
        "may_hand_back": may_arrange_round(viewer, sheet.round) and may_be_handed_back(sheet),
        "notices": _ways_to_notice(request, sheet) if stage != "self" else [],
        "visit": _visit(sheet),
        "crumbs": sheet_crumbs(sheet),
    }
    return render(request, "assessments/sheet.html", context, status=status)


def _measured(sheet: Sheet, criterion: Criterion, bound: Sequence[Binding], own: Answer | None) -> list[Measured]:
    """What the product measured beside what the unit declares. One query where anything is bound."""
    if not bound:
        return []
    counts = answer(measured(sheet.round, [sheet], [one.measure for one in bound], timezone.now()))
    return measured_beside(criterion, bound, sheet, own, counts)


def _visit(sheet: Sheet) -> Link | None:
    """When the field team comes, with the way to the record of the visit."""
    found = standing(sheet)
    return None if found is None else Link(said_of(found), to_visit(found))


def _ways_to_notice(request: HttpRequest, sheet: Sheet) -> list[Link]:
    """Where the council's people begin the notice of what appraisal came to."""
    if not may_see_whole_round(request.viewer, sheet.round):
        return []
    return answer_all(ways_to_draft_at_all(request.viewer, OF_SHEET, str(sheet.pk)))[0]


def files_beside(
    request: HttpRequest, sheet: Sheet, criterion: Criterion, attached: Attached | None
) -> tuple[list[Link], Evidence | None]:  # fmt: skip
    """The files cited for the criterion, each with the address that shows it beside the form, and the one shown."""
    files = [one.file for one in attached.now] if attached else []
    asked = request.GET.get("xem", "")
    links = [Link(one.name, f"{to_sheet(sheet, criterion.code)}&xem={one.pk}", str(one.pk) == asked) for one in files]
    chosen = next((one for one in files if str(one.pk) == asked), None)
    return links, evidence_shown(chosen, request.GET) if chosen else None
