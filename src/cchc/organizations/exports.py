"""Lists of this room that are taken along, however long: the units and officials that one administers."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest

from cchc.organizations.actions.imports import note_export
from cchc.organizations.exporting import ExportKind, Taken, Wanted
from cchc.organizations.importing.template import template_sheets
from cchc.organizations.permissions import ADMINISTRATOR, may_import
from cchc.organizations.queries.register import number_in, officials_in, scope_of, units_in
from cchc.records.text import LocalText

_FILE = "don-vi-can-bo.xlsx"


def _register(asking: HttpRequest) -> Wanted:
    """The template filled with all there is in scope: personal data, so it is written down who took it."""
    viewer = asking.viewer
    scope = scope_of(viewer, ADMINISTRATOR)

    def read() -> Taken:
        units, officials = units_in(scope), officials_in(scope, viewer.day)
        note = partial(note_export, official=viewer.official, units=len(units), officials=len(officials))
        return Taken(template_sheets(units, officials), len(officials), [one.code for one in officials], note)

    return Wanted(_FILE, lambda: number_in(scope, viewer.day), read)


def _template(asking: HttpRequest) -> Wanted:
    """The workbook to fill in, with the units there are and nobody in them."""
    scope = scope_of(asking.viewer, ADMINISTRATOR)
    return Wanted(_FILE, lambda: number_in(scope), lambda: Taken(template_sheets(units_in(scope), ())))


register = ExportKind(
    "organizations.register",
    LocalText("Danh sách đơn vị, cán bộ", "List of units and officials"),
    may_import,
    _register,
)
template = ExportKind(
    "organizations.template", LocalText("Tệp mẫu đơn vị, cán bộ", "Template of units and officials"), may_import,
    _template,
)  # fmt: skip
