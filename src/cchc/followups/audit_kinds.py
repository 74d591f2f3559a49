"""Kinds of events of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.followups.states import TASK
from cchc.records.text import LocalText

TASK_GIVEN: Final = "followups.task_given"
TASK_REMINDED: Final = "followups.task_reminded"
TASK_RECOUNTED: Final = "followups.task_recounted"
TASK_HANDED_ON: Final = "followups.task_handed_on"
DIFFICULTY_ANSWERED: Final = "followups.difficulty_answered"
DIRECTIVE_ENTERED: Final = "followups.directive_entered"
DIRECTIVE_ADDRESSED: Final = "followups.directive_addressed"
DIRECTIVE_ACKNOWLEDGED: Final = "followups.directive_acknowledged"
DIRECTIVE_POSTED: Final = "followups.directive_posted"
DIRECTIVE_CORRECTED: Final = "followups.directive_corrected"
DIRECTIVE_WITHDRAWN: Final = "followups.directive_withdrawn"
DIRECTIVE_REPEALED: Final = "followups.directive_repealed"
POSTING_CORRECTED: Final = "followups.posting_corrected"
POSTING_STRUCK: Final = "followups.posting_struck"
DIRECTIVE_URGED: Final = "followups.directive_urged"
DIRECTIVE_REMINDED: Final = "followups.directive_reminded"
POSTING_REMINDED: Final = "followups.posting_reminded"
FOLLOW_UP_ASSIGNED: Final = "followups.follow_up_assigned"
FOLLOW_UP_ENDED: Final = "followups.follow_up_ended"
TABLE_TAKEN: Final = "followups.table_taken"
STEPS: Final[Mapping[str, str]] = {step.id: f"followups.task_{step.id}" for step in TASK.steps}
"""The kind of each step of a task."""

KINDS: Final[Mapping[str, LocalText]] = {
    TASK_GIVEN: LocalText("Giao nhiệm vụ", "Task given"),
    TASK_REMINDED: LocalText("Nhắc nhiệm vụ", "Task reminded of"),
    TASK_RECOUNTED: LocalText("Tính lại thời hạn theo lịch làm việc mới", "Task due anew by another calendar"),
    TASK_HANDED_ON: LocalText("Chuyển đơn vị theo dõi nhiệm vụ", "Task followed by another unit"),
    DIFFICULTY_ANSWERED: LocalText("Trả lời khó khăn, đề xuất", "Difficulty answered"),
    DIRECTIVE_ENTERED: LocalText("Nhập văn bản chỉ đạo", "Directive entered"),
    DIRECTIVE_ADDRESSED: LocalText("Gửi văn bản chỉ đạo đến đơn vị", "Directive sent to a unit"),
    DIRECTIVE_ACKNOWLEDGED: LocalText("Đơn vị tiếp nhận văn bản chỉ đạo", "Directive acknowledged"),
    DIRECTIVE_POSTED: LocalText("Ghi nhận đăng tải văn bản chỉ đạo", "Posting of a directive noted"),
    DIRECTIVE_CORRECTED: LocalText("Sửa văn bản chỉ đạo", "Directive corrected"),
    DIRECTIVE_WITHDRAWN: LocalText("Thu hồi văn bản chỉ đạo", "Directive withdrawn"),
    DIRECTIVE_REPEALED: LocalText("Bãi bỏ văn bản chỉ đạo", "Directive repealed"),
    POSTING_CORRECTED: LocalText("Sửa dòng nhật ký đăng tải", "Line of the posting log corrected"),
    POSTING_STRUCK: LocalText("Gạch bỏ dòng nhật ký đăng tải", "Line of the posting log struck out"),
    DIRECTIVE_URGED: LocalText("Đôn đốc thực hiện văn bản chỉ đạo", "Directive urged"),
    DIRECTIVE_REMINDED: LocalText(
        "Nhắc đơn vị chưa tiếp nhận văn bản chỉ đạo", "Reminded of a directive not acknowledged"
    ),
    POSTING_REMINDED: LocalText("Nhắc đơn vị chưa đăng tải văn bản chỉ đạo", "Reminded of a directive not posted"),
    FOLLOW_UP_ASSIGNED: LocalText("Phân công người theo dõi", "Somebody assigned to follow it"),
    FOLLOW_UP_ENDED: LocalText("Thôi phân công người theo dõi", "Assignment to follow it ended"),
    TABLE_TAKEN: LocalText("Tải bảng theo dõi văn bản chỉ đạo", "Table of a directive downloaded"),
    **{kind: TASK.step(step).name for step, kind in STEPS.items()},
}
