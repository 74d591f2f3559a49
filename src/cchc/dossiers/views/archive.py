"""Dossiers that are over: those to be archived, one laid away; and what was typed wrongly, corrected."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.dossiers.actions import archiving
from cchc.dossiers.addresses import desk_crumbs, dossier_crumbs, to_dossier
from cchc.dossiers.forms.archive import ArchiveForm, CorrectForm
from cchc.dossiers.permissions import may_archive, may_correct, may_see_archive
from cchc.dossiers.policies import may_lay
from cchc.dossiers.queries.archive import ARCHIVED, TO_ARCHIVE, archive_records, find_over, over_after
from cchc.dossiers.queries.dossiers import get_dossier
from cchc.dossiers.rules import rules_on
from cchc.dossiers.shown_archive import archive_tabs, rows_over
from cchc.dossiers.views.answering import answer_form, form_page
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.paging import page_read
from cchc.interface.shapes import Link
from cchc.interface.together import answer
from cchc.privacy.disclosing import tell


@require_safe
@needs(may_see_archive)
def archive_list(request: HttpRequest) -> HttpResponse:
    """Those to be archived, the oldest first, or those that were."""
    may_see_archive(request.viewer).require()
    which = ARCHIVED if request.GET.get("xem") == ARCHIVED else TO_ARCHIVE
    page = answer(page_read(request, find_over(request.viewer, which), over_after))
    tell(request, people=len(page["rows"]))
    context = {
        "rows": rows_over(page["rows"], request.viewer.day),
        "is_archived": which == ARCHIVED,
        "tabs": archive_tabs(which),
        "crumbs": [*desk_crumbs(), Link(_("Archive"))],
    }
    return render(request, "dossiers/archive.html", page | context)


@form_page
@needs(may_archive)
def archive(request: HttpRequest, number: int) -> HttpResponse:
    """Where its papers lie, and for how long they are kept."""
    dossier = get_dossier(request.viewer, number)
    may_archive(request.viewer, dossier).require()
    if request.method != "POST":
        may_lay(dossier).require()
    last = archive_records(dossier).first()
    initial = {"version": dossier.version}
    if last is not None:
        initial |= {"place": last.place, "retention_class": last.retention_class}
    form = ArchiveForm(request.POST or None, initial=initial)
    form.offer(rules_on(request.viewer.day).value.retention)

    def save() -> str:
        archiving.archive(**by(request), dossier=dossier, **form.given())
        return to_dossier(dossier)

    title = _("Archive") if last is None else _("Put its place right")
    return answer_form(
        request, form, save, title, [*dossier_crumbs(dossier), Link(title)], template="dossiers/act.html",
        dossier=dossier, submit=title, said=_("Archived."),
        now_seen=lambda: {"version": get_dossier(request.viewer, dossier.pk).version},
    )  # fmt: skip


@form_page
@needs(may_correct)
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """What was typed wrongly about the owner or the subject."""
    dossier = get_dossier(request.viewer, number)
    may_correct(request.viewer, dossier).require()
    initial = {name: getattr(dossier, name) for name in archiving.CORRECTABLE} | {"version": dossier.version}
    form = CorrectForm(request.POST or None, initial=initial)

    def save() -> str:
        archiving.correct(**by(request), dossier=dossier, **form.given())
        return to_dossier(dossier)

    title = _("Correct the data")
    return answer_form(
        request, form, save, title, [*dossier_crumbs(dossier), Link(title)], template="dossiers/act.html",
        dossier=dossier, submit=title, said=_("Corrected; what stood there before stays on the page."),
        now_seen=lambda: {"version": get_dossier(request.viewer, dossier.pk).version},
    )  # fmt: skip
