"""The list of this room that is taken along, however long: the catalogue as it is narrowed."""

from __future__ import annotations

from django.http import HttpRequest

from cchc.followups.addresses import require_clear
from cchc.organizations.exporting import ExportKind, Taken, Wanted
from cchc.organizations.narrowing import narrowed_to
from cchc.procedures.addresses import asked_procedures, asked_publications
from cchc.procedures.permissions import may_see_procedures
from cchc.procedures.queries.catalogue import find_procedures
from cchc.procedures.queries.publications import find_publications
from cchc.procedures.queries.versions import versions_to_take
from cchc.procedures.sheets import catalogue_table, publications_table
from cchc.records.text import LocalText


def _catalogue(asking: HttpRequest) -> Wanted:
    found = find_procedures(asking.viewer, asked_procedures(asking))
    return Wanted(
        "danh-muc-thu-tuc.xlsx", found.count, lambda: Taken([catalogue_table(list(versions_to_take(found)))])
    )  # fmt: skip


def _publications(asking: HttpRequest) -> Wanted:
    found = find_publications(asking.viewer, asked_publications(asking, require_clear(narrowed_to(asking)).unit))
    return Wanted("so-cong-khai-thu-tuc.xlsx", found.count, lambda: Taken([publications_table(found)]))


publications = ExportKind(
    "procedures.publications",
    LocalText("Sổ theo dõi công khai thủ tục", "Publication register of procedures"),
    may_see_procedures,
    _publications,
)
catalogue = ExportKind(
    "procedures.catalogue",
    LocalText("Danh mục thủ tục hành chính", "Catalogue of administrative procedures"),
    may_see_procedures,
    _catalogue,
)
