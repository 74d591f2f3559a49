"""Publishing the result of a round that was scored here: what two persons froze, as it stands, is what is shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc.assessments.actions.approving import make_public
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Approval, Freeze, Round
from cchc.assessments.queries.results import ResultRow, results_of
from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.queries.units import named
from cchc.portal.actions import slug_of, slugs_of, supersede
from cchc.portal.audit_kinds import ROUND_PUBLISHED
from cchc.portal.models import PublishedResult, PublishedRound
from cchc.records.numbers import decimal_text
from cchc.records.search import fold, sort_key
from cchc.scoring.criteria import CriteriaSet


@dataclass(frozen=True, slots=True)
class PublicFacts:
    """What the public page is called, in two languages (English may be missing), and of which level its units are."""

    title_vi: str
    title_en: str
    level: str


@action
def publish_frozen(
    *, actor: Actor, now: datetime, round_: Round, facts: PublicFacts, expected_version: int
) -> PublishedRound:  # fmt: skip
    """Put the approved version on the public pages and move the round on. A version that follows one that was published
    replaces it with the reason given when it was put forward; the one before stays readable.

    Raises `assessments.round_stale`, `assessments.not_in_state`.
    """
    locked = make_public(actor=actor, now=now, round_=round_, expected_version=expected_version)
    version = locked.result_version
    freeze = locked.freezes.get(version=version, confirmed_at__isnull=False)
    approval = locked.approvals.get(version=version)
    criteria = set_of(locked)
    rows = [_row(one) for one in results_of(locked, criteria, version)]
    columns = _columns(locked, criteria, facts, approval)
    current = PublishedRound.objects.select_for_update().filter(slug=columns["slug"], is_current=True).first()
    reason = _reason(locked, freeze, current)
    published = PublishedRound.objects.create(
        **columns, version=supersede(current), reason=reason, table_hash=_hash(columns, rows), published_at=now,
        scored_in=locked, result_version=version, is_sample=locked.is_sample,
    )  # fmt: skip
    PublishedResult.objects.bulk_create(PublishedResult(round=published, **row) for row in _ordered(rows))
    record(ROUND_PUBLISHED, published, after=values_of(published) | {"units": len(rows)}, reason=reason or None)
    return published


def published_of(round_: Round) -> PublishedRound | None:
    """The public version in force of a round scored here."""
    return PublishedRound.objects.filter(scored_in=round_, is_current=True).first()


def _reason(round_: Round, freeze: Freeze, current: PublishedRound | None) -> str:
    """Why it replaces what is public: all that was said of the versions since."""
    if current is None:
        return ""
    since = round_.freezes.filter(version__gt=current.result_version or 0, version__lte=freeze.version)
    return "; ".join(one.reason for one in since.exclude(confirmed_at=None).order_by("version") if one.reason)


def _columns(round_: Round, criteria: CriteriaSet, facts: PublicFacts, approval: Approval) -> dict[str, Any]:
    holder = slug_of(round_.organizer.code)[:50]
    names = [one.name_vi for one in named([round_.organizer], approval.decided_on)]
    place = names[0] if names else round_.organizer.code
    return {
        "slug": f"{holder}-{round_.year}-{round_.pk}",
        "title_vi": facts.title_vi,
        "title_en": facts.title_en,
        "year": round_.year,
        "level": facts.level,
        "series": f"{holder}-{facts.level}",
        "place_vi": place,
        "publisher_vi": place,
        "source_document": f"Quyết định số {approval.number}, {approval.signer}",
        "source_on": approval.decided_on,
        "criteria_document": criteria.source.document,
        "criteria_on": criteria.source.on,
        "decimals": criteria.index_decimals,
        "bands": [
            {
                "id": band.id, "from": decimal_text(band.start), "vi": band.name.vi, "en": band.name.en or "",
                "doubt_vi": "", "doubt_en": "",
            }
            for band in criteria.bands
        ],
    }  # fmt: skip


def _row(one: ResultRow) -> dict[str, Any]:
    """What a unit came to; points that have no end as a decimal are rounded half up to six."""
    printed = {"appraised": decimal_text(one.points), "appraised_max": decimal_text(one.maximum)}
    if one.own_points is not None and one.own_maximum is not None:
        printed |= {"self": decimal_text(one.own_points), "self_max": decimal_text(one.own_maximum)}
    return {
        "unit_name": one.sheet.name,
        "search_key": fold(one.sheet.name),
        "group": one.sheet.group,
        "printed": printed,
        "index": one.index,
        "self_index": one.own_index,
        "band": one.band_id,
        "rank": one.rank,
    }


def _ordered(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """With their numbers, addresses and the two orders in which they are read."""
    groups = {name: f"{place:05}" for place, name in enumerate(sorted({row["group"] for row in rows}, key=sort_key))}
    slugs = slugs_of(row["unit_name"] for row in rows)
    return [
        row
        | {
            "row": place,
            "slug": slug,
            "by_rank": f"{groups[row['group']]}{row['rank']:07}{sort_key(row['unit_name'])}{place:07}",
            "by_name": f"{sort_key(row['unit_name'])}{place:07}",
        }
        for place, (row, slug) in enumerate(zip(rows, slugs, strict=True), start=1)
    ]


def _hash(columns: dict[str, Any], rows: Sequence[dict[str, Any]]) -> str:
    return hashlib.sha256(json.dumps([columns, rows], sort_keys=True, default=str).encode()).hexdigest()
