"""Publishing: the one way a result table reaches the public pages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, count
from typing import Any, Final

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.portal.audit_kinds import ROUND_PUBLISHED
from cchc.portal.descriptions import DescribedBand, RoundDescription
from cchc.portal.models import PublishedResult, PublishedRound
from cchc.records.errors import DomainError, Problem, refuse
from cchc.records.numbers import decimal_text
from cchc.records.search import fold, sort_key
from cchc.records.text import LANGUAGES
from cchc.records.words import say
from cchc.scoring.published import CheckedRow, CheckedTable, check_table
from cchc.scoring.published_explanations import explain
from cchc.tables.grid import Grid

_MAX_NAME: Final = 200
_MAX_SLUG: Final = 100


@action
def publish_round(
    *,
    actor: Actor,
    now: datetime,
    description: RoundDescription,
    table: Sequence[Grid],
    reason: str = "",
) -> PublishedRound:
    """Check `table` and put it on the public pages; the version in force afterwards.

    The same table and description again change nothing. A different one is a new version, needs a `reason`, and
    leaves the old version readable. Raises `DomainError` for a table with row errors (one problem per error) and
    for a new version without reason; nothing is written then.
    """
    checked = _check(description, table)
    facts = _round_facts(description)
    content = _hash(facts, checked)
    current = PublishedRound.objects.select_for_update().filter(slug=description.slug, is_current=True).first()
    if current is not None and current.table_hash == content:
        nothing_changed()
        return current
    if current is not None and not reason.strip():
        raise refuse("portal.new_version_needs_reason", slug=description.slug)
    version = supersede(current)
    published = PublishedRound.objects.create(
        **facts, version=version, reason=reason.strip(), table_hash=content, published_at=now
    )
    PublishedResult.objects.bulk_create(PublishedResult(round=published, **row) for row in _row_facts(checked))
    after = values_of(published) | {"units": len(checked.rows)}
    record(ROUND_PUBLISHED, published, after=after, reason=reason.strip() or None)
    return published


def _check(description: RoundDescription, table: Sequence[Grid]) -> CheckedTable:
    """The checked table, or a refusal that names every row in error."""
    bands = tuple(described.band for described in description.bands)
    checked = check_table(table, decimals=description.decimals, bands=bands)
    problems = [Problem(error, row.place) for row in checked.rows for error in row.errors]
    problems += [_too_long(row) for row in checked.rows if len(row.unit) > _MAX_NAME]
    if problems:
        raise DomainError(*problems)
    return checked


def _too_long(row: CheckedRow) -> Problem:
    return refuse("portal.name_too_long", row.place, limit=_MAX_NAME).problems[0]


def supersede(current: PublishedRound | None) -> int:
    """The number of the next version; the current one is no longer in force."""
    if current is None:
        return 1
    current.is_current = False
    current.save(update_fields=["is_current"])
    return current.version + 1


def _hash(facts: dict[str, Any], checked: CheckedTable) -> str:
    """SHA-256 of what was described and printed; our own sentences may improve without making a new version."""
    printed = [[row.row, row.unit, row.group, _printed(row)] for row in checked.rows]
    return hashlib.sha256(json.dumps([facts, printed], sort_keys=True, default=str).encode()).hexdigest()


def _round_facts(description: RoundDescription) -> dict[str, Any]:
    """The columns of a round that come from its description."""
    source, criteria = description.source, description.criteria
    return {
        "slug": description.slug,
        "title_vi": description.title.vi,
        "title_en": description.title.en or "",
        "year": description.year,
        "level": description.level,
        "series": description.series,
        "place_vi": description.place.vi,
        "place_en": description.place.en or "",
        "publisher_vi": description.published_by.vi,
        "publisher_en": description.published_by.en or "",
        "source_document": source.document,
        "source_on": source.on,
        "source_url": source.url or "",
        "criteria_document": criteria.document,
        "criteria_on": criteria.on,
        "decimals": description.decimals,
        "bands": [_band_facts(described) for described in description.bands],
    }


def _band_facts(described: DescribedBand) -> dict[str, str]:
    band, doubt = described.band, described.doubt
    return {
        "id": band.id,
        "from": decimal_text(band.start),
        "vi": band.name.vi,
        "en": band.name.en or "",
        "doubt_vi": doubt.vi if doubt else "",
        "doubt_en": (doubt.en or "") if doubt else "",
    }


def _row_facts(checked: CheckedTable) -> list[dict[str, Any]]:
    """The columns of every result. A table without row errors has an index, class and rank on every row."""
    names = sorted({row.group or "" for row in checked.rows}, key=sort_key)
    groups = {name: f"{number:05}" for number, name in enumerate(names)}
    slugs = slugs_of(row.unit for row in checked.rows)
    return [
        {
            "row": row.row,
            "unit_name": row.unit,
            "slug": slug,
            "search_key": fold(row.unit),
            "group": row.group or "",
            "printed": _printed(row),
            "index": row.computed.index,
            "self_index": row.computed.self_index,
            "band": row.computed.band.id if row.computed.band else "",
            "rank": row.computed.rank,
            "disagreements": list(row.disagree),
            "explanations": [{name: say(message, name) for name in LANGUAGES} for message in explain(row)],
            "by_rank": f"{groups[row.group or '']}{row.computed.rank:07}{sort_key(row.unit)}{row.row:07}",
            "by_name": f"{sort_key(row.unit)}{row.row:07}",
        }
        for row, slug in zip(checked.rows, slugs, strict=True)
    ]


def _printed(row: CheckedRow) -> dict[str, str]:
    """What the table prints, as text; what it does not print is absent."""
    printed = row.printed
    figures = {
        "self": printed.self_points,
        "self_max": printed.self_max,
        "appraised": printed.appraised,
        "appraised_max": printed.maximum,
    }
    texts = {name: decimal_text(figure) for name, figure in figures.items() if figure is not None}
    others = {"index": printed.index_text, "class": printed.class_name, "rank": printed.rank}
    return texts | {name: str(value) for name, value in others.items() if value is not None}


def slugs_of(names: Iterable[str]) -> Iterator[str]:
    """An address for each unit: its name without tone marks; when that is taken, with `-2`, `-3` … behind."""
    used: set[str] = set()
    for name in names:
        base = slug_of(name)
        slug = next(slug for slug in chain((base,), (f"{base}-{n}" for n in count(2))) if slug not in used)
        used.add(slug)
        yield slug


def slug_of(name: str) -> str:
    """`UBND xã Đăk Pnê` → `ubnd-xa-dak-pne`; a name without a Latin letter is `don-vi`."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(name)).split()
    return "-".join(words)[:_MAX_SLUG].strip("-") or "don-vi"
