"""Appraisal crosswise: one criterion in all sheets, so that equal cases get equal points."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cchc.assessments import shown
from cchc.assessments.actions.answers import Said, accept_answers, write_answer
from cchc.assessments.actions.reasons import end_reason, write_and_keep
from cchc.assessments.addresses import round_crumbs, to_criterion
from cchc.assessments.criteria import set_of
from cchc.assessments.crosswise import Across, Standing
from cchc.assessments.forms import RowForm, initial_of_answer
from cchc.assessments.models import KeptReason, Round
from cchc.assessments.permissions import may_arrange_round, may_see_whole_round
from cchc.assessments.policies import may_be_bound
from cchc.assessments.queries.crosswise import (
    Crosswise,
    Progress,
    chosen,
    crosswise_of,
    get_kept_reason,
    progress_of,
    rows_of,
)
from cchc.assessments.queries.rounds import charges_today, get_round
from cchc.assessments.shown_measures import basis_of, measure_name
from cchc.assessments.states import appraised_at, stage_now
from cchc.assessments.views.answering import answer_confirmation, form_page
from cchc.assessments.writing import may_keep_reasons
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.drafts import draft_is_over
from cchc.interface.errors import current_language, in_words, status_of
from cchc.interface.paging import page_of_all
from cchc.interface.shapes import Confirmation, Count, Link
from cchc.records.errors import DomainError, refuse
from cchc.records.words import say
from cchc.scoring.wording import rule_in_words

_REFUSED: Final = 422
_STALE: Final = 409
DIFFERENCES, NOT_APPRAISED, MINE, ASKED, UNEQUAL = "chenh-lech", "chua-tham-dinh", "cua-toi", "giai-trinh", "khac-diem"
NO_POINTS, BELOW = "khong-diem", "chua-toi-da"
_FILTERS: Final[Mapping[str, Callable[[Standing], bool]]] = {
    DIFFERENCES: lambda row: row.differs,
    NOT_APPRAISED: lambda row: not row.is_appraised,
    MINE: lambda row: row.may_write,
    ASKED: lambda row: row.is_asked,
    UNEQUAL: lambda row: row.is_unequal,
    BELOW: lambda row: row.is_below,
    NO_POINTS: lambda row: row.has_no_points,
}


@require_safe
@needs(may_see_whole_round)
def criterion_page(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """One criterion across the units: declared, points at each stage, the difference, what may be done."""
    round_ = _round(request, number)
    other = request.GET.get("tc", "")
    if other != code and other in set_of(round_).by_code:
        return redirect(to_criterion(round_, other))
    grid = crosswise_of(request.viewer, round_, code)
    opened = next((row for row in chosen(grid, [request.GET.get("sua", "")]) if row.may_write), None)
    return _page(request, round_, grid, opened)


@require_POST
@needs(may_see_whole_round)
def appraise(request: HttpRequest, number: int, code: str, key: int) -> HttpResponse:
    """What was typed into one row. Whoever comes second is shown what the first wrote beside the own words."""
    round_ = _round(request, number)
    grid = crosswise_of(request.viewer, round_, code)
    row = next(iter(rows_of(grid, chosen(grid, [str(key)]), timezone.now())), None)
    if row is None:
        raise refuse("assessments.sheet_not_found")
    _require(request, grid, [row.standing])
    form = RowForm(grid.criterion, grid.stage, request.POST, auto_id=f"b{row.pk}_%s")
    if not form.is_valid():
        return _page(request, round_, grid, row.standing, form, status=_REFUSED)
    try:
        write = write_and_keep if form.cleaned_data["keep"] else write_answer
        write(
            **by(request), sheet=row.sheet, code=code, stage=grid.stage, said=form.said,
            expected_version=form.cleaned_data["version"],
        )  # fmt: skip
    except DomainError as error:
        form.add_refusal(error)
        if status_of(error) == _STALE:
            form.see(version=row.version)
        return _page(request, round_, grid, row.standing, form, status=status_of(error))
    messages.success(request, _("%(unit)s: saved.") % {"unit": row.sheet.name})
    return draft_is_over(request, redirect(_next_row(request, round_, grid, row.standing)))


@require_POST
@needs(may_see_whole_round)
def accept(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Accept what stands for one criterion in the sheets that were ticked, or in the one whose button was pressed.
    Refused, the same page says why, and ticks again what stands as it was seen.
    """
    round_ = _round(request, number)
    grid = crosswise_of(request.viewer, round_, code)
    single = request.POST.get("mot", "")
    rows = chosen(grid, [single] if single else request.POST.getlist("ban"))
    seen = [(row.sheet, _version(request, row.pk)) for row in rows]
    try:
        _require(request, grid, rows)
        said = _said_alike(request, grid)
        accepted = accept_answers(**by(request), sheets=seen, code=code, stage=grid.stage, said=said)
    except DomainError as error:
        seen_still = (row for row in rows_of(grid, rows, timezone.now()) if row.version == _version(request, row.pk))
        still = [] if single else [row.pk for row in seen_still]
        return _page(request, round_, grid, None, status=status_of(error), refused=error, ticked=still)
    told = ngettext("%(n)d sheet appraised.", "%(n)d sheets appraised.", len(accepted))
    messages.success(request, told % {"n": len(accepted)})
    return redirect(_next_row(request, round_, grid, rows[-1]))


@form_page
@needs(may_see_whole_round)
def forget_reason(request: HttpRequest, number: int) -> HttpResponse:
    """A kept reason is offered no more."""
    kept = get_kept_reason(request.viewer, number)
    may_see_whole_round(request.viewer, kept.round).require()
    charges, criteria = charges_today(kept.round, request.viewer.day, request.viewer), set_of(kept.round)
    may_keep_reasons(request.viewer, kept.round, kept.criterion, criteria, charges).require()
    asked = Confirmation(_("Offer this reason no more?"), kept.text, _("Offer no more"))

    def act(reason: str) -> str:
        end_reason(**by(request), kept=kept, reason=reason)
        return to_criterion(kept.round, kept.criterion)

    said = _("The reason is offered no more.")
    return answer_confirmation(request, asked, act, round_crumbs(kept.round), said=said)


@require_safe
@needs(may_see_whole_round)
def criteria_page(request: HttpRequest, number: int) -> HttpResponse:
    """The criteria of the round, each with how many units are appraised in it."""
    round_ = _round(request, number)
    criteria, stage = set_of(round_), stage_now(round_.state)
    units, progress = progress_of(round_, stage)
    lines = [
        (
            node,
            depth,
            to_criterion(round_, node.code) if node.code in criteria.by_code else "",
            progress.get(node.code, Progress()),
        )
        for node, depth in criteria.nodes()
    ]
    context = {
        "round": round_,
        "stage_name": shown.stage_name(stage),
        "lines": [(node, node.title.in_language(current_language()), depth, url, at) for node, depth, url, at in lines],
        "units": units,
        "is_appraised": bool(appraised_at(stage)),
        "crumbs": [*round_crumbs(round_), Link(_("Criteria"))],
    }
    return render(request, "assessments/criteria.html", context)


def _round(request: HttpRequest, number: int) -> Round:
    round_ = get_round(request.viewer, number)
    may_see_whole_round(request.viewer, round_).require()
    return round_


def _require(request: HttpRequest, grid: Crosswise, rows: Sequence[Standing]) -> None:
    """Raise what keeps the viewer from writing into one of these rows, or that there is none."""
    if not rows:
        raise refuse("assessments.no_unit_chosen")
    for row in rows:
        grid.verdict(request.viewer, row.sheet).require()


def _said_alike(request: HttpRequest, grid: Crosswise) -> Said:
    """What is said in all rows that were chosen: nothing, which accepts them, or a kept reason with its points."""
    kept = _kept(grid, request.POST.get("mau", ""))
    return Said() if kept is None or request.POST.get("mot") else Said({"reason": kept.text, "points": kept.points})


def _kept(grid: Crosswise, key: str) -> KeptReason | None:
    return next((one for one in grid.kept if str(one.pk) == key), None)


def _form_of(request: HttpRequest, grid: Crosswise, row: Across) -> RowForm:
    """What stands in the row, or what a kept reason says that was picked for it."""
    initial = initial_of_answer(row.answer)
    if kept := _kept(grid, request.GET.get("mau", "")):
        initial |= {"reason": kept.text, "so_points": kept.points}
    return RowForm(grid.criterion, grid.stage, initial=initial, auto_id=f"b{row.pk}_%s")


def _page(
    request: HttpRequest, round_: Round, grid: Crosswise, opened: Standing | None, form: RowForm | None = None,
    *, status: int = 200, refused: DomainError | None = None, ticked: Sequence[int] = (),
) -> HttpResponse:  # fmt: skip
    criteria, criterion = set_of(round_), grid.criterion
    wanted = request.GET.get("loc", "")
    keep = _FILTERS.get(wanted, lambda row: True)
    page = page_of_all(request, [row for row in grid.standings if keep(row) or row is opened])
    rows = rows_of(grid, page["rows"], timezone.now())
    row = next((one for one in rows if one.standing is opened), None)
    codes = [one.code for one in criteria.criteria]
    place = codes.index(criterion.code)
    context: dict[str, Any] = {
        "round": round_,
        "criterion": criterion,
        "title": criterion.title.in_language(current_language()),
        "rule": say(rule_in_words(criteria, criterion), current_language()),
        "stage": grid.stage,
        "stage_name": shown.stage_name(grid.stage),
        "columns": [shown.stage_name(one) for one in grid.stages],
        "counted": _counted(request, round_, grid, wanted),
        "wanted": wanted if wanted in _FILTERS else "",
        "query": _query(request),
        "along": f"{_query(request)}&" if _query(request) else "?",
        "opened": row,
        "form": _form_of(request, grid, row) if row is not None and form is None else form,
        "kept": grid.kept,
        "bindings": [
            (
                one,
                criterion.inputs[one.input].measured.in_language(current_language()),
                measure_name(one.measure),
                basis_of(one.measure, round_.assessed_to),
            )
            for one in grid.bindings
        ],
        "may_bind": bool(criterion.counted) and may_arrange_round(request.viewer, round_) and may_be_bound(round_),
        "is_stale": status == _STALE and row is not None,
        "refusals": [in_words(one) for one in refused.problems] if refused else [],
        "ticked": ticked,
        "may_accept": any(one.may_write for one in page["rows"]),
        "appraised": sum(row.is_appraised for row in grid.standings),
        "all": len(grid.standings),
        "previous": to_criterion(round_, codes[place - 1]) if place else "",
        "following": to_criterion(round_, codes[place + 1]) if place + 1 < len(codes) else "",
        "choices": [(one.code, shown.code_name(criteria, one.code)) for one in criteria.criteria],
        "list_keys": _list_keys(),
        "page_keys": _row_keys(),
        "crumbs": [*round_crumbs(round_), Link(shown.code_name(criteria, criterion.code))],
    }
    return render(request, "assessments/criterion.html", context | page | {"rows": rows}, status=status)


def _counted(request: HttpRequest, round_: Round, grid: Crosswise, wanted: str) -> list[Count]:
    names = {
        DIFFERENCES: ("soon", _("with a difference")),
        NOT_APPRAISED: ("paused", _("not appraised")),
        MINE: ("neutral", _("mine to appraise")),
        ASKED: ("soon", _("to be explained")),
        UNEQUAL: ("overdue", _("same reason, other points")),
        BELOW: ("neutral", _("below the maximum")),
        NO_POINTS: ("neutral", _("without points")),
    }
    base = to_criterion(round_, grid.criterion.code)
    made = []
    for id_, (status, name) in names.items():
        number = sum(map(_FILTERS[id_], grid.standings))
        is_current = id_ == wanted
        address = base if is_current else f"{base}?{urlencode({'loc': id_})}"
        if number or is_current or id_ not in {ASKED, UNEQUAL, BELOW, NO_POINTS}:
            made.append(Count(status, number, Link(name, address, is_current)))
    return made


def _list_keys() -> list[tuple[Sequence[str], str]]:
    """Keys that lead along the rows, in the place of those of every list."""
    return [
        ("jn", _("next difference")),
        ("k", _("previous difference")),
        ("↓↑", _("next and previous line")),
    ]


def _row_keys() -> list[tuple[str, str]]:
    """Keys of one letter for what the row offers."""
    return [
        ("x", _("choose the unit's row")),
        ("a", _("accept the unit's row as it stands")),
        ("s", _("change figures or points")),
        ("g", _("ask the unit to explain")),
    ]


def _query(request: HttpRequest) -> str:
    """The filter that is in use, as the end of an address."""
    kept = {name: request.GET[name] for name in ("loc", "sau") if request.GET.get(name)}
    return f"?{urlencode(kept)}" if kept else ""


def _back(request: HttpRequest, round_: Round, code: str) -> str:
    return to_criterion(round_, code) + _query(request)


def _next_row(request: HttpRequest, round_: Round, grid: Crosswise, row: Standing) -> str:
    """The same page at the row behind: the keyboard goes on from there."""
    keys = [one.pk for one in grid.standings]
    place = keys.index(row.pk) + 1
    return f"{_back(request, round_, grid.criterion.code)}#ban-{keys[min(place, len(keys) - 1)]}"


def _version(request: HttpRequest, key: int) -> int:
    text = request.POST.get(f"lan_{key}", "")
    return int(text) if text.isdecimal() else 0
