"""What officials are told of tasks."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from cchc.notices.kinds import NoticeKind
from cchc.records.text import LocalText

GIVEN: Final = "followups.task_given"
DUE_SOON: Final = "followups.task_due_soon"
OVERDUE: Final = "followups.task_overdue"
UNHEARD: Final = "followups.task_unheard"
URGED: Final = "followups.task_urged"
VERIFIED: Final = "followups.task_verified"
SENT_BACK: Final = "followups.task_sent_back"
WITHDRAWN: Final = "followups.task_withdrawn"
CLAIMED: Final = "followups.task_claimed"
LED: Final = "followups.task_led"
HANDED_OVER: Final = "followups.task_handed_over"
DEADLINE_MOVED: Final = "followups.task_deadline_moved"
LEADER_LEAVES: Final = "followups.leader_leaves"
DIFFICULTY_RAISED: Final = "followups.difficulty_raised"
DIFFICULTY_ANSWERED: Final = "followups.difficulty_answered"
APPROVAL_ASKED: Final = "followups.approval_asked"
DIRECTIVE_SENT: Final = "followups.directive_sent"
DIRECTIVE_URGED: Final = "followups.directive_urged"
DIRECTIVE_UNREAD: Final = "followups.directive_unread"
DIRECTIVE_UNPOSTED: Final = "followups.directive_unposted"
DIRECTIVE_CORRECTED: Final = "followups.directive_corrected"
DIRECTIVE_REMOVED: Final = "followups.directive_removed"
DIRECTIVE_ENDED: Final = "followups.directive_ended"
DIRECTIVE_ASSIGNED: Final = "followups.directive_assigned"
DIRECTIVE_UNASSIGNED: Final = "followups.directive_unassigned"
TASK_ASSIGNED: Final = "followups.task_assigned"
TASK_UNASSIGNED: Final = "followups.task_unassigned"
_REMINDER: Final = ("what", "owner", "leader", "about_at")
_WORDS: Final = ("what", "owner", "text", "by")


def _directive(subject_id: str) -> str:
    return reverse("followups:directive", args=[subject_id])


def _directives(_subject_id: str) -> str:
    return reverse("followups:directives")


def _task(subject_id: str) -> str:
    return reverse("followups:task", args=[subject_id])


def _led_by(subject_id: str) -> str:
    return f"{reverse('followups:board')}?lanh-dao={subject_id}"


KINDS: Final = (
    NoticeKind(
        GIVEN,
        LocalText("Được giao nhiệm vụ", "A task is given to you"),
        ("what", "owner", "legal_basis", "due_at", "by"),
        _task,
    ),
    NoticeKind(DUE_SOON, LocalText("Nhiệm vụ sắp đến hạn", "A task is due soon"), _REMINDER, _task),
    NoticeKind(OVERDUE, LocalText("Nhiệm vụ quá hạn", "A task is overdue"), _REMINDER, _task),
    NoticeKind(UNHEARD, LocalText("Chưa tiếp nhận, báo cáo nhiệm vụ", "A task is not reported"), _REMINDER, _task),
    NoticeKind(URGED, LocalText("Đôn đốc nhiệm vụ", "A task is urged"), _WORDS, _task),
    NoticeKind(VERIFIED, LocalText("Nhiệm vụ đã được xác minh", "A task is verified"), _WORDS, _task),
    NoticeKind(SENT_BACK, LocalText("Nhiệm vụ cần làm tiếp", "A task is sent back"), _WORDS, _task),
    NoticeKind(WITHDRAWN, LocalText("Nhiệm vụ được rút", "A task is withdrawn"), _WORDS, _task),
    NoticeKind(
        CLAIMED,
        LocalText("Nhiệm vụ chờ xác minh", "A task is reported done"),
        ("what", "owner", "text", "done_on", "by"),
        _task,
    ),
    NoticeKind(
        LED,
        LocalText("Được giao phụ trách nhiệm vụ", "You lead a task from now on"),
        ("what", "owner", "due_at", "text", "by"),
        _task,
    ),
    NoticeKind(
        HANDED_OVER,
        LocalText("Thôi phụ trách nhiệm vụ", "You no longer lead a task"),
        ("what", "owner", "leader", "text", "by"),
        _task,
    ),
    NoticeKind(
        DEADLINE_MOVED,
        LocalText("Thời hạn nhiệm vụ thay đổi", "The deadline of a task has moved"),
        ("what", "owner", "former", "due_at", "text", "by"),
        _task,
    ),
    NoticeKind(
        LEADER_LEAVES,
        LocalText("Lãnh đạo phụ trách chuyển đi, thôi công tác", "A leader of tasks leaves"),
        ("leader", "owner", "last_day", "number", "tasks", "by"),
        _led_by,
    ),
    NoticeKind(
        DIFFICULTY_RAISED,
        LocalText("Khó khăn, đề xuất về nhiệm vụ", "A difficulty with a task"),
        ("what", "owner", "text", "due_at", "by"),
        _task,
    ),
    NoticeKind(
        APPROVAL_ASKED,
        LocalText("Văn bản trình phê duyệt", "A paper waits for your approval"),
        ("number", "title", "due_at", "by"),
        _task,
    ),
    NoticeKind(
        DIFFICULTY_ANSWERED,
        LocalText("Trả lời khó khăn, đề xuất", "A difficulty is answered"),
        ("what", "owner", "difficulty", "text", "by"),
        _task,
    ),
    NoticeKind(
        DIRECTIVE_SENT,
        LocalText("Văn bản chỉ đạo gửi đến đơn vị", "A directive is sent to your unit"),
        ("number", "title", "issued_by", "unit", "heard_by", "by"),
        _directive,
    ),
    NoticeKind(
        DIRECTIVE_URGED,
        LocalText("Đôn đốc tiếp nhận văn bản chỉ đạo", "A directive is urged"),
        ("number", "title", "unit", "text", "by"),
        _directive,
    ),
    NoticeKind(
        DIRECTIVE_UNREAD,
        LocalText("Văn bản chỉ đạo chưa được tiếp nhận", "A directive is not acknowledged"),
        ("number", "title", "unit", "heard_by"),
        _directive,
    ),
    NoticeKind(
        DIRECTIVE_UNPOSTED,
        LocalText("Văn bản chỉ đạo chưa được đăng tải", "A directive is not posted"),
        ("number", "title", "unit", "post_by"),
        _directive,
    ),
    NoticeKind(
        DIRECTIVE_CORRECTED,
        LocalText("Văn bản chỉ đạo được sửa", "A directive is corrected"),
        ("number", "title", "unit", "text", "by"),
        _directive,
    ),
    NoticeKind(
        DIRECTIVE_REMOVED,
        LocalText("Văn bản chỉ đạo không gửi đơn vị nữa", "A directive is not for your unit"),
        ("number", "title", "unit", "text", "by"),
        _directives,
    ),
    NoticeKind(
        DIRECTIVE_ENDED,
        LocalText("Văn bản chỉ đạo bị thu hồi, bãi bỏ", "A directive is withdrawn or repealed"),
        ("number", "title", "unit", "step", "ended_on", "text", "replaced_by", "by"),
        _directive,
    ),
    NoticeKind(
        DIRECTIVE_ASSIGNED,
        LocalText("Được phân công theo dõi văn bản chỉ đạo", "You are assigned to follow a directive"),
        ("number", "title", "starts_on", "ends_on", "text", "by"),
        _directive,
    ),
    NoticeKind(
        DIRECTIVE_UNASSIGNED,
        LocalText("Thôi theo dõi văn bản chỉ đạo", "You no longer follow a directive"),
        ("number", "title", "last_day", "text", "by"),
        _directive,
    ),
    NoticeKind(
        TASK_ASSIGNED,
        LocalText("Được phân công theo dõi nhiệm vụ", "You are assigned to follow a task"),
        ("what", "owner", "starts_on", "ends_on", "text", "by"),
        _task,
    ),
    NoticeKind(
        TASK_UNASSIGNED,
        LocalText("Thôi theo dõi nhiệm vụ", "You no longer follow a task"),
        ("what", "owner", "last_day", "text", "by"),
        _task,
    ),
)
