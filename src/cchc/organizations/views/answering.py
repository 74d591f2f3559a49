"""How a page with a form answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cchc.interface.shapes import Link
from cchc.organizations.forms import ActionForm
from cchc.records.errors import DomainError


def by(request: HttpRequest) -> dict[str, Any]:
    """Who acts, and when: the first arguments of every action."""
    return {"actor": request.viewer.actor(), "now": datetime.now(UTC)}


def answer_form(
    request: HttpRequest, form: ActionForm, act: Callable[[], str], title: str, crumbs: Sequence[Link]
) -> HttpResponse:
    """The form; after a post `act`, which answers the address to go to.

    What was refused stands above what was typed.
    """
    if request.method == "POST" and form.is_valid():
        try:
            address = act()
        except DomainError as error:
            form.add_refusal(error)
        else:
            messages.success(request, _("Saved."))
            return redirect(address)
    context = {"form": form, "title": title, "crumbs": crumbs}
    return render(request, "organizations/form.html", context, status=422 if form.errors else 200)
