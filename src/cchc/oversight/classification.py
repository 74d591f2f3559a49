"""What the fields of this room are. Who had a dossier, and how long, says something about an official."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Field, Fields, internal, personal, post_then
from cchc.oversight import classification_cases, classification_lists
from cchc.oversight.classification_logs import LOG_EVENT_KEYS, LOGS
from cchc.oversight.classification_signals import SIGNALS
from cchc.oversight.classification_watch import WATCH_EVENT_KEYS, WATCHED
from cchc.oversight.purposes import WATCHING

_MINUTES: Final[Mapping[str, Field]] = {
    "working_minutes": personal("Số phút làm việc đã giữ", "Working minutes held", WATCHING),
    "overrun_minutes": personal("Số phút vượt thời gian của bước", "Minutes over the step's limit", WATCHING),
    "late_minutes": personal("Số phút quá hạn tính cho người giữ", "Late minutes charged", WATCHING),
    "late_overrun": personal("Trong đó do vượt thời gian của bước", "Of these by a limit exceeded", WATCHING),
    "late_holder": personal("Theo người giữ sau ngày hẹn", "By who held it after the appointment", WATCHING),
    "late_first_overrun": personal("Do vượt bước, theo ngày hẹn đầu", "By limits, first appointment", WATCHING),
    "late_first_holder": personal("Theo người giữ, ngày hẹn đầu", "By who held it, first appointment", WATCHING),
}
_HELD: Final[Mapping[str, Field]] = {
    "holder_kind": internal("Loại người giữ", "Kind of holder"),
    "official": personal("Cán bộ giữ hồ sơ", "Official who held it", WATCHING),
    "holder_name": personal("Tên trong nhật ký", "Name in the log", WATCHING),
    "role": internal("Vai trò", "Role"),
    "unit": internal("Đơn vị", "Unit"),
    "unit_name": internal("Tên đơn vị trong nhật ký", "Name of the unit in the log"),
    "month": internal("Tháng", "Month"),
}

_KEPT: Final[Mapping[str, Fields]] = {
    "oversight.DelaySource": {
        "id": ROW_NUMBER,
        "kind": internal("Loại nguồn", "Kind of source"),
        "name": internal("Tên nguồn", "Name"),
        "unit": internal("Đơn vị chịu trách nhiệm", "Unit that answers for it"),
        "mapping": internal("Ánh xạ cột", "Mapping"),
        "calendar": internal("Lịch làm việc", "Calendar"),
        "since_at": internal("Theo dõi từ", "Since"),
        "ended_at": internal("Thôi theo dõi từ", "Ended at"),
        "true_at": internal("Số liệu đúng đến", "True as of"),
        "watched_at": internal("Dự kiến ngày xong tính đến", "Forecasts as of"),
        "seen_event": internal("Sự kiện đã đọc", "Last event read").inner(),
        "version": internal("Lần thay đổi", "Version").inner(),
        "is_sample": internal("Dữ liệu mẫu", "Sample"),
    },
    "oversight.DelayLoad": {
        "id": ROW_NUMBER,
        "source": internal("Nguồn", "Source"),
        "file": internal("Tệp nhật ký", "Log"),
        "mapping": internal("Ánh xạ cột đã dùng", "Mapping used"),
        "mapping_hash": internal("Mã băm ánh xạ", "Hash of the mapping").inner(),
        "calendar_hash": internal("Mã băm lịch", "Hash of the calendar").inner(),
        "judged_at": internal("Thời điểm xét hồ sơ đang mở", "Moment of judgement"),
        "job": internal("Tác vụ", "Job").inner(),
        "begun_at": internal("Thời điểm bắt đầu", "Begun at"),
        "begun_by": personal("Người nhập", "Read in by", ACCOUNTABILITY),
        "begun_as": post_then("người nhập", "it was read in", ACCOUNTABILITY),
        "finished_at": internal("Thời điểm xong", "Finished at"),
        "rows": internal("Số dòng đã đọc", "Rows read"),
        "rejects": internal("Số dòng không dùng được", "Rows that could not be used"),
        "dossiers": internal("Số hồ sơ", "Dossiers"),
        "new": internal("Hồ sơ mới", "New dossiers"),
        "changed": internal("Hồ sơ thay đổi", "Changed dossiers"),
        "same": internal("Hồ sơ không đổi", "Unchanged dossiers"),
        "gone": internal("Hồ sơ không còn trong tệp", "Dossiers no longer there"),
        "late_before": internal("Số phút quá hạn trước đó", "Late minutes before"),
        "late_after": internal("Số phút quá hạn sau đó", "Late minutes afterwards"),
        "is_partial": internal("Dừng giữa chừng", "Given up on the way"),
    },
    "oversight.KeptDossier": {
        "id": ROW_NUMBER,
        "source": internal("Nguồn", "Source"),
        "code": internal("Mã hồ sơ", "Code"),
        "own": internal("Hồ sơ trong hệ thống", "Dossier here"),
        "version": internal("Lần thay đổi đã đọc", "Version that was read").inner(),
        "load": internal("Lần nhập", "Reading").inner(),
        "procedure": internal("Mã thủ tục", "Procedure"),
        "procedure_name": internal("Tên thủ tục", "Name of the procedure"),
        "field": internal("Lĩnh vực", "Field"),
        "unit": internal("Đơn vị giữ lâu nhất", "Unit that had it longest"),
        "unit_name": internal("Tên đơn vị trong nhật ký", "Name of the unit in the log"),
        "unit_said": internal("Tên đơn vị ghi trong nhật ký", "Unit as the log has it"),
        "received_at": internal("Thời điểm tiếp nhận", "Received at"),
        "first_due_at": internal("Ngày hẹn đầu", "First appointment"),
        "due_at": internal("Ngày hẹn hiện nay", "Appointment"),
        "ended_at": internal("Thời điểm thôi tính thời hạn", "Ended at"),
        "judged_at": internal("Xét đến thời điểm", "Judged at"),
        "is_late": internal("Quá hạn", "Late"),
        "late_minutes": internal("Số phút quá hạn", "Late minutes"),
        "late_first_minutes": internal("Số phút quá hạn theo ngày hẹn đầu", "Late minutes by the first appointment"),
        "evidenced_at": internal("Thời điểm có kết quả theo chứng cứ", "Result there, by evidence"),
        "late_evidenced_minutes": internal("Số phút quá hạn theo chứng cứ", "Late minutes by evidence"),
        "digest": internal("Mã băm nội dung", "Digest").inner(),
        "is_sample": internal("Dữ liệu mẫu", "Sample"),
    },
    "oversight.KeptSpell": {
        "id": ROW_NUMBER,
        "dossier": internal("Hồ sơ", "Dossier"),
        "place": internal("Thứ tự", "Place"),
        "step": internal("Bước", "Step"),
        "from_at": internal("Từ", "From"),
        "to_at": internal("Đến", "To"),
        "holder_said": personal("Tên người giữ ghi trong nhật ký", "Holder as the log has it", WATCHING),
        "unit_said": internal("Tên đơn vị ghi trong nhật ký", "Unit as the log has it"),
        "is_event": internal("Là một bước", "Is a step"),
        "limit_minutes": internal("Thời gian được giao (phút)", "Minutes allotted"),
        **_HELD,
        **_MINUTES,
    },
    "oversight.KeptShare": {
        "id": ROW_NUMBER,
        "source": internal("Nguồn", "Source"),
        "dossier": internal("Hồ sơ", "Dossier"),
        "steps": internal("Số bước", "Steps"),
        "late_steps": personal("Số bước bị tính quá hạn", "Steps charged", WATCHING),
        "limit_minutes": internal("Thời gian được giao (phút)", "Minutes allotted"),
        "is_main": internal("Phần chính của người giữ", "Main share of the holder").inner(),
        "is_overdue": personal("Bị tính quá hạn", "Charged with an overdue dossier", WATCHING),
        "is_slow": personal("Chậm ở bước", "Slow at a step", WATCHING),
        "is_carried_over": internal("Quá hạn từ tháng trước", "Due before the month"),
        "is_returned": internal("Đã xong trong tháng", "Ended by the end of the month"),
        **_HELD,
        **_MINUTES,
    },
    "oversight.KeptSum": {
        "id": ROW_NUMBER,
        "source": internal("Nguồn", "Source"),
        "procedure": internal("Mã thủ tục", "Procedure"),
        "procedure_name": internal("Tên thủ tục", "Name of the procedure"),
        "shares": internal("Số phần", "Shares"),
        "dossiers": internal("Số hồ sơ", "Dossiers"),
        "steps": internal("Số bước", "Steps"),
        "late_steps": personal("Số bước bị tính quá hạn", "Steps charged", WATCHING),
        "overdue": personal("Hồ sơ quá hạn", "Overdue dossiers", WATCHING),
        "overdue_carried_over": personal("Quá hạn từ tháng trước", "Overdue since before", WATCHING),
        "overdue_returned": personal("Quá hạn đã trả", "Overdue, returned", WATCHING),
        "overdue_real": personal("Quá hạn thực tế", "Really overdue", WATCHING),
        "overdue_forgotten": personal("Quá hạn do quên thao tác", "Late click only", WATCHING),
        "slow": personal("Hồ sơ chậm", "Slow dossiers", WATCHING),
        **_HELD,
        **_MINUTES,
    },
    **classification_lists.FIELDS,
    **classification_cases.FIELDS,
}
FIELDS: Final[Mapping[str, Fields]] = {**_KEPT, **LOGS, **SIGNALS, **WATCHED}
EVENT_KEYS: Final[Mapping[str, Fields]] = {
    "oversight.DelaySource": {
        "new": internal("Hồ sơ mới", "New dossiers"),
        "changed": internal("Hồ sơ thay đổi", "Changed dossiers"),
        "gone": internal("Hồ sơ không còn", "Dossiers gone"),
        "pairs": internal("Tháng và đơn vị tính lại", "Months and units counted anew").inner(),
        "names": internal("Số tên trong nhật ký", "Names in the log"),
        **WATCH_EVENT_KEYS,
    },
    **LOG_EVENT_KEYS,
    **classification_cases.EVENT_KEYS,
}
