"""Kinds of notices. Each room lists its own in its module `notice_kinds`: `KINDS = (NoticeKind(…), …)`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from types import MappingProxyType

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from cchc.records.text import LocalText


class Mail(StrEnum):
    """When a notice is mailed."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind: its code `room.what_happened`, under which its words stand in the room's `notice_texts.yaml`.

    `parameters` are what the words may name. `page` makes the address of what it tells of from the subject's id.
    A duty (`is_duty`) always stays in the recipient's list; `mail` is when it is mailed to whoever wishes nothing
    else, and if `mail_is_fixed` also to whoever does: for what somebody must hear who has lost their account.
    """

    code: str
    name: LocalText
    parameters: tuple[str, ...]
    page: Callable[[str], str] | None = None
    is_duty: bool = True
    mail: Mail = Mail.AT_ONCE
    mail_is_fixed: bool = False


@cache
def notice_kinds() -> Mapping[str, NoticeKind]:
    """Every kind by its code, in the order of the rooms. Raises `ValueError` for a kind that a room lists wrongly."""
    kinds: dict[str, NoticeKind] = {}
    for room in apps.get_app_configs():
        if room.module is not None and module_has_submodule(room.module, "notice_kinds"):
            for kind in import_module(f"{room.name}.notice_kinds").KINDS:
                if not kind.code.startswith(f"{room.label}.") or kind.code in kinds:
                    raise ValueError(f"the kind {kind.code!r} stands twice, or in room {room.label!r} by mistake")
                if not (kind.name.vi and kind.name.en):
                    raise ValueError(f"the kind {kind.code!r} needs a Vietnamese and an English name")
                kinds[kind.code] = kind
    return MappingProxyType(kinds)


def notice_kind(code: str) -> NoticeKind:
    """The kind of that code. Raises `LookupError`."""
    try:
        return notice_kinds()[code]
    except KeyError:
        raise LookupError(f"{code!r} stands in no room's notice_kinds") from None
