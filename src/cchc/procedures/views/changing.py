"""Pages on which the catalogue is written: procedures recorded and changed, versions drafted, published, ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.forms import ActionForm, VersionedReasonForm
from cchc.interface.shapes import Link
from cchc.organizations.queries.units import get_unit
from cchc.procedures.actions import versions as actions
from cchc.procedures.actions.catalogue import change_procedure, record_procedure
from cchc.procedures.addresses import crumbs, to_procedure, to_version, version_crumbs
from cchc.procedures.forms import EndForm, ProcedureForm, PublishForm, RecordForm, initial_of
from cchc.procedures.models import ProcedureVersion
from cchc.procedures.permissions import may_keep_procedure, may_keep_procedures
from cchc.procedures.policies import check_possible
from cchc.procedures.queries.catalogue import get_procedure
from cchc.procedures.queries.versions import get_version, newest_of
from cchc.procedures.version_forms import ADD, VersionForm, initial_of_version
from cchc.procedures.versions import Version
from cchc.procedures.views.answering import FRAME, answer_form, form_page
from cchc.records.dates import format_date
from cchc.records.sources import Validity
from cchc.records.timelines import Dated


@form_page
@needs(may_keep_procedures)
def record(request: HttpRequest, code: str) -> HttpResponse:
    """A procedure in the catalogue of the unit."""
    unit = get_unit(code)
    may_keep_procedures(request.viewer, unit).require()
    form = RecordForm(request.POST or None)

    def save() -> str:
        national = form.cleaned_data["code"].strip()
        return to_procedure(record_procedure(**by(request), keeper=unit, code=national, facts=form.facts))

    title = _("New procedure")
    return answer_form(request, form, save, title, crumbs(None, Link(title)))


@form_page
@needs(may_keep_procedure)
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Another name, field, level, authority or settling unit."""
    procedure = get_procedure(request.viewer, code)
    may_keep_procedure(request.viewer, procedure).require()
    form = ProcedureForm(request.POST or None, initial=initial_of(procedure))

    def save() -> str:
        version = form.cleaned_data["version"] or 0
        change_procedure(**by(request), procedure=procedure, facts=form.facts, expected_version=version)
        return to_procedure(procedure)

    title = _("Change the procedure")
    return answer_form(
        request, form, save, title, crumbs(procedure, Link(title)),
        now_seen=lambda: {"version": get_procedure(request.viewer, code).version},
    )  # fmt: skip


@form_page
@needs(may_keep_procedure)
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """A new version that begins with what the newest says, its days and decision left open."""
    procedure = get_procedure(request.viewer, code)
    may_keep_procedure(request.viewer, procedure).require()
    like = newest_of(procedure)
    initial = {"extensions": 1, "limit_unit": "working_days"}
    if like is not None:
        begun = replace(like.dated, validity=Validity(request.viewer.day))
        initial = initial_of_version(begun) | {"document": "", "issued_on": None, "article": "", "url": "",
                                               "verified": False, "doubt": "", "starts_on": None}  # fmt: skip
    form = VersionForm(request.POST or None, like=like and like.dated, initial=initial)

    def save() -> str:
        return to_version(actions.draft_version(**by(request), procedure=procedure, dated=form.dated))

    title = _("New version")
    return _written(request, form, save, title, crumbs(procedure, Link(title)))


@form_page
@needs(may_keep_procedure)
def rewrite(request: HttpRequest, number: int) -> HttpResponse:
    """Other content, days or decision of a draft."""
    version = _kept(request, number, "rewrite")
    initial = initial_of_version(version.dated) | {"version": version.edition}
    form = VersionForm(request.POST or None, like=version.dated, initial=initial)

    def save() -> str:
        edition, dated = form.cleaned_data["version"] or 0, _with_doubt(form.dated, version.dated)
        actions.rewrite_version(**by(request), version=version, dated=dated, expected_edition=edition)
        return to_version(version)

    title = _("Rewrite the draft")
    return _written(
        request, form, save, title, version_crumbs(version, Link(title)),
        now_seen=lambda: {"version": get_version(request.viewer, number).edition},
    )  # fmt: skip


@form_page
@needs(may_keep_procedure)
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """From its first day on it holds."""
    version = _kept(request, number, "publish")
    form = PublishForm(request.POST or None, initial={"version": version.edition})
    effect = _("It holds from %(day)s on and is not rewritten any more; the version before it ends the day before.")
    return _decided(
        request, version, form, _("Publish the version"), effect % {"day": format_date(version.starts_on)},
        lambda: actions.publish_version(
            **by(request), version=version, expected_edition=form.cleaned_data["version"]
        ),
    )  # fmt: skip


@form_page
@needs(may_keep_procedure)
def end(request: HttpRequest, number: int) -> HttpResponse:
    """A last day, with the reason."""
    version = _kept(request, number, "end")
    form = EndForm(request.POST or None, initial={"version": version.edition})

    def save() -> object:
        given = form.cleaned_data
        return actions.end_version(
            **by(request), version=version, last_day=given["last_day"], reason=given["reason"],
            expected_edition=given["version"],
        )  # fmt: skip

    effect = _("What was received by it keeps it; from the next day on nothing is received by it.")
    return _decided(request, version, form, _("End the version"), effect, save)


@form_page
@needs(may_keep_procedure)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """As if it had never held, with the reason."""
    version = _kept(request, number, "withdraw")
    form = VersionedReasonForm(request.POST or None, initial={"version": version.edition})

    def save() -> object:
        given = form.cleaned_data
        return actions.withdraw_version(
            **by(request), version=version, reason=given["reason"], expected_edition=given["version"]
        )

    effect = _("It counts as never published. That is possible while nothing was received by it.")
    return _decided(request, version, form, _("Withdraw the version"), effect, save)


def _kept(request: HttpRequest, number: int, step: str) -> ProcedureVersion:
    """Who only looks is told at once that the step is not possible; who saves is told by the action."""
    version = get_version(request.viewer, number)
    may_keep_procedure(request.viewer, version.procedure).require()
    if request.method != "POST":
        check_possible(version, step)
    return version


def _decided(
    request: HttpRequest, version: ProcedureVersion, form: ActionForm, title: str, effect: str,
    act: Callable[[], object],
) -> HttpResponse:  # fmt: skip
    def save() -> str:
        act()
        return to_version(version)

    return answer_form(
        request, form, save, title, version_crumbs(version, Link(title)), submit=title, effect=effect,
        now_seen=lambda: {"version": get_version(request.viewer, version.pk).edition},
    )  # fmt: skip


def _written(
    request: HttpRequest, form: VersionForm, save: Callable[[], str], title: str, way: list[Link],
    now_seen: Callable[[], dict[str, object]] | None = None,
) -> HttpResponse:  # fmt: skip
    """Who pressed the button for more rows gets them; nothing is judged and nothing written."""
    template = "procedures/version_form.html"
    if request.method == "POST" and request.POST.get(ADD):
        form.forget_faults()
        context = {"form": form, "title": title, "crumbs": way, "frame": FRAME, "submit": _("Save the draft")}
        return render(request, template, context)
    return answer_form(
        request, form, save, title, way, template=template, submit=_("Save the draft"), now_seen=now_seen
    )


def _with_doubt(typed: Dated[Version], stood: Dated[Version]) -> Dated[Version]:
    """The English of a doubt that was not changed stays."""
    if typed.verification.doubt != stood.verification.doubt:
        return typed
    return replace(typed, verification=replace(typed.verification, doubt_en=stood.verification.doubt_en))
