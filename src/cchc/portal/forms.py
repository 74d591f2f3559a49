"""What readers can ask of a ranking, taken from the address. Everything has a sensible answer: nothing is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from cchc.portal.queries import Asked, Order

_LONGEST: Final = 200
_MOST_DIGITS: Final = 4


def asked_of_ranking(query: QueryDict) -> Asked:
    """`nhom`, `tim`, `sai` (misprinted only), `xep` (`ten` for by name), `sau` or `truoc` a unit at a page's edge."""
    order: Order = "name" if query.get("xep") == "ten" else "rank"
    return Asked(
        group=_text(query, "nhom"),
        text=_text(query, "tim"),
        misprinted=bool(_text(query, "sai")),
        order=order,
        after=_text(query, "sau"),
        before=_text(query, "truoc"),
    )


def asked_number(query: QueryDict, name: str) -> int | None:
    """A small whole number such as a year or a version; None when it is none."""
    text = _text(query, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def _text(query: QueryDict, name: str) -> str:
    """Spaces folded, cut at a length nobody types, without the NUL that PostgreSQL refuses."""
    return " ".join(query.get(name, "").replace("\0", "").split())[:_LONGEST]


def ranking_form(
    asked: Asked, groups: Sequence[str], version: int | None, *, is_printed: bool = True
) -> forms.Form:  # fmt: skip
    """The filter bar of a ranking, filled with what was asked; the group only where there are groups, misprints where
    the table was printed.
    """
    form = forms.Form(auto_id="loc-%s")
    form.fields["tim"] = forms.CharField(
        label=_("Find a unit"), initial=asked.text, max_length=_LONGEST, required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    if groups:
        names = [("", _("All groups")), *((group, group) for group in groups)]
        form.fields["nhom"] = forms.ChoiceField(label=_("Group"), choices=names, initial=asked.group, required=False)
    orders = [("", _("Rank")), ("ten", _("Name"))]
    form.fields["xep"] = forms.ChoiceField(
        label=_("Order by"), choices=orders, initial="ten" if asked.order == "name" else "", required=False
    )
    if is_printed:
        form.fields["sai"] = forms.BooleanField(
            label=_("Only units with a misprint"), initial=asked.misprinted, required=False
        )
    if version is not None:
        form.fields["ban"] = forms.IntegerField(initial=version, widget=forms.HiddenInput())
    return form
