"""What pages of this room show of people: who answers for a task, and who did what at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.privacy.disclosing import CHANGES, IN_OFFICE, NO_PERSON, Disclosing, Silence, exports

DISCLOSES: Final[Mapping[str, Disclosing]] = {
    "followups:board-taken": exports("followups.Task", "Tải danh sách nhiệm vụ", "Download of tasks"),
    "followups:difficulties-taken": exports(
        "followups.Difficulty", "Tải khó khăn, đề xuất", "Download of difficulties and proposals"
    ),
    "followups:missing-taken": exports("followups.Task", "Tải danh sách chưa báo cáo", "Download of those not heard"),
}
SILENT: Final[Mapping[Silence, tuple[str, ...]]] = {
    CHANGES: (
        "followups:answer",
        "followups:ask-approval",
        "followups:assignment-end",
        "followups:directive-acknowledge",
        "followups:directive-address",
        "followups:directive-correct",
        "followups:directive-end",
        "followups:directive-from-paper",
        "followups:directive-assign",
        "followups:directive-enter",
        "followups:directive-give",
        "followups:directive-post",
        "followups:directive-urge",
        "followups:posting-correct",
        "followups:posting-strike",
        "followups:task-assign",
        "followups:task-step",
    ),
    IN_OFFICE: (
        "followups:board",
        "followups:difficulties",
        "followups:directive",
        "followups:directive-table",
        "followups:directives",
        "followups:directives-download",
        "followups:missing",
        "followups:task",
    ),
    NO_PERSON: ("followups:task-why",),
}
