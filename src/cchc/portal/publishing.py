"""The page on which the approved result of a round scored here is made public."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cchc.assessments import shown
from cchc.assessments.addresses import round_crumbs
from cchc.assessments.permissions import may_approve_result
from cchc.assessments.policies import check_step
from cchc.assessments.queries.rounds import get_round
from cchc.assessments.views.answering import answer_form, form_page
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.forms import ActionForm
from cchc.interface.shapes import Link
from cchc.portal.frozen import PublicFacts, publish_frozen, published_of

_LONGEST = 300
_LEVELS = {
    "commune": gettext_lazy("Communes, wards, special zones"),
    "department": gettext_lazy("Departments of the province"),
    "province": gettext_lazy("Provinces"),
    "district": gettext_lazy("Districts (until 30/06/2025)"),
}


class PublishForm(ActionForm):
    """What the public page is called."""

    title_vi = forms.CharField(label=gettext_lazy("Title of the public page"), max_length=_LONGEST)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=_LONGEST, required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Units scored"), choices=list(_LEVELS.items()),
        help_text=gettext_lazy("Rounds of the same unit and level are compared over the years."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    @property
    def facts(self) -> PublicFacts:
        """As typed."""
        given = self.cleaned_data
        return PublicFacts(given["title_vi"].strip(), given["title_en"].strip(), given["level"])


@form_page
@needs(may_approve_result)
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Make the approved result public."""
    round_ = get_round(request.viewer, number)
    may_approve_result(request.viewer, round_).require()
    if request.method != "POST":
        check_step(round_, "publish")
    before = published_of(round_)
    initial: dict[str, Any] = {"version": round_.version, "title_vi": f"{round_.title} {round_.year}"}
    if before is not None:
        initial |= {name: getattr(before, name) for name in ("title_vi", "title_en", "level")}
    form = PublishForm(request.POST or None, initial=initial)

    def save() -> str:
        version = form.cleaned_data["version"] or 0
        published = publish_frozen(**by(request), round_=round_, facts=form.facts, expected_version=version)
        return reverse("portal:round", args=[published.slug])

    title = shown.step_name("publish")
    effect = _("Everybody reads index, class and rank of every unit; a version published before stays readable.")
    return answer_form(request, form, save, title, [*round_crumbs(round_), Link(title)], submit=title, effect=effect)
