"""Kinds of events of this room: one for every step of the tables, and for what lies beside a dossier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.dossiers.states import DOSSIER, FINANCE, STEP
from cchc.dossiers.states_archive import ARCHIVE
from cchc.dossiers.states_beside import ADVICE
from cchc.dossiers.states_sync import SYNCHRONISATION
from cchc.records.text import LocalText

CODE_GIVEN: Final = "dossiers.code_given"
REGISTERED: Final = "dossiers.registered"
COMPLETION_CLAIMED: Final = "dossiers.completion_claimed"
CONTACTS_ERASED: Final = "dossiers.contacts_erased"
OWNERS_ERASED: Final = "dossiers.owners_erased"
PAPER_NOTED: Final = "dossiers.paper_noted"
TARGET_SET: Final = "dossiers.target_set"
TARGET_WITHDRAWN: Final = "dossiers.target_withdrawn"
RECOUNTED: Final = "dossiers.recounted"
STEP_RECOUNTED: Final = "dossiers.step_recounted"
CALENDAR_FOLLOWED: Final = "dossiers.calendar_followed"
ADVICE_ASKED: Final = "dossiers.advice_asked"
CORRECTED: Final = "dossiers.corrected"
REMINDED: Final = "dossiers.reminded"
ESCALATED: Final = "dossiers.escalated"
ABSENCE_NOTED: Final = "dossiers.absence_noted"
ABSENCE_ENDED: Final = "dossiers.absence_ended"
BATCH_HANDED_IN: Final = "dossiers.batch_handed_in"
BATCH_CARRIED_OUT: Final = "dossiers.batch_carried_out"
BATCH_SET_ASIDE: Final = "dossiers.batch_set_aside"
ROW_RECEIVED: Final = "dossiers.row_received"
ROW_REFUSED: Final = "dossiers.row_refused"
ROW_FORGOTTEN: Final = "dossiers.row_forgotten"
EARLIER_CLAIMED: Final = "dossiers.earlier_claimed"

OF_DOSSIERS: Final[Mapping[str, str]] = {step.id: f"dossiers.{step.id}" for step in (*DOSSIER.steps, *FINANCE.steps)}
OF_STEPS: Final[Mapping[str, str]] = {step.id: f"dossiers.step_{step.id}" for step in STEP.steps}
OF_ADVICE: Final[Mapping[str, str]] = {step.id: f"dossiers.{step.id}" for step in ADVICE.steps}
OF_ARCHIVE: Final[Mapping[str, str]] = {step.id: f"dossiers.{step.id}" for step in ARCHIVE.steps}
OF_REPORTS: Final[Mapping[str, str]] = {step.id: f"dossiers.report_{step.id}" for step in SYNCHRONISATION.steps}

KINDS: Final[Mapping[str, LocalText]] = {
    CODE_GIVEN: LocalText("Cấp mã hồ sơ", "Code of a dossier given"),
    REGISTERED: LocalText("Đăng ký hồ sơ", "Dossier registered"),
    COMPLETION_CLAIMED: LocalText("Ghi thời điểm làm xong thực tế", "Actual completion claimed"),
    CONTACTS_ERASED: LocalText("Xóa liên lạc của chủ hồ sơ, hết thời hạn lưu giữ", "Contacts of the owner erased"),
    OWNERS_ERASED: LocalText("Xóa dữ liệu cá nhân của hồ sơ, hết thời hạn lưu giữ", "Personal data erased"),
    PAPER_NOTED: LocalText("Ghi số hồ sơ nhận trên giấy", "Number received on paper noted"),
    TARGET_SET: LocalText("Đặt chỉ tiêu cho đơn vị", "Target of a unit set"),
    TARGET_WITHDRAWN: LocalText("Bỏ chỉ tiêu của đơn vị", "Target of a unit ended"),
    RECOUNTED: LocalText("Tính lại ngày hẹn theo lịch khác", "Appointment counted by another calendar"),
    STEP_RECOUNTED: LocalText("Tính lại hạn của bước theo lịch khác", "Step counted by another calendar"),
    CALENDAR_FOLLOWED: LocalText("Theo lịch khác, không đổi ngày hẹn", "Another calendar, the same appointment"),
    BATCH_HANDED_IN: LocalText("Tải lên danh sách hồ sơ", "List of dossiers uploaded"),
    BATCH_CARRIED_OUT: LocalText("Tiếp nhận theo danh sách", "List of dossiers carried out"),
    BATCH_SET_ASIDE: LocalText("Bỏ danh sách hồ sơ", "List of dossiers laid aside"),
    ROW_RECEIVED: LocalText("Tiếp nhận một dòng", "Row received"),
    ROW_REFUSED: LocalText("Dòng không tiếp nhận được", "Row not received"),
    ROW_FORGOTTEN: LocalText("Xóa nội dung dòng không tiếp nhận", "What a row said was erased"),
    EARLIER_CLAIMED: LocalText("Ghi thời điểm nộp bản giấy", "When it came on paper was claimed"),
    **{OF_DOSSIERS[step.id]: step.name for step in (*DOSSIER.steps, *FINANCE.steps)},
    **{OF_STEPS[step.id]: step.name for step in STEP.steps},
    ADVICE_ASKED: LocalText("Lấy ý kiến", "Advice asked for"),
    **{OF_ADVICE[step.id]: step.name for step in ADVICE.steps},
    **{OF_ARCHIVE[step.id]: step.name for step in ARCHIVE.steps},
    CORRECTED: LocalText("Đính chính", "Corrected"),
    REMINDED: LocalText("Nhắc việc", "Reminded"),
    ESCALATED: LocalText("Báo cấp trên hồ sơ quá hạn", "Reported up"),
    ABSENCE_NOTED: LocalText("Ghi vắng mặt, người làm thay", "Absence noted, with who stands in"),
    ABSENCE_ENDED: LocalText("Kết thúc vắng mặt", "Absence ended"),
    **{OF_REPORTS[step.id]: step.name for step in SYNCHRONISATION.steps},
}
