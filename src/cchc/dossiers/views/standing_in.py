"""Absences with their deputies; many steps given to somebody else at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.dossiers.actions import standing_in
from cchc.dossiers.addresses import asked_holder, desk_crumbs, ticked
from cchc.dossiers.forms.standing_in import AbsenceForm, ReassignForm
from cchc.dossiers.permissions import may_note_absence, may_reassign, may_see_dossiers
from cchc.dossiers.queries.absences import get_absence, visible_absences
from cchc.dossiers.queries.desk import managed_steps, steps_by_key
from cchc.dossiers.shown import rows_of_steps
from cchc.dossiers.shown_absences import reassigned_words, rows_of_absences
from cchc.dossiers.views.answering import answer_form, form_page
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.shapes import Link

_MOST_ABSENCES = 200


@require_safe
@needs(may_see_dossiers)
def absences(request: HttpRequest) -> HttpResponse:
    """Who is away, or will be, and who stands in."""
    may_see_dossiers(request.viewer).require()
    found = visible_absences(request.viewer)[:_MOST_ABSENCES]
    context = {
        "rows": rows_of_absences(request.viewer, found),
        "crumbs": [*desk_crumbs(), Link(_("Absences"))],
    }
    return render(request, "dossiers/absences.html", context)


@form_page
@needs(may_note_absence)
def note_absence(request: HttpRequest) -> HttpResponse:
    """Of oneself, or as head of another."""
    viewer = request.viewer
    may_note_absence(viewer, viewer.official).require()
    form = AbsenceForm(request.POST or None)

    def save() -> str:
        given = dict(form.cleaned_data)
        given["official"] = given["official"] or viewer.acting
        may_note_absence(viewer, given["official"]).require()
        standing_in.note_absence(**by(request), **given)
        return reverse("dossiers:absences")

    title = _("Note an absence")
    crumbs = [*desk_crumbs(), Link(_("Absences"), reverse("dossiers:absences")), Link(title)]
    return answer_form(request, form, save, title, crumbs, said=_("The absence was noted."))


@require_POST
@needs(may_note_absence)
def end_absence(request: HttpRequest, number: int) -> HttpResponse:
    """Nobody stands in from now on."""
    absence = get_absence(number)
    may_note_absence(request.viewer, absence.official).require()
    standing_in.end_absence(**by(request), absence=absence)
    messages.success(request, _("The absence is over."))
    return redirect("dossiers:absences")


@form_page
@needs(may_reassign)
def reassign(request: HttpRequest) -> HttpResponse:
    """Steps at work in one's charge, to be ticked; whose, where `nguoi` says so."""
    may_reassign(request.viewer).require()
    now, whose = timezone.now(), asked_holder(request)
    found = list(managed_steps(request.viewer, whose)[: standing_in.MOST_STEPS])
    form = ReassignForm(request.POST or None)
    chosen = ticked(request)

    def save() -> str:
        steps = steps_by_key(request.viewer, chosen)
        done = standing_in.assign_many(**by(request), steps=steps, **form.cleaned_data)
        for level, text in reassigned_words(done):
            messages.add_message(request, level, text)
        return reverse("dossiers:reassign")

    title = _("Give many steps to somebody else")
    return answer_form(
        request, form, save, title, [*desk_crumbs(), Link(title)], template="dossiers/reassign.html",
        rows=rows_of_steps(request.viewer, found, now), ticked=set(chosen), now=now, submit=_("Assign"),
        said=_("Done."),
    )  # fmt: skip
