"""What rooms offer to a host that knows none of them: values at the top of a module of an agreed name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Protocol, TypeVar

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


class Offer(Protocol):
    """Anything with a code that starts with its room: `organizations.delegations`."""

    @property
    def code(self) -> str: ...


Offered = TypeVar("Offered", bound=Offer)


def room_modules(name: str) -> Iterator[tuple[AppConfig, ModuleType]]:
    """The module of that name of every room that has one, lower rooms first."""
    for room in apps.get_app_configs():
        if room.module is not None and module_has_submodule(room.module, name):
            yield room, import_module(f"{room.name}.{name}")


def offers(name: str, kind: type[Offered]) -> Mapping[str, Offered]:
    """Every `kind` that rooms offer in their modules `name`, by code, in the order of rooms and lines.

    Raises `ValueError` for a code that does not start with its room, or stands twice.
    """
    found: dict[str, Offered] = {}
    for room, module in room_modules(name):
        for offer in vars(module).values():
            if isinstance(offer, kind):
                if not offer.code.startswith(f"{room.label}.") or offer.code in found:
                    raise ValueError(f"{offer.code!r} stands twice, or in room {room.label!r} by mistake")
                found[offer.code] = offer
    return MappingProxyType(found)
