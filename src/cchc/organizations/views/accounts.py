"""Accounts of officials: opened, given a new password, freed of a lost device, closed and opened again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cchc.interface.access import needs
from cchc.interface.shapes import Link
from cchc.organizations.actions.accounts import (
    close_account,
    end_second_factor,
    open_account,
    reopen_account,
    reset_password,
)
from cchc.organizations.models import Account, Official, Unit
from cchc.organizations.passwords import chance_password
from cchc.organizations.permissions import may_manage_people, may_open_account, may_restore_account
from cchc.organizations.queries import people
from cchc.organizations.views.answering import by, unit_of

_DIALOGS: Final = ("renew", "drop", "close", "reopen")
_DONE: Final[Mapping[Any, Promise]] = {
    end_second_factor: gettext_lazy("The second factor is ended; the sessions are ended, too."),
    close_account: gettext_lazy("The account is closed and its sessions are ended."),
    reopen_account: gettext_lazy("The account is open again."),
}


def shown_account(request: HttpRequest, official: Official, unit: Unit | None) -> dict[str, object]:
    """What an official's page shows of the account, to administrators over where they work or worked last. `unit` is
    where they work today.
    """
    home, viewer = unit or people.last_unit(official), request.viewer
    if home is None or not may_manage_people(viewer, home):
        return {"shows_account": False}
    account = people.account_of(official)
    return {
        "shows_account": True,
        "account": account,
        "may_open_account": may_open_account(viewer, official, home) if account is None else None,
        "may_restore_account": None if account is None else may_restore_account(viewer, official, home),
        "asks": {key: request.GET.get("confirm") == key for key in _DIALOGS},
    }


@require_POST
@needs(may_open_account)
def give_account(request: HttpRequest, code: str) -> HttpResponse:
    """Open an account; the first password is shown once."""
    official = people.get_official(code)
    may_open_account(request.viewer, official, unit_of(official, request)).require()
    password = chance_password()
    account = open_account(
        **by(request), official=official, username=request.POST.get("username", ""), password=password
    )
    return _password_page(request, account, password, is_new=True)


@require_POST
@needs(may_restore_account)
def give_password(request: HttpRequest, code: str) -> HttpResponse:
    """A new password for somebody who forgot theirs, shown once."""
    official = people.get_official(code)
    may_restore_account(request.viewer, official, unit_of(official, request)).require()
    password = chance_password()
    account = reset_password(
        **by(request), account=people.get_account(official), password=password, reason=request.POST.get("reason", "")
    )
    return _password_page(request, account, password, is_new=False)


@require_POST
@needs(may_restore_account)
def drop_second_factor(request: HttpRequest, code: str) -> HttpResponse:
    """The device is lost: it counts no more."""
    return _restore(request, code, end_second_factor)


@require_POST
@needs(may_restore_account)
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Shut somebody out."""
    return _restore(request, code, close_account)


@require_POST
@needs(may_restore_account)
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Let somebody in again."""
    return _restore(request, code, reopen_account)


def _restore(request: HttpRequest, code: str, act: Any) -> HttpResponse:
    official = people.get_official(code)
    may_restore_account(request.viewer, official, unit_of(official, request)).require()
    act(**by(request), account=people.get_account(official), reason=request.POST.get("reason", ""))
    messages.success(request, str(_DONE[act]))
    return redirect("organizations:official", official.code)


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
