"""What the fields of this room are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Fields, internal, personal, post_then, public


def _level(id_: str) -> str:
    from cchc.procedures.shown import level_name

    return level_name(id_)


def _mechanism(id_: str) -> str:
    from cchc.procedures.shown import mechanism_name

    return mechanism_name(id_)


def _online(id_: str) -> str:
    from cchc.procedures.shown import online_name

    return online_name(id_)


def _state(id_: str) -> str:
    from cchc.procedures.shown import state_name

    return state_name(id_)


def _outcome(id_: str) -> str:
    from cchc.procedures.shown import outcome_name

    return outcome_name(id_)


FIELDS: Final[Mapping[str, Fields]] = {
    "procedures.Procedure": {
        "id": ROW_NUMBER,
        "code": public("Mã thủ tục", "Code"),
        "name_vi": public("Tên thủ tục", "Name"),
        "name_en": public("Tên tiếng Anh", "Name in English"),
        "field_vi": public("Lĩnh vực", "Field"),
        "field_en": public("Lĩnh vực bằng tiếng Anh", "Field in English"),
        "field_key": public("Khóa lĩnh vực", "Key of the field").inner(),
        "level": public("Cấp thực hiện", "Level", _level),
        "authority_vi": public("Cơ quan có thẩm quyền quyết định", "Who decides"),
        "authority_en": public("Cơ quan quyết định bằng tiếng Anh", "Who decides, in English"),
        "keeper": public("Đơn vị giữ danh mục", "Kept by"),
        "settled_by": public("Đơn vị giải quyết", "Settled by"),
        "version": internal("Lần sửa", "Version").inner(),
        "recorded_at": internal("Thời điểm ghi", "When it was recorded"),
        "recorded_by": personal("Người ghi", "Who recorded it", ACCOUNTABILITY),
        "recorded_as": post_then("người ghi", "it was recorded", ACCOUNTABILITY),
        "search_key": internal("Khóa tìm kiếm", "Search key").inner(),
        "is_sample": public("Dữ liệu mẫu", "Sample"),
    },
    "procedures.ProcedureVersion": {
        "id": ROW_NUMBER,
        "procedure": public("Thủ tục", "Procedure"),
        "state": public("Trạng thái", "State", _state),
        "starts_on": public("Áp dụng từ ngày", "Holds from"),
        "ends_on": public("Đến hết ngày", "Until"),
        "content": public("Nội dung", "Content").inner(),
        "content_hash": public("Mã băm của nội dung", "Hash of the content"),
        "mechanism": public("Cơ chế tiếp nhận", "Mechanism", _mechanism),
        "online": public("Mức trực tuyến", "Online", _online),
        "portal": public("Địa chỉ trên Cổng Dịch vụ công quốc gia", "Address on the national portal"),
        "source_document": public("Quyết định công bố", "Decision"),
        "source_on": public("Ngày quyết định", "Date of the decision"),
        "source_article": public("Điều, khoản", "Article"),
        "source_url": public("Địa chỉ của quyết định", "Address of the decision"),
        "verified": public("Đã đối chiếu", "Verified"),
        "doubt_vi": public("Điều chưa xác minh", "What is not verified"),
        "doubt_en": public("Điều chưa xác minh, tiếng Anh", "What is not verified, in English"),
        "edition": internal("Lần sửa", "Edition").inner(),
        "drafted_at": internal("Thời điểm dự thảo", "When it was drafted"),
        "drafted_by": personal("Người dự thảo", "Who drafted it", ACCOUNTABILITY),
        "drafted_as": post_then("người dự thảo", "it was drafted", ACCOUNTABILITY),
        "published_at": internal("Thời điểm công bố", "When it was published"),
        "published_by": personal("Người công bố", "Who published it", ACCOUNTABILITY),
        "published_as": post_then("người công bố", "it was published", ACCOUNTABILITY),
        "withdrawn_at": internal("Thời điểm rút", "When it was withdrawn"),
        "withdrawn_by": personal("Người rút", "Who withdrew it", ACCOUNTABILITY),
        "withdrawn_as": post_then("người rút", "it was withdrawn", ACCOUNTABILITY),
        "withdrawn_because": internal("Lý do rút", "Why it was withdrawn"),
    },
    "procedures.Publication": {
        "id": ROW_NUMBER,
        "version": public("Phiên bản thủ tục", "Version of a procedure"),
        "unit": public("Đơn vị công khai", "Posted by"),
        "place": public("Nơi công khai", "Where"),
        "link": public("Đường dẫn", "Link"),
        "posted_on": public("Ngày công khai", "Posted on"),
        "due_on": public("Hạn công khai", "Due on"),
        "days_late": public("Số ngày làm việc chậm", "Working days late"),
        "noted_at": internal("Thời điểm ghi", "When it was noted"),
        "noted_by": personal("Người ghi", "Who noted it", ACCOUNTABILITY),
        "noted_as": post_then("người ghi", "it was noted", ACCOUNTABILITY),
        "struck_at": internal("Thời điểm gạch", "When it was struck out"),
        "struck_by": personal("Người gạch", "Who struck it out", ACCOUNTABILITY),
        "struck_as": post_then("người gạch", "it was struck out", ACCOUNTABILITY),
        "struck_because": internal("Lý do gạch", "Why it was struck out"),
    },
    "procedures.Review": {
        "id": ROW_NUMBER,
        "procedure": public("Thủ tục", "Procedure"),
        "reviewed_on": public("Ngày rà soát", "Reviewed on"),
        "outcome": public("Kết quả rà soát", "What came of it", _outcome),
        "text": internal("Nội dung rà soát", "What was said"),
        "noted_at": internal("Thời điểm ghi", "When it was noted"),
        "noted_by": personal("Người ghi", "Who noted it", ACCOUNTABILITY),
        "noted_as": post_then("người ghi", "it was noted", ACCOUNTABILITY),
    },
    "procedures.CatalogueImport": {
        "id": ROW_NUMBER,
        "keeper": internal("Đơn vị giữ danh mục", "Kept by"),
        "file": internal("Tên tệp", "File"),
        "sha256": internal("Mã băm của tệp", "Hash of the file"),
        "content": internal("Nội dung tệp", "Content of the file").inner(),
        "uploaded_by": personal("Người tải lên", "Who uploaded it", ACCOUNTABILITY),
        "uploaded_at": internal("Thời điểm tải lên", "When it was uploaded"),
        "committed_at": internal("Thời điểm thực hiện", "When it was carried out"),
        "set_aside_at": internal("Thời điểm bỏ", "When it was laid aside"),
    },
}

EVENT_KEYS: Final[Mapping[str, Fields]] = {
    "procedures.CatalogueImport": {"versions": internal("Số phiên bản được ghi", "Versions written")},
}
