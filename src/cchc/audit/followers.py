"""What other rooms do when something has happened: in the same transaction, unknown to the room where it did.

A room lists in its module `audit_followers` which kinds of events it wants to hear of, also those of lower rooms:

FOLLOWERS = {"organizations.role_granted": tell_of_role}

def tell_of_role(events: Sequence[Happened]) -> None:
    tell(actor=events[0].actor, now=events[0].at, …)    # an action, nested in the one that is being followed

A follower runs when the outermost action has done its work, before its events enter the chain. It gets the events of
the action in their order, once, as values it cannot change; what it records itself is appended behind them and is not
followed. A follower that fails takes back its own writes and nothing else: the fault is logged, and the chain says
`audit.follower_failed` beside the events that were not followed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any, TypeAlias

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from cchc.audit.actors import Actor
from cchc.audit.canonical import read_canonical
from cchc.audit.recording import Draft


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as its followers see it; `before` and `after` as they were recorded, read back from their text."""

    kind: str
    subject: tuple[str, str]
    actor: Actor
    at: datetime
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    reason: str | None


Follower: TypeAlias = Callable[[Sequence[Happened]], None]


@cache
def known_followers() -> Mapping[str, tuple[Follower, ...]]:
    """Who follows each kind. `audit.checks` says which of these kinds no room lists."""
    followers: dict[str, tuple[Follower, ...]] = {}
    for room in apps.get_app_configs():
        if room.module is not None and module_has_submodule(room.module, "audit_followers"):
            for kind, follower in import_module(f"{room.name}.audit_followers").FOLLOWERS.items():
                followers[kind] = (*followers.get(kind, ()), follower)
    return MappingProxyType(followers)


def followed(drafts: Iterable[Draft]) -> Mapping[Follower, Sequence[Happened]]:
    """Who has to hear of these events, and of which."""
    known = known_followers()
    heard: dict[Follower, list[Happened]] = {}
    for draft in drafts:
        for follower in known.get(draft.kind, ()):
            heard.setdefault(follower, []).append(_happened(draft))
    return heard


def name_of(follower: Follower) -> str:
    """`cchc.notices.audit_followers.tell_of_role`."""
    return f"{follower.__module__}.{getattr(follower, '__qualname__', type(follower).__name__)}"


def _happened(draft: Draft) -> Happened:
    body = read_canonical(draft.body)
    return Happened(draft.kind, draft.subject, draft.actor, draft.at, body["before"], body["after"], body["reason"])
