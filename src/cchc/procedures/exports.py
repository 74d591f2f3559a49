"""The list of this room that is taken along, however long: the catalogue as it is narrowed."""

from __future__ import annotations

from django.http import HttpRequest

from cchc.organizations.exporting import ExportKind, Taken, Wanted
from cchc.procedures.addresses import asked_procedures
from cchc.procedures.permissions import may_see_procedures
from cchc.procedures.queries.catalogue import find_procedures
from cchc.procedures.queries.versions import versions_to_take
from cchc.procedures.sheets import catalogue_table
from cchc.records.text import LocalText


def _catalogue(asking: HttpRequest) -> Wanted:
    found = find_procedures(asking.viewer, asked_procedures(asking))
    return Wanted(
        "danh-muc-thu-tuc.xlsx", found.count, lambda: Taken([catalogue_table(list(versions_to_take(found)))])
    )  # fmt: skip


catalogue = ExportKind(
    "procedures.catalogue",
    LocalText("Danh mục thủ tục hành chính", "Catalogue of administrative procedures"),
    may_see_procedures,
    _catalogue,
)
