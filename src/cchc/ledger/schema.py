"""The tables of the ledger: what goes in, what comes out.

Moments inside are whole minutes since 1970 in UTC (`Int32`); the outputs carry UTC stamps. A dossier is known inside by
its position in the table of dossiers.
"""

from __future__ import annotations

from typing import Final

import polars as pl

UTC_STAMP: Final = pl.Datetime("us", "UTC")
BEFORE_FIRST_EVENT: Final = "before_first_event"
AFTER_LAST_EVENT: Final = "after_last_event"
LIMIT_KINDS: Final = ("working_minutes", "working_days", "calendar_days")
WAITS_FOR: Final = ("applicant", "agency", "payment", "suspension")
HOLDER_KINDS: Final = ("official", "queue", "system", *WAITS_FOR)
DEFINITION: Final = "late_by_due_at"

# One row per dossier. `field` (lĩnh vực) is that of its procedure. `judged_at` is its end, or for an open dossier the
# moment of judgement.
DOSSIERS_IN: Final = pl.Schema(
    {
        "dossier": pl.String(),
        "procedure": pl.String(),
        "field": pl.String(),
        "received_at": pl.Int32(),
        "first_due_at": pl.Int32(),
        "due_at": pl.Int32(),
        "finished_at": pl.Int32(),
        "judged_at": pl.Int32(),
    }
)

# One row per occurrence of a step, ordered by dossier, then by start, then by `row`. `holder_kind` is one of WAITS_FOR,
# `queue`, `system` or `official`; of a step that waits, `official` is who made others wait. A limit is a number of
# `working_minutes`, `working_days` or `calendar_days`, counted from the step's start; both null without a limit.
# `recorded_at` is when the system wrote the end, `result_at` the date of the result that its row names; null where
# nobody says it.
STEPS_IN: Final = pl.Schema(
    {
        "dossier": pl.UInt32(),
        "row": pl.Int64(),
        "step": pl.String(),
        "start": pl.Int32(),
        "end": pl.Int32(),
        "holder_kind": pl.String(),
        "official": pl.String(),
        "role": pl.String(),
        "unit": pl.String(),
        "limit_kind": pl.String(),
        "limit": pl.Int64(),
        "recorded_at": pl.Int32(),
        "result_at": pl.Int32(),
    }
)

# `evidenced_at`, of late dossiers only, is the date of the result where it lies before the end that the system shows:
# proposed, not verified. `late_evidenced_minutes` are the late minutes if the dossier ended then.
DOSSIERS_OUT: Final = pl.Schema(
    {
        "dossier": pl.String(),
        "procedure": pl.String(),
        "unit": pl.String(),
        "received_at": UTC_STAMP,
        "first_due_at": UTC_STAMP,
        "due_at": UTC_STAMP,
        "finished_at": UTC_STAMP,
        "open": pl.Boolean(),
        "late": pl.Boolean(),
        "late_minutes": pl.Int64(),
        "late_first_minutes": pl.Int64(),
        "definition": pl.String(),
        "field": pl.String(),
        "evidenced_at": UTC_STAMP,
        "late_evidenced_minutes": pl.Int64(),
    }
)

# `limit_minutes` is the step's limit in working minutes from its start, null without one. `is_event`: a step's own
# spell, not a gap before or between steps. `late_first_…`: what it would be charged by the first appointment.
SPELLS_OUT: Final = pl.Schema(
    {
        "dossier": pl.String(),
        "step": pl.String(),
        "holder_kind": pl.String(),
        "holder": pl.String(),
        "role": pl.String(),
        "unit": pl.String(),
        "from_at": UTC_STAMP,
        "to_at": UTC_STAMP,
        "working_minutes": pl.Int64(),
        "overrun_minutes": pl.Int64(),
        "late_minutes": pl.Int64(),
        "late_overrun": pl.Int64(),
        "late_holder": pl.Int64(),
        "kind": pl.String(),
        "rule": pl.String(),
        "limit_minutes": pl.Int64(),
        "is_event": pl.Boolean(),
        "late_first_overrun": pl.Int64(),
        "late_first_holder": pl.Int64(),
    }
)

OFFICIALS_OUT: Final = pl.Schema(
    {
        "official": pl.String(),
        "unit": pl.String(),
        "month": pl.String(),
        "steps": pl.Int64(),
        "late_steps": pl.Int64(),
        "late_minutes": pl.Int64(),
        "late_open_minutes": pl.Int64(),
        "late_overrun": pl.Int64(),
        "late_holder": pl.Int64(),
        "slow_minutes": pl.Int64(),
        "low": pl.Decimal(5, 4),
        "high": pl.Decimal(5, 4),
    }
)

# A question about the log with its row; `official` and `dossier` are null where it names none.
SIGNALS_OUT: Final = pl.Schema(
    {"signal": pl.String(), "dossier": pl.String(), "official": pl.String(), "at": UTC_STAMP, "reason": pl.String()}
)

# A reason to think that a dossier's lateness is a forgotten operation.
HINTS_OUT: Final = pl.Schema(
    {"hint": pl.String(), "dossier": pl.String(), "official": pl.String(), "at": UTC_STAMP, "reason": pl.String()}
)

# Two dates of one step: `to_at` when it ended as the log states, `recorded_at` when the system wrote that, and
# `evidenced_at`, the date of the result that came to be while it ran; the last two null where nobody says it.
STEP_DATES_OUT: Final = pl.Schema(
    {
        "dossier": pl.String(),
        "step": pl.String(),
        "official": pl.String(),
        "unit": pl.String(),
        "from_at": UTC_STAMP,
        "to_at": UTC_STAMP,
        "recorded_at": UTC_STAMP,
        "evidenced_at": UTC_STAMP,
    }
)
