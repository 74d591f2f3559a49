"""The wrapper of every write: one transaction, one actor, events in the audit chain written last.

@action
def publish_round(*, actor: Actor, now: datetime, title: str) -> PublishedRound:
    published = PublishedRound.objects.create(title=title, published_at=now)
    record("portal.round_published", published, after=values_of(published))
    return published
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

import structlog
from django.db import OperationalError, transaction

from cchc.audit.actors import Actor
from cchc.audit.audit_kinds import FOLLOWER_FAILED
from cchc.audit.chain import append
from cchc.audit.followers import Follower, Happened, followed, name_of
from cchc.audit.recording import OpenAction, nothing_changed, open_action, opened, record, tell_of_keeping, values_of
from cchc.records.errors import refuse

__all__ = ["REGISTER_BUSY", "action", "nothing_changed", "record", "tell_of_keeping", "values_of"]

REGISTER_BUSY: Final = "audit.register_busy"
_LOCKED: Final = "database is locked"  # how SQLite says that another one is writing

P = ParamSpec("P")
R = TypeVar("R")
_log = structlog.get_logger(__name__)
_LAZY = (inspect.iscoroutinefunction, inspect.isgeneratorfunction, inspect.isasyncgenfunction)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function an action. All its parameters are keyword-only; `actor` and `now` are among them.

    The outermost action opens one transaction, which nobody may have opened before, lets followers do their part and
    appends the events of all at its end; what it raises rolls everything back. A nested action that raises takes back
    only its own writes and events, so that the outer one may catch the error and go on. An action that ends without
    an event raises `UnrecordedWrite`, unless it called `nothing_changed()` and wrote nothing.
    """
    _check_signature(function)

    @wraps(function)
    def run(*args: P.args, **given: P.kwargs) -> R:
        actor, now = _author(function, given)

        def work(opening: OpenAction) -> R:
            with opened(opening):
                answer = function(*args, **given)
            opening.check_recorded(function.__qualname__)
            return answer

        outer = open_action()
        if outer is None:
            return _run_outermost(OpenAction(actor, now), work)
        return _run_nested(outer, OpenAction(actor, now, outer.drafts, len(outer.drafts)), work)

    return run


def _run_outermost(opening: OpenAction, work: Callable[[OpenAction], R]) -> R:
    # The action is closed before the commit: what runs on commit opens actions of its own.
    with ExitStack() as stack:
        _wait_for_turn(stack)
        answer = work(opening)
        _tell_followers(opening)
        append(opening.drafts, opening.tell_kept)
    return answer


def _wait_for_turn(stack: ExitStack) -> None:
    """Begin the transaction. On SQLite one writes at a time and the others wait; raises `audit.register_busy` when it
    takes longer than `databases` says, as a refusal: what was typed stays in its form.
    """
    try:
        stack.enter_context(transaction.atomic(durable=True))
    except OperationalError as error:
        if _LOCKED not in str(error):
            raise
        raise refuse(REGISTER_BUSY) from error


def _tell_followers(opening: OpenAction) -> None:
    """Let the followers of what was recorded do their part; see `cchc.audit.followers`.

    Whatever one of them raises, the action stands: nobody's role stays because a notice of its end cannot be written.
    """
    for follower, events in followed(opening.drafts).items():
        with opened(opening):
            try:
                _follow(opening, follower, events)
            except Exception as fault:  # noqa: BLE001 - logged, and said in the chain
                _log.error("audit_follower_fault", follower=name_of(follower), exc_info=fault)
                missed = {"kinds": sorted({event.kind for event in events}), "fault": type(fault).__name__}
                record(FOLLOWER_FAILED, ("audit.Follower", name_of(follower)), after=missed)


def _follow(opening: OpenAction, follower: Follower, events: Sequence[Happened]) -> None:
    """One follower, as a nested action that may rightly have nothing to do."""

    def work(nested: OpenAction) -> None:
        with opened(nested):
            follower(events)
        nested.check_recorded(name_of(follower))

    nested = OpenAction(opening.actor, opening.now, opening.drafts, len(opening.drafts), has_changed_nothing=True)
    _run_nested(opening, nested, work)


def _run_nested(outer: OpenAction, opening: OpenAction, work: Callable[[OpenAction], R]) -> R:
    try:
        with transaction.atomic():
            answer = work(opening)
    except BaseException:
        del outer.drafts[opening.first :]
        raise
    outer.has_changed_nothing |= opening.has_changed_nothing
    outer.tell_kept = opening.tell_kept or outer.tell_kept
    return answer


def _check_signature(function: Callable[..., Any]) -> None:
    parameters = inspect.signature(function).parameters
    if any(parameter.kind is not parameter.KEYWORD_ONLY for parameter in parameters.values()):
        raise TypeError(f"{function.__qualname__}: an action takes keyword-only parameters")
    if not {"actor", "now"} <= parameters.keys():
        raise TypeError(f"{function.__qualname__}: an action takes actor= and now=")
    if any(is_lazy(function) for is_lazy in _LAZY):
        raise TypeError(f"{function.__qualname__}: an action does its work before it returns")


def _author(function: Callable[..., Any], given: dict[str, Any]) -> tuple[Actor, datetime]:
    actor, now = given.get("actor"), given.get("now")
    if not isinstance(actor, Actor):
        raise TypeError(f"{function.__qualname__}: actor= is an Actor, not {actor!r}")
    if not isinstance(now, datetime) or now.utcoffset() is None:
        raise TypeError(f"{function.__qualname__}: now= is a datetime with a time zone, not {now!r}")
    return actor, now
