"""The lists of this room that are taken along: how units use the system in a period, how their dossiers fared."""

from __future__ import annotations

from django.http import HttpRequest

from cchc.dossiers.permissions import may_see_dossiers
from cchc.dossiers.queries.adoption import adoption
from cchc.dossiers.queries.quality import quality as fared
from cchc.dossiers.shown_adoption import asked_period, use_table
from cchc.dossiers.shown_quality import quality_table
from cchc.interface.together import answer
from cchc.organizations.exporting import ExportKind, Taken, Wanted
from cchc.records.text import LocalText


def _use(asking: HttpRequest) -> Wanted:
    units = answer(adoption(asking.viewer, asked_period(asking))).units
    return Wanted("su-dung-he-thong.xlsx", lambda: len(units), lambda: Taken([use_table(units)]))


def _quality(asking: HttpRequest) -> Wanted:
    found = answer(fared(asking.viewer, asked_period(asking)))
    return Wanted("chat-luong-giai-quyet.xlsx", lambda: len(found.units), lambda: Taken([quality_table(found)]))


use = ExportKind(
    "dossiers.use", LocalText("Tình hình sử dụng hệ thống", "Use of the system"), may_see_dossiers, _use
)  # fmt: skip
quality = ExportKind(
    "dossiers.quality", LocalText("Chất lượng giải quyết", "How dossiers fared"), may_see_dossiers, _quality
)  # fmt: skip
