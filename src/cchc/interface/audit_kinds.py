"""Kinds of events of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.text import LocalText

JOB_REQUESTED: Final = "interface.job_requested"
JOB_CANCELLED: Final = "interface.job_cancelled"
JOB_RESUMED: Final = "interface.job_resumed"
JOB_FINISHED: Final = "interface.job_finished"
JOB_FAILED: Final = "interface.job_failed"

KINDS: Final[Mapping[str, LocalText]] = {
    JOB_REQUESTED: LocalText("Yêu cầu tác vụ", "Job asked for"),
    JOB_CANCELLED: LocalText("Dừng tác vụ", "Job cancelled"),
    JOB_RESUMED: LocalText("Cho tác vụ chạy tiếp", "Job resumed"),
    JOB_FINISHED: LocalText("Tác vụ hoàn thành", "Job finished"),
    JOB_FAILED: LocalText("Tác vụ thất bại", "Job failed"),
}
