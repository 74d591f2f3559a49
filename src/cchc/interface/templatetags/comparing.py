"""Many units at one glance: `{% load comparing %}`. The figures stand in a table; colour and lines only repeat them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cchc.interface.drawing import LINE_HEIGHT, LINE_WIDTH, dot_path, heat_ranges, heat_step, line_path
from cchc.interface.shapes import HeatCell, HeatRow, Link, Panel
from cchc.interface.templatetags.figures import Exact, figure
from cchc.records.search import fold

register = template.Library()


@register.inclusion_tag("interface/components/heat_matrix.html")
def heat_matrix(
    criteria: Sequence[Link],
    rows: Sequence[HeatRow],
    caption: str,
    note: str = "",
    most: Exact = 100,
    decimals: int = 0,
) -> dict[str, Any]:
    """Units × criteria: a number in every cell, its fifth of 0…`most` as colour, which can be switched off. One stop
    for Tab, then arrow keys. A unit that has not locked its figures has "–" and a note.
    """
    return {
        "criteria": criteria,
        "rows": [{"row": row, "cells": [_cell(cell, most, decimals) for cell in row.cells]} for row in rows],
        "ranges": [
            {"step": found.step, "low": figure(found.low, decimals), "high": figure(found.high, decimals)}
            for found in heat_ranges(most, decimals)
        ],
        "caption": caption,
        "note": note,
        "key": slugify(fold(caption)),
    }


@register.inclusion_tag("interface/components/small_multiples.html")
def small_multiples(
    panels: Sequence[Panel],
    periods: Sequence[str],
    low: Exact,
    high: Exact,
    caption: str,
    note: str = "",
    decimals: int = 2,
    what: str = "",
) -> dict[str, Any]:
    """For more than six units: one small drawing each, all on the scale `low`…`high`, the reader's own unit bold, and
    the table beside; `what` its rows are where they are no units.
    """
    return {
        "drawn": [_drawn(one, low, high, decimals) for one in panels],
        "periods": periods,
        "low": figure(low),
        "high": figure(high),
        "caption": caption,
        "note": note,
        "what": what or _("Unit"),
        "view_box": f"0 0 {LINE_WIDTH} {LINE_HEIGHT}",
    }


def _cell(cell: HeatCell, most: Exact, decimals: int) -> dict[str, Any]:
    step = 0 if cell.value is None else heat_step(cell.value, most, decimals)
    return {"value": figure(cell.value, decimals), "step": step, "url": cell.url}


def _drawn(one: Panel, low: Exact, high: Exact, decimals: int) -> dict[str, Any]:
    values = [figure(value, decimals) for value in one.values]
    known = [value for value, exact in zip(values, one.values, strict=True) if exact is not None]
    return {
        "panel": one,
        "path": line_path(one.values, low, high),
        "dots": dot_path(one.values, low, high),
        "values": values,
        "last": known[-1] if known else figure(None),
    }
