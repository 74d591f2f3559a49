"""What people do with their own second factor is written down, and they are told, whichever page of allauth did it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial, wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cchc.organizations.actions.accounts import change_second_factor
from cchc.organizations.viewers import actor_of

View = Callable[..., HttpResponseBase]


def written_down(view: View) -> View:
    """A view that sets up or removes the second factor, or makes recovery codes: a post of it is an action."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        act = partial(view, request, *args, **given)
        if request.method != "POST" or not request.user.is_authenticated:
            return act()
        account = request.user
        return change_second_factor(
            actor=actor_of(account.official), now=datetime.now(UTC), account=account, change=act
        )

    return run
