"""The unit that a list is narrowed to: typed by name into its filters, or its code in an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.forms import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cchc.interface.forms import ActionForm
from cchc.interface.shapes import Link
from cchc.organizations.fields import UnitField
from cchc.organizations.models import Unit

KEY: Final = "don-vi"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """`unit` is None when nothing was asked, and when what was asked is unclear: then `refusal` says why, and `choices`
    lead to the list narrowed to each that may be meant. `field` is drawn among the filters.
    """

    field: BoundField
    unit: Unit | None = None
    refusal: str = ""
    choices: Sequence[Link] = ()


def narrowed_to(request: HttpRequest) -> Narrowing:
    """What `don-vi` of the address means to the viewer. Three queries when it is there."""
    typed = request.GET.get(KEY, "").replace("\0", "").strip()
    drawn = _UnitForm(initial={KEY: typed})
    drawn.pick_as(request.viewer)
    if not typed:
        return Narrowing(drawn[KEY])
    asked = _UnitForm({KEY: typed})
    asked.pick_as(request.viewer)
    if asked.is_valid():
        return Narrowing(drawn[KEY], asked.cleaned_data[KEY])
    offered = asked.fields[KEY].widget.offered
    choices = [
        Link(f"{one.line} · {one.note}" if one.note else one.line, _address(request, one.value)) for one in offered
    ]
    return Narrowing(drawn[KEY], None, " ".join(asked.errors[KEY]), choices)


class _UnitForm(ActionForm):
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, auto_id="loc-%s", **given)
        self.fields[KEY] = UnitField(label=_("Unit with all under it"), required=False, can_look_up=False)


def _address(request: HttpRequest, code: str) -> str:
    query = request.GET.copy()
    query[KEY] = code
    return f"{request.path}?{query.urlencode()}"
