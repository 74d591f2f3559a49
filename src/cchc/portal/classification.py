"""What the fields of this room are: published results are public as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.fields import ROW_NUMBER, Fields, public

FIELDS: Final[Mapping[str, Fields]] = {
    "portal.PublishedRound": {
        "id": ROW_NUMBER,
        "slug": public("Địa chỉ", "Address"),
        "version": public("Phiên bản", "Version"),
        "is_current": public("Phiên bản hiện hành", "Is the current version"),
        "reason": public("Lý do đính chính", "Reason of the correction"),
        "table_hash": public("Mã băm của bảng", "Hash of the table"),
        "published_at": public("Thời điểm công bố", "When it was published"),
        "title_vi": public("Tên", "Title"),
        "title_en": public("Tên tiếng Anh", "English title"),
        "year": public("Năm", "Year"),
        "level": public("Cấp", "Level"),
        "series": public("Chuỗi kết quả", "Series"),
        "place_vi": public("Địa phương", "Place"),
        "place_en": public("Địa phương (tiếng Anh)", "Place in English"),
        "publisher_vi": public("Cơ quan công bố", "Publisher"),
        "publisher_en": public("Cơ quan công bố (tiếng Anh)", "Publisher in English"),
        "source_document": public("Văn bản công bố", "Source"),
        "source_on": public("Ngày văn bản", "Date of the source"),
        "source_url": public("Liên kết văn bản", "Link to the source"),
        "criteria_document": public("Văn bản bộ tiêu chí", "Document of the criteria"),
        "criteria_on": public("Ngày văn bản bộ tiêu chí", "Date of that document"),
        "decimals": public("Số chữ số thập phân", "Decimals"),
        "bands": public("Các loại", "Classes"),
        "scored_in": public("Đợt chấm điểm", "Scoring round"),
        "result_version": public("Phiên bản kết quả", "Version of the result"),
        "is_sample": public("Dữ liệu mẫu", "Sample"),
    },
    "portal.PublishedResult": {
        "id": ROW_NUMBER,
        "round": public("Kết quả đã công bố", "Published round"),
        "row": public("Dòng trong bảng in", "Row of the printed table"),
        "unit_name": public("Đơn vị", "Unit"),
        "slug": public("Địa chỉ", "Address"),
        "search_key": public("Khóa tìm kiếm", "Search key").inner(),
        "group": public("Nhóm", "Group"),
        "printed": public("Số in trong bảng", "Printed figures"),
        "index": public("Chỉ số", "Index"),
        "self_index": public("Chỉ số tự chấm", "Index by self-score"),
        "band": public("Xếp loại", "Class"),
        "rank": public("Xếp hạng", "Rank"),
        "disagreements": public("Số in lệch số tính", "Printed figures that differ"),
        "explanations": public("Giải thích", "Explanations"),
        "by_rank": public("Khóa xếp theo hạng", "Key by rank").inner(),
        "by_name": public("Khóa xếp theo tên", "Key by name").inner(),
    },
}
