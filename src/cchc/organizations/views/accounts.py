"""Accounts of officials: opened, given a new password, freed of a lost device, closed and opened again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cchc.interface.access import needs
from cchc.interface.shapes import Link
from cchc.organizations.actions.accounts import (
    close_account,
    end_second_factor,
    open_account,
    reopen_account,
    reset_password,
)
from cchc.organizations.confirmations import of_account
from cchc.organizations.forms import AccountForm
from cchc.organizations.models import Account, Official, Unit
from cchc.organizations.passwords import chance_password
from cchc.organizations.permissions import may_manage_people, may_open_account, may_restore_account
from cchc.organizations.queries import people
from cchc.organizations.views.answering import answer_confirmation, answer_form, by, unit_of

_form_page = require_http_methods(["GET", "HEAD", "POST"])
_KEPT: Final = "giu"
_ROUTES: Final = {"renew": "password", "drop": "factor", "close": "close", "reopen": "reopen", "keep": "reopen"}
_DONE: Final[Mapping[str, Promise]] = {
    "drop": gettext_lazy("The second factor is ended; the sessions are ended, too."),
    "close": gettext_lazy("The account is closed and its sessions are ended."),
    "reopen": gettext_lazy("The account is open again."),
    "keep": gettext_lazy("The account stays open."),
}


def shown_account(
    request: HttpRequest, official: Official, home: Unit | None, account: Account | None
) -> dict[str, object]:
    """What an official's page shows of the account, to administrators over `home`: where they work or worked last."""
    viewer = request.viewer
    if home is None or not may_manage_people(viewer, home):
        return {"shows_account": False}
    may_restore = None if account is None else may_restore_account(viewer, official, home)
    return {
        "shows_account": True,
        "account": account,
        "is_closed": account is not None and account.is_closed_on(viewer.day),
        "may_open_account": may_open_account(viewer, official, home) if account is None else None,
        "may_restore_account": may_restore,
        "dialogs": _dialogs(request, official, account) if account is not None and may_restore else [],
    }


def _dialogs(request: HttpRequest, official: Official, account: Account) -> list[dict[str, object]]:
    """What may be asked of the account as it is."""
    if account.is_closed_on(request.viewer.day):
        keys = ["reopen"]
    else:
        may = {"drop": account.has_second_factor, "keep": account.ended_at}
        keys = ["renew", "close", *(key for key, is_so in may.items() if is_so)]
    return [
        {
            "key": key,
            "asked": of_account(key, official),
            "url": reverse(f"organizations:official-account-{_ROUTES[key]}", args=[official.code])
            + (f"?{_KEPT}" if key == "keep" else ""),
            "shown": request.GET.get("confirm") == key,
        }
        for key in keys
    ]


@_form_page
@needs(may_open_account)
def give_account(request: HttpRequest, code: str) -> HttpResponse:
    """Open an account; the first password is shown once."""
    official = people.get_official(code)
    may_open_account(request.viewer, official, unit_of(official, request)).require()
    form = AccountForm(request.POST or None)

    def act() -> HttpResponse:
        username, password = form.cleaned_data["username"], chance_password()
        account = open_account(**by(request), official=official, username=username, password=password, handed_over=True)
        return _password_page(request, account, password, is_new=True)

    title = _("An account for %(name)s") % {"name": official.name}
    crumbs = [*_crumbs(official), Link(title)]
    return answer_form(request, form, act, title, crumbs, submit=_("Open an account"))


@_form_page
@needs(may_restore_account)
def give_password(request: HttpRequest, code: str) -> HttpResponse:
    """A new password for somebody who forgot theirs, shown once."""
    official = people.get_official(code)
    may_restore_account(request.viewer, official, unit_of(official, request)).require()

    def act(reason: str) -> HttpResponse:
        password = chance_password()
        account = reset_password(
            **by(request), account=people.get_account(official), password=password, reason=reason
        )  # fmt: skip
        return _password_page(request, account, password, is_new=False)

    return answer_confirmation(request, of_account("renew", official), act, _crumbs(official), said="")


@_form_page
@needs(may_restore_account)
def drop_second_factor(request: HttpRequest, code: str) -> HttpResponse:
    """The device is lost: it counts no more."""
    return _restore(request, people.get_official(code), "drop", end_second_factor)


@_form_page
@needs(may_restore_account)
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Shut somebody out."""
    return _restore(request, people.get_official(code), "close", close_account)


@_form_page
@needs(may_restore_account)
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Let somebody in again, or let an account open that is to be closed."""
    key = "keep" if _KEPT in request.GET else "reopen"
    return _restore(request, people.get_official(code), key, reopen_account)


def _restore(request: HttpRequest, official: Official, key: str, change: Callable[..., Account]) -> HttpResponse:
    may_restore_account(request.viewer, official, unit_of(official, request)).require()

    def act(reason: str) -> str:
        change(**by(request), account=people.get_account(official), reason=reason)
        return reverse("organizations:official", args=[official.code])

    asked, said = of_account(key, official), str(_DONE[key])
    return answer_confirmation(request, asked, act, _crumbs(official), said=said)


def _crumbs(official: Official) -> list[Link]:
    return [
        Link(_("Officials"), reverse("organizations:officials")),
        Link(official.name, reverse("organizations:official", args=[official.code])),
    ]


def _password_page(request: HttpRequest, account: Account, password: str, *, is_new: bool) -> HttpResponse:
    official = account.official
    title = _("Account opened") if is_new else _("New password")
    context = {
        "official": official,
        "account": account,
        "password": password,
        "title": title,
        "is_new": is_new,
        "crumbs": [Link(official.name)],
    }
    return render(request, "organizations/account_opened.html", context)
