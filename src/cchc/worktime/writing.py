"""A calendar written back: as a plain tree in the order of the format, and as the hash that names its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from cchc.records.trees import Plain, local_text_tree, source_tree, validity_tree, verification_tree
from cchc.worktime.rules import WEEKDAYS, CalendarRules, DayException, Intake, Week
from cchc.worktime.windows import Windows, format_time


def rules_tree(rules: CalendarRules) -> dict[str, Any]:
    """The calendar as text, lists and mappings in the order of the format; what is absent is left out."""
    return _present(
        {
            "id": rules.id,
            "extends": rules.extends,
            "title": local_text_tree(rules.title),
            "time_zone": rules.time_zone,
            "valid": validity_tree(rules.validity) if rules.validity else None,
            **_provenance(rules),
            "weeks": [week_tree(week) for week in rules.weeks],
            "intake": intake_tree(rules.intake) if rules.intake else None,
            "exceptions": [exception_tree(exception) for exception in rules.exceptions],
        }
    )


def week_tree(week: Week) -> dict[str, Any]:
    """`{from, mon … sun}` with what is known of its source."""
    days = zip(WEEKDAYS, map(windows_tree, week.days), strict=True)
    return {"from": Plain(week.start.isoformat())} | dict(days) | _present(_provenance(week))


def exception_tree(exception: DayException) -> dict[str, Any]:
    """`{on, open, name, source, verified}`."""
    hours = exception.open if isinstance(exception.open, str) else windows_tree(exception.open)
    return {
        "on": Plain(exception.on.isoformat()),
        "open": hours,
        "name": local_text_tree(exception.name),
        **_provenance(exception),
    }


def intake_tree(intake: Intake) -> dict[str, Any]:
    """`{cut_off, after_cut_off, day_zero}` with what is known of its source."""
    cut_off = {} if intake.cut_off is None else {"cut_off": format_time(intake.cut_off)}
    rest = {"after_cut_off": intake.after_cut_off, "day_zero": intake.day_zero}
    return cut_off | rest | _present(_provenance(intake))


def windows_tree(windows: Windows) -> list[str]:
    """`["07:30-11:30", "13:00-17:00"]`."""
    return [str(window) for window in windows]


def content_hash(lineage: Iterable[CalendarRules]) -> str:
    """SHA-256 of the typed content of a calendar and of all it extends, as canonical JSON.

    Comments, the order of keys and lists of days, and the spelling of dates and times do not count.
    """
    trees = [rules_tree(rules) for rules in lineage]
    canonical = json.dumps(trees, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _provenance(record: CalendarRules | Week | DayException | Intake) -> dict[str, Any]:
    return {
        "source": source_tree(record.source) if record.source else None,
        "verified": verification_tree(record.verification) if record.verification else None,
    }


def _present(tree: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in tree.items() if value not in (None, [], {})}
