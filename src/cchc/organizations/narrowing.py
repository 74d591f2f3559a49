"""The unit or the official that a list is narrowed to: typed by name into its filters, or a code in an address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from django.forms import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cchc.interface.forms import ActionForm
from cchc.interface.picking import PickField
from cchc.interface.shapes import Link
from cchc.organizations.fields import OfficialField, UnitField
from cchc.organizations.models import Official, Unit

KEY: Final = "don-vi"
PERSON_KEY: Final = "nguoi"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Narrowing(Generic[T]):
    """`found` is None when nothing was asked, and when what was asked is unclear: then `refusal` says why, and
    `choices` lead to the list narrowed to each that may be meant. `field` is drawn among the filters.
    """

    field: BoundField
    found: T | None = None
    refusal: str = ""
    choices: Sequence[Link] = ()

    @property
    def unit(self) -> T | None:
        """What was found, where units are asked for."""
        return self.found


def narrowed_to(request: HttpRequest) -> Narrowing[Unit]:
    """What `don-vi` of the address means to the viewer. Two queries when it is there."""
    label = _("Unit with all under it")
    return narrowed(request, KEY, lambda: UnitField(label=label, required=False, can_look_up=False))


def narrowed_to_person(request: HttpRequest) -> Narrowing[Official]:
    """What `nguoi` of the address means to the viewer. Two queries when it is there."""
    return narrowed(request, PERSON_KEY, lambda: OfficialField(label=_("Who acted"), required=False, can_look_up=False))


def narrowed(request: HttpRequest, key: str, make: Callable[[], PickField]) -> Narrowing[Any]:
    """What `key` of the address means to the viewer, picked by the field that `make` makes."""
    typed = request.GET.get(key, "").replace("\0", "").strip()
    if not typed:
        return Narrowing(_drawn(request, key, make, typed))
    asked = _OneField(key, make(), {key: typed})
    asked.pick_as(request.viewer)
    if asked.is_valid():
        return Narrowing(asked[key], asked.cleaned_data[key])  # its line is what was picked: nothing more is asked
    offered = asked.fields[key].widget.offered
    choices = [
        Link(f"{one.line} · {one.note}" if one.note else one.line, _address(request, key, one.value)) for one in offered
    ]
    return Narrowing(_drawn(request, key, make, typed), None, " ".join(asked.errors[key]), choices)


def _drawn(request: HttpRequest, key: str, make: Callable[[], PickField], typed: str) -> BoundField:
    """The field as nobody has judged it yet: what is unclear is said above the list, not at the field."""
    drawn = _OneField(key, make(), initial={key: typed})
    drawn.pick_as(request.viewer)
    return drawn[key]


class _OneField(ActionForm):
    def __init__(self, key: str, field: PickField, *args: Any, **given: Any) -> None:
        super().__init__(*args, auto_id="loc-%s", **given)
        self.fields[key] = field


def _address(request: HttpRequest, key: str, code: str) -> str:
    query = request.GET.copy()
    query[key] = code
    return f"{request.path}?{query.urlencode()}"
