"""Pages on which somebody is assigned to follow a directive or a task, and on which that ends."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cchc.followups.actions.assigning import assign_follow_up, end_follow_up
from cchc.followups.addresses import directive_crumbs, task_crumbs
from cchc.followups.forms import AssignForm, EndAssignmentForm
from cchc.followups.models import Directive, Task
from cchc.followups.permissions import may_assign
from cchc.followups.policies import may_be_assigned
from cchc.followups.queries.assigned import get_assignment
from cchc.followups.queries.directives import get_directive
from cchc.followups.queries.tasks import get_task
from cchc.followups.views.answering import answer_form, form_page
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.shapes import Link


@form_page
@needs(may_assign)
def assign_directive(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody follows a directive and the tasks that it gives."""
    return _assign(request, get_directive(request.viewer, number))


@form_page
@needs(may_assign)
def assign_task(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody follows one task."""
    return _assign(request, get_task(request.viewer, number))


@form_page
@needs(may_assign)
def end_assignment(request: HttpRequest, number: int) -> HttpResponse:
    """The assignment goes on until a day and no longer."""
    assignment, subject = get_assignment(request.viewer, number)
    may_assign(request.viewer, subject, assignment.official).require()
    form = EndAssignmentForm(request.POST or None, initial={"ends_on": request.viewer.day})
    crumbs = _crumbs(subject)

    def save() -> str:
        end_follow_up(**by(request), subject=subject, assignment=assignment, **form.cleaned_data)
        return crumbs[-1].url

    title = _("%(name)s no longer follows it") % {"name": assignment.official.name}
    return answer_form(request, form, save, title, [*crumbs, Link(title)], submit=_("End the assignment"))


def _assign(request: HttpRequest, subject: Directive | Task) -> HttpResponse:
    may_assign(request.viewer, subject).require()
    if request.method != "POST":
        may_be_assigned(subject).require()
    form = AssignForm(request.POST or None, initial={"starts_on": request.viewer.day})
    crumbs = _crumbs(subject)

    def save() -> str:
        may_assign(request.viewer, subject, form.cleaned_data["official"]).require()
        assign_follow_up(**by(request), subject=subject, **form.cleaned_data)
        return crumbs[-1].url

    title = _("Assign somebody to follow it")
    return answer_form(request, form, save, title, [*crumbs, Link(title)], submit=_("Assign"))


def _crumbs(subject: Directive | Task) -> list[Link]:
    return task_crumbs(subject) if isinstance(subject, Task) else directive_crumbs(subject)
