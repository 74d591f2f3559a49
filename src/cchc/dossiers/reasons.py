"""Why something is done to a dossier, as codes that can be counted; the words beside them are free."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.text import LocalText

_OTHER: Final = {"other": LocalText("Lý do khác", "Another reason")}

REASONS: Final[Mapping[str, Mapping[str, LocalText]]] = {
    "refuse": {
        "not_competent": LocalText("Không thuộc thẩm quyền giải quyết", "Not of this unit's competence"),
        "missing_papers": LocalText("Thành phần hồ sơ không đủ theo quy định", "Papers are missing"),
        "not_eligible": LocalText("Không đủ điều kiện theo quy định", "The conditions are not met"),
        **_OTHER,
    },
    "ask_supplement": {
        "missing_papers": LocalText("Thiếu thành phần hồ sơ", "Papers are missing"),
        "wrong_content": LocalText("Nội dung kê khai chưa đúng, chưa đủ", "What is declared is wrong or incomplete"),
        "invalid_paper": LocalText("Giấy tờ hết hiệu lực hoặc không hợp lệ", "A paper has expired or is not valid"),
        **_OTHER,
    },
    "ask_payment": {
        "fee": LocalText("Phí, lệ phí", "A fee"),
        "obligation": LocalText("Nghĩa vụ tài chính theo thông báo", "A financial obligation by notice"),
        **_OTHER,
    },
    "suspend": {
        "other_body": LocalText("Chờ kết quả của cơ quan khác", "Another body has to decide first"),
        "dispute": LocalText("Có tranh chấp, khiếu nại đang giải quyết", "A dispute or complaint is pending"),
        "force_majeure": LocalText("Thiên tai, sự cố bất khả kháng", "Force majeure"),
        **_OTHER,
    },
    "extend": {
        "complex": LocalText("Vụ việc phức tạp, cần thêm thời gian", "A complex case that needs more time"),
        "other_body": LocalText("Cơ quan phối hợp chưa trả lời", "Another body has not answered"),
        "reception_mistake": LocalText("Sai sót khi tiếp nhận", "A mistake at reception"),
        "settlement_mistake": LocalText("Sai sót khi giải quyết", "A mistake in settling"),
        "lost_file": LocalText("Mất, hư hỏng giấy tờ", "Papers were lost or damaged"),
        **_OTHER,
    },
    "send_back": {
        "incomplete": LocalText("Hồ sơ trình chưa đủ", "What was handed on is incomplete"),
        "wrong": LocalText("Nội dung dự thảo chưa đúng", "The draft is wrong"),
        **_OTHER,
    },
    "stop": {
        "not_eligible": LocalText("Không đủ điều kiện giải quyết", "The conditions are not met"),
        "not_supplemented": LocalText("Quá thời hạn mà không bổ sung giấy tờ", "The papers asked for never came"),
        "not_paid": LocalText("Không thực hiện nghĩa vụ tài chính", "What was owed was not paid"),
        **_OTHER,
    },
    "withdraw": {"by_owner": LocalText("Theo đề nghị của chủ hồ sơ", "As its owner asked"), **_OTHER},
    "waive": {"by_rule": LocalText("Thuộc trường hợp được miễn", "Exempt by rule"), **_OTHER},
    "assign": {
        "absent": LocalText("Người giữ bước vắng mặt", "Its holder is absent"),
        "workload": LocalText("Cân đối công việc", "To balance the work"),
        **_OTHER,
    },
    "recount": {
        "calendar_changed": LocalText("Đơn vị làm việc theo lịch khác", "The unit works by another calendar"),
        "calendar_renewed": LocalText("Lịch làm việc có bản mới", "The calendar came in a newer version"),
    },
}  # fmt: skip
"""By the step of the tables of `states`, in the order in which they are offered."""


def reason_name(act: str, code: str) -> LocalText | None:
    """What a code says; None for one that is not there."""
    return REASONS.get(act, {}).get(code)
