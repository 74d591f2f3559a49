"""Kinds of events of lists: one for every step of the table, and for what is done to their entries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.oversight.states_lists import MONTHLY_LIST
from cchc.records.text import LocalText

LIST_DRAFTED: Final = "oversight.list_drafted"
NOTICE_RECEIVED: Final = "oversight.notice_received"
ITEM_REPLIED: Final = "oversight.item_replied"
ITEM_DECIDED: Final = "oversight.item_decided"
ITEM_CLOSED: Final = "oversight.item_closed"
VERSION_MADE: Final = "oversight.list_version_made"
VERDICT_FOUND: Final = "oversight.verdict_found"
RECHECKS_DRAWN: Final = "oversight.rechecks_drawn"
RECHECKED: Final = "oversight.rechecked"
OF_LISTS: Final[Mapping[str, str]] = {step.id: f"oversight.list_{step.id}" for step in MONTHLY_LIST.steps}

KINDS: Final[Mapping[str, LocalText]] = {
    LIST_DRAFTED: LocalText("Lập danh sách tháng", "Monthly list drafted"),
    NOTICE_RECEIVED: LocalText("Xác nhận đã nhận thông báo danh sách tháng", "Notice of a monthly list received"),
    ITEM_REPLIED: LocalText("Phản hồi mục trong danh sách tháng", "Entry of a monthly list replied to"),
    ITEM_DECIDED: LocalText("Quyết định về mục trong danh sách tháng", "Entry of a monthly list decided"),
    ITEM_CLOSED: LocalText("Hết thời gian phản hồi một mục", "Time to reply to an entry over"),
    VERSION_MADE: LocalText("Chốt một bản danh sách tháng", "Version of a monthly list made"),
    VERDICT_FOUND: LocalText("Xác minh quá hạn thực tế hay quên thao tác", "Real or forgotten: a verdict"),
    RECHECKS_DRAWN: LocalText("Rút ngẫu nhiên kết luận để phúc tra", "Verdicts drawn to be looked at again"),
    RECHECKED: LocalText("Phúc tra một kết luận", "Verdict looked at again"),
    **{
        OF_LISTS[step.id]: LocalText(f"Danh sách tháng: {step.name.vi}", f"Monthly list: {step.name.en}")
        for step in MONTHLY_LIST.steps
    },
}
