"""Who may: every route declares the permission it asks, or that it is public; a route that does neither is closed.

A permission is a function of a room's `permissions`, decorated with `permission`, that answers a `Verdict`. A view
is decorated with `needs(may_edit_unit)` or `public`. `AccessDeclared` refuses to serve a view without either, and to
send what a view made without asking the permission that it declared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from types import MappingProxyType
from typing import Any, Final, ParamSpec, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cchc.records.errors import DomainError, Problem, problem

P = ParamSpec("P")
V = TypeVar("V", bound=Callable[..., Any])
PUBLIC: Final = "public"
_REFUSED: Final = 400

_asked: ContextVar[set[str] | None] = ContextVar("cchc_asked_permissions", default=None)
_permissions: dict[str, Callable[..., Verdict]] = {}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Allowed, or the coded reason why not: the same for the button, the answer and the test."""

    refusal: Problem | None = None

    def __bool__(self) -> bool:
        return self.refusal is None

    def require(self) -> None:
        """Raise `DomainError` with the reason unless allowed."""
        if self.refusal is not None:
            raise DomainError(self.refusal)


ALLOWED: Final = Verdict()


def denied(code: str, /, **params: object) -> Verdict:
    """A refusal with its reason; codes that end in `not_allowed` answer 403, in `not_found` 404."""
    return Verdict(problem(code, **params))


def permission(function: Callable[P, Verdict]) -> Callable[P, Verdict]:
    """Make a function of a room's `permissions` one that routes can declare."""
    name = _name_of(function)

    @wraps(function)
    def ask(*args: P.args, **given: P.kwargs) -> Verdict:
        asked = _asked.get()
        if asked is not None:
            asked.add(name)
        return function(*args, **given)

    if name in _permissions:
        raise ValueError(f"two permissions are called {name}")
    _permissions[name] = ask
    return ask


def known_permissions() -> Mapping[str, Callable[..., Verdict]]:
    """Every permission by its name, `organizations.may_edit_unit`."""
    return MappingProxyType(_permissions)


def needs(asked: Callable[..., Verdict]) -> Callable[[V], V]:
    """Declare which permission a view asks; the view calls it with its object and `require`s the verdict."""

    def declare(view: V) -> V:
        view.access = _name_of(asked)  # type: ignore[attr-defined]
        return view

    return declare


def public(view: V) -> V:
    """Declare that everybody may."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


class AccessDeclared:
    """Serves declared views only, and nothing that was made without asking. Foreign views are declared in settings:
    `CCHC_FOREIGN_ACCESS` maps the name of a module's beginning to an access.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _asked.set(set())
        try:
            response = self._get_response(request)
            self._check_asked(request, response)
        finally:
            _asked.reset(token)
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: object) -> None:
        """Raise when the view declares no access."""
        request.access = access_of(view)
        if request.access is None:
            raise RuntimeError(f"{_name_of(view)} declares no access: decorate it with needs(…) or public")

    def _check_asked(self, request: HttpRequest, response: HttpResponseBase) -> None:
        access = getattr(request, "access", None)
        if access in {None, PUBLIC} or response.status_code >= _REFUSED:
            return
        if access not in (_asked.get() or ()):
            raise RuntimeError(f"{request.path} was answered without asking {access}")


def access_of(view: Callable[..., Any]) -> str | None:
    """What a view declares: a permission's name, `public`, or None."""
    from django.conf import settings

    declared = getattr(view, "access", None)
    if declared is not None:
        return str(declared)
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    foreign: Mapping[str, str] = settings.CCHC_FOREIGN_ACCESS
    return next((access for start, access in foreign.items() if module.startswith(start)), None)


def _name_of(function: Callable[..., Any]) -> str:
    """`cchc.organizations.permissions.may_edit_unit` → `organizations.may_edit_unit`."""
    room = function.__module__.removeprefix("cchc.").split(".")[0]
    return f"{room}.{getattr(function, '__name__', function.__class__.__name__)}"
