"""Samples of names that are picked: empty, picked, unclear, unknown, several, and in a filter."""

from __future__ import annotations

from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cchc.interface.forms import ActionForm
from cchc.interface.hosting.picking import get_pick_kind, likely
from cchc.interface.picking import PickField, PickManyField

_KIND: Final = "interface.sample"


class PickSamples(ActionForm):
    """A field in each state."""

    empty = PickField(_KIND, label=_("Not chosen yet"), required=False, help_text=_("Part of the name, or the code."))
    picked = PickField(_KIND, label=_("Chosen"))
    unclear = PickField(_KIND, label=_("A name that two units have"))
    unknown = PickField(_KIND, label=_("A name that no unit has"))
    several = PickManyField(_KIND, label=_("Several, one of them unclear"))
    filtered = PickField(_KIND, label=_("Among filters: looked up with them"), required=False, can_look_up=False)


def picking() -> dict[str, Any]:
    """A form that was refused, as the page shows it then."""
    data = QueryDict(mutable=True)
    data.update({"picked": "xa-mau-mot", "unclear": "van phong", "unknown": "Xã Không Có", "several__text": "Xã Mẫu"})
    data.setlist("several", ["xa-mau-hai"])
    form = PickSamples(data, auto_id="pick_%s")
    form.pick_as(None)
    form.full_clean()
    return {"pick_form": form, "pick_choices": likely(get_pick_kind(_KIND), None, ""), "pick_nothing": []}
