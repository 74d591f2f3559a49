"""What officials are told of tasks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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
_REMINDER: Final = "what owner leader about_at"
_WORDS: Final = "what owner text by"


def _directive(subject_id: str) -> str:
    return reverse("followups:directive", args=[subject_id])


def _directives(_subject_id: str) -> str:
    return reverse("followups:directives")


def _task(subject_id: str) -> str:
    return reverse("followups:task", args=[subject_id])


def _led_by(subject_id: str) -> str:
    return f"{reverse('followups:board')}?lanh-dao={subject_id}"


def _kind(link: Callable[[str], str], code: str, vi: str, en: str, names: str) -> NoticeKind:
    """What it is called in both languages, the names that its words may use, where it leads."""
    return NoticeKind(code, LocalText(vi, en), tuple(names.split()), link)


_of_task: Final = partial(_kind, _task)
_of_directive: Final = partial(_kind, _directive)
KINDS: Final = (
    _of_task(GIVEN, "Được giao nhiệm vụ", "A task is given to you", "what owner legal_basis due_at by"),
    _of_task(DUE_SOON, "Nhiệm vụ sắp đến hạn", "A task is due soon", _REMINDER),
    _of_task(OVERDUE, "Nhiệm vụ quá hạn", "A task is overdue", _REMINDER),
    _of_task(UNHEARD, "Chưa tiếp nhận, báo cáo nhiệm vụ", "A task is not reported", _REMINDER),
    _of_task(URGED, "Đôn đốc nhiệm vụ", "A task is urged", _WORDS),
    _of_task(VERIFIED, "Nhiệm vụ đã được xác minh", "A task is verified", _WORDS),
    _of_task(SENT_BACK, "Nhiệm vụ cần làm tiếp", "A task is sent back", _WORDS),
    _of_task(WITHDRAWN, "Nhiệm vụ được rút", "A task is withdrawn", _WORDS),
    _of_task(CLAIMED, "Nhiệm vụ chờ xác minh", "A task is reported done", "what owner text done_on by"),
    _of_task(LED, "Được giao phụ trách nhiệm vụ", "You lead a task from now on", "what owner due_at text by"),
    _of_task(HANDED_OVER, "Thôi phụ trách nhiệm vụ", "You no longer lead a task", "what owner leader text by"),
    _of_task(
        DEADLINE_MOVED,
        "Thời hạn nhiệm vụ thay đổi",
        "The deadline of a task has moved",
        "what owner former due_at text by",
    ),
    _kind(
        _led_by,
        LEADER_LEAVES,
        "Lãnh đạo phụ trách chuyển đi, thôi công tác",
        "A leader of tasks leaves",
        "leader owner last_day number tasks by",
    ),
    _of_task(
        DIFFICULTY_RAISED, "Khó khăn, đề xuất về nhiệm vụ", "A difficulty with a task", "what owner text due_at by"
    ),
    _of_task(APPROVAL_ASKED, "Văn bản trình phê duyệt", "A paper waits for your approval", "number title due_at by"),
    _of_task(
        DIFFICULTY_ANSWERED, "Trả lời khó khăn, đề xuất", "A difficulty is answered", "what owner difficulty text by"
    ),
    _of_directive(
        DIRECTIVE_SENT,
        "Văn bản chỉ đạo gửi đến đơn vị",
        "A directive is sent to your unit",
        "number title issued_by unit heard_by by",
    ),
    _of_directive(
        DIRECTIVE_URGED, "Đôn đốc tiếp nhận văn bản chỉ đạo", "A directive is urged", "number title unit text by"
    ),
    _of_directive(
        DIRECTIVE_UNREAD,
        "Văn bản chỉ đạo chưa được tiếp nhận",
        "A directive is not acknowledged",
        "number title unit heard_by",
    ),
    _of_directive(
        DIRECTIVE_UNPOSTED,
        "Văn bản chỉ đạo chưa được đăng tải",
        "A directive is not posted",
        "number title unit post_by",
    ),
    _of_directive(
        DIRECTIVE_CORRECTED, "Văn bản chỉ đạo được sửa", "A directive is corrected", "number title unit text by"
    ),
    _kind(
        _directives,
        DIRECTIVE_REMOVED,
        "Văn bản chỉ đạo không gửi đơn vị nữa",
        "A directive is not for your unit",
        "number title unit text by",
    ),
    _of_directive(
        DIRECTIVE_ENDED,
        "Văn bản chỉ đạo bị thu hồi, bãi bỏ",
        "A directive is withdrawn or repealed",
        "number title unit step ended_on text replaced_by by",
    ),
    _of_directive(
        DIRECTIVE_ASSIGNED,
        "Được phân công theo dõi văn bản chỉ đạo",
        "You are assigned to follow a directive",
        "number title starts_on ends_on text by",
    ),
    _of_directive(
        DIRECTIVE_UNASSIGNED,
        "Thôi theo dõi văn bản chỉ đạo",
        "You no longer follow a directive",
        "number title last_day text by",
    ),
    _of_task(
        TASK_ASSIGNED,
        "Được phân công theo dõi nhiệm vụ",
        "You are assigned to follow a task",
        "what owner starts_on ends_on text by",
    ),
    _of_task(TASK_UNASSIGNED, "Thôi theo dõi nhiệm vụ", "You no longer follow a task", "what owner last_day text by"),
)
