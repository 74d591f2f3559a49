"""The list of this room that is taken along: how units use the system in a period."""

from __future__ import annotations

from django.http import HttpRequest

from cchc.dossiers.permissions import may_see_dossiers
from cchc.dossiers.queries.adoption import adoption
from cchc.dossiers.shown_adoption import asked_period, use_table
from cchc.interface.together import answer
from cchc.organizations.exporting import ExportKind, Taken, Wanted
from cchc.records.text import LocalText


def _use(asking: HttpRequest) -> Wanted:
    units = answer(adoption(asking.viewer, asked_period(asking))).units
    return Wanted("su-dung-he-thong.xlsx", lambda: len(units), lambda: Taken([use_table(units)]))


use = ExportKind(
    "dossiers.use", LocalText("Tình hình sử dụng hệ thống", "Use of the system"), may_see_dossiers, _use
)  # fmt: skip
