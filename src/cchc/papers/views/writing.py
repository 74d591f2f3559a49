"""The page on which texts are written: fields on one side, on the other what they become, checked while typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cchc.interface.forms import ActionForm
from cchc.interface.shapes import Link
from cchc.papers.sheets import Sheet
from cchc.papers.views.answering import answer_form
from cchc.records.errors import DomainError

_REFUSED = 422


def answer_writing(
    request: HttpRequest, form: ActionForm, act: Callable[[], str], preview: Callable[[], Sheet], title: str,
    crumbs: Sequence[Link], *, shown: Sheet | None = None, **more: Any,
) -> HttpResponse:  # fmt: skip
    """Save; with `xem-thu` posted only show what would become of it, nothing is written. `shown` stands there at first.

    htmx gets the preview alone, without JavaScript it is the whole page with the preview in it.
    """
    template = "papers/write.html"
    if request.method == "POST" and "xem-thu" in request.POST:
        context = {"form": form, "title": title, "crumbs": crumbs, "sheet": _tried(form, preview), **more}
        if request.htmx:
            return render(request, "papers/parts/preview.html", context)
        return render(request, template, context | {"frame": "papers/base.html"})
    return answer_form(
        request, form, act, title, crumbs, template=template, sheet=None if request.method == "POST" else shown, **more
    )


def _tried(form: ActionForm, preview: Callable[[], Sheet]) -> Sheet | None:
    """What would be printed; None with the reasons at the form."""
    if not form.is_valid():
        return None
    try:
        return preview()
    except DomainError as error:
        form.add_refusal(error)
        return None
