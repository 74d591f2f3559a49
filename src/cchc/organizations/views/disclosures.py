"""Who saw whose personal data: of one official, for that official and auditors; of everybody, for auditors. And how
long what is kept stays.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cchc.audit.recording import subject_of
from cchc.interface.access import needs
from cchc.interface.errors import current_language
from cchc.interface.paging import is_key
from cchc.interface.shapes import Link
from cchc.organizations.forms import RetentionForm
from cchc.organizations.permissions import (
    may_read_disclosures,
    may_read_disclosures_of,
    may_read_retention,
    may_run_retention,
)
from cchc.organizations.queries import people
from cchc.organizations.shown_disclosures import PAGE_SIZE, shown_page, shown_rule
from cchc.organizations.views.answering import answer_form, by
from cchc.privacy.actions import ask_retention
from cchc.privacy.disclosing import tell
from cchc.privacy.log import disclosure_log
from cchc.privacy.survey import survey


@require_safe
@needs(may_read_disclosures_of)
def of_official(request: HttpRequest, code: str) -> HttpResponse:
    """Who saw, or took out, an official's data; the newest first."""
    official = people.get_official(code)
    may_read_disclosures_of(request.viewer, official).require()
    tell(request, official)
    found = disclosure_log().about(subject_of(official), official.code, before=_before(request), most=PAGE_SIZE + 1)
    crumbs = [
        Link(_("Officials"), reverse("organizations:officials")),
        Link(official.name, reverse("organizations:official", args=[code])),
        Link(_("Who saw the data")),
    ]
    context = shown_page(request, found) | {"of": official, "crumbs": crumbs}
    return render(request, "organizations/disclosures.html", context)


@require_safe
@needs(may_read_disclosures)
def all_disclosures(request: HttpRequest) -> HttpResponse:
    """Who saw whose data, of everybody; the newest first."""
    may_read_disclosures(request.viewer).require()
    found = disclosure_log().newest(before=_before(request), most=PAGE_SIZE + 1)
    tell(request, people=len(found[:PAGE_SIZE]))
    crumbs = [Link(_("Who saw whose data"))]
    return render(request, "organizations/disclosures.html", shown_page(request, found) | {"crumbs": crumbs})


@require_safe
@needs(may_read_retention)
def retention(request: HttpRequest) -> HttpResponse:
    """Every rule with its source; how much is past its time, held because it is still open, or due soon."""
    may_read_retention(request.viewer).require()
    standing = survey(timezone.now())
    context = {
        "rules": [shown_rule(one, current_language()) for one in standing],
        "may_read_log": may_read_disclosures(request.viewer),
        "due": sum(one.due.due for one in standing),
        "may_run": may_run_retention(request.viewer),
        "crumbs": [Link(_("How long data is kept"))],
    }
    return render(request, "organizations/retention.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(may_run_retention)
def retention_run(request: HttpRequest) -> HttpResponse:
    """What would go if it were done now; with a reason, it is asked for."""
    may_run_retention(request.viewer).require()
    standing = [one for one in survey(timezone.now()) if one.due.due]
    due, form = sum(one.due.due for one in standing), RetentionForm(request.POST or None)

    def start() -> str:
        job = ask_retention(**by(request), due=due, reason=form.cleaned_data["reason"])
        return reverse("interface:job", args=[job.pk])

    title = _("Carry out now")
    crumbs = [Link(_("How long data is kept"), reverse("organizations:retention")), Link(title)]
    rules = [shown_rule(one, current_language()) for one in standing]
    template = "organizations/retention_run.html"
    return answer_form(request, form, start, title, crumbs, template=template, rules=rules, due=due)


def _before(request: HttpRequest) -> int | None:
    number = request.GET.get("truoc", "")
    return int(number) if is_key(number) else None
