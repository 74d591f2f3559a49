"""A long list: having it written, and fetching it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cchc.interface.access import needs
from cchc.interface.answering import by, file_answer
from cchc.interface.errors import current_language
from cchc.interface.shapes import Link
from cchc.organizations.actions.exports import ask_export
from cchc.organizations.exporting.handing_out import XLSX
from cchc.organizations.exporting.kinds import asking, export_kind
from cchc.organizations.exporting.storing import content_of
from cchc.organizations.permissions import may_export, may_take_export
from cchc.organizations.queries.exports import get_export
from cchc.privacy.disclosing import tell


@require_http_methods(["GET", "HEAD", "POST"])
@needs(may_export)
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """How many rows the list has; the button has it written, and leads to the page of the job."""
    kind = export_kind(code)
    may_export(request.viewer, kind).require()
    query = request.GET.urlencode()
    wanted = kind.wanted(asking(request.viewer, query))
    if request.method == "POST":
        language = current_language()
        made = ask_export(**by(request), viewer=request.viewer, kind=code, query=query, language=language)
        return redirect(reverse("interface:job", args=[made.job_id]))
    title = kind.title.in_language(current_language())
    context = {"title": title, "count": wanted.count(), "crumbs": [Link(title)]}
    return render(request, "organizations/export.html", context)


@require_safe
@needs(may_take_export)
def take(request: HttpRequest, number: int) -> HttpResponse:
    """The file, to whoever asked for it and still holds what they held."""
    export = get_export(number)
    may_take_export(request.viewer, export).require()
    content = content_of(export)
    tell(request, export, people=export.people, whom=export.whom)
    return file_answer(content, XLSX, export.file)
