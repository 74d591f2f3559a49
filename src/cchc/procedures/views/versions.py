"""Pages of versions: one with what it changes, its steps as a BPMN file."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cchc.interface.access import needs
from cchc.interface.answering import file_answer
from cchc.interface.errors import current_language
from cchc.procedures import shown
from cchc.procedures.addresses import version_crumbs
from cchc.procedures.bpmn import Words, bpmn_of
from cchc.procedures.models import ProcedureVersion
from cchc.procedures.permissions import may_keep_procedure, may_note_publications, may_see_procedures
from cchc.procedures.policies import may_become
from cchc.procedures.queries.publications import publications_of
from cchc.procedures.queries.versions import before_of, get_version
from cchc.procedures.states import PUBLISHED, VERSION
from cchc.procedures.versions import ProcedureStep
from cchc.procedures.wording import limit_in_words, role_name
from cchc.records.words import say

_BPMN: Final = "application/xml; charset=utf-8"


@require_safe
@needs(may_see_procedures)
def version_page(request: HttpRequest, number: int) -> HttpResponse:
    """All that it says, and what changed since the one before."""
    may_see_procedures(request.viewer).require()
    viewer = request.viewer
    version = get_version(viewer, number)
    before, keeps = before_of(version), may_keep_procedure(viewer, version.procedure)
    context = {
        "procedure": version.procedure,
        "version": version,
        "standing": shown.standing_of(version, viewer.day),
        "one": shown.shown_version(version, viewer.day),
        "lines": list(publications_of(viewer, version)),
        "may_note": may_note_publications(viewer) and version.state == PUBLISHED,
        "before": before,
        "changes": [] if before is None else shown.shown_differences(before, version),
        "may": {step.id: bool(keeps and may_become(version, step.id)) for step in VERSION.steps},
        "crumbs": version_crumbs(version),
    }
    return render(request, "procedures/version.html", context)


@require_safe
@needs(may_see_procedures)
def bpmn(request: HttpRequest, number: int) -> HttpResponse:
    """The steps as BPMN 2.0, to open in a modeller."""
    may_see_procedures(request.viewer).require()
    version = get_version(request.viewer, number)
    procedure = version.procedure
    content = bpmn_of(version.value, procedure.code, _words(version))
    return file_answer(content, _BPMN, f"quy-trinh-{procedure.code}-{version.starts_on:%Y%m%d}.bpmn")


def _words(version: ProcedureVersion) -> Words:
    language, procedure = current_language(), version.procedure

    def holder(step: ProcedureStep) -> str:
        return (step.agency or role_name(step.role)).in_language(language)

    return Words(
        f"{procedure.code} {procedure.name.in_language(language)}",
        procedure.authority.in_language(language),
        holder,
        lambda step: step.name.in_language(language),
        lambda step: say(limit_in_words(step.limit), language),
    )
