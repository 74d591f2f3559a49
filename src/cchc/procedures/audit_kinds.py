"""Kinds of events of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.text import LocalText

PROCEDURE_RECORDED: Final = "procedures.procedure_recorded"
PROCEDURE_CHANGED: Final = "procedures.procedure_changed"
VERSION_DRAFTED: Final = "procedures.version_drafted"
VERSION_REWRITTEN: Final = "procedures.version_rewritten"
VERSION_PUBLISHED: Final = "procedures.version_published"
VERSION_ENDED: Final = "procedures.version_ended"
VERSION_WITHDRAWN: Final = "procedures.version_withdrawn"
PUBLICATION_NOTED: Final = "procedures.publication_noted"
PUBLICATION_STRUCK: Final = "procedures.publication_struck_out"
REVIEW_NOTED: Final = "procedures.review_noted"
CATALOGUE_UPLOADED: Final = "procedures.catalogue_uploaded"
CATALOGUE_IMPORTED: Final = "procedures.catalogue_imported"
CATALOGUE_SET_ASIDE: Final = "procedures.catalogue_set_aside"

KINDS: Final[Mapping[str, LocalText]] = {
    PROCEDURE_RECORDED: LocalText("Ghi thủ tục vào danh mục", "Procedure recorded"),
    PROCEDURE_CHANGED: LocalText("Sửa thông tin thủ tục", "Procedure changed"),
    VERSION_DRAFTED: LocalText("Dự thảo phiên bản thủ tục", "Version drafted"),
    VERSION_REWRITTEN: LocalText("Sửa dự thảo phiên bản thủ tục", "Draft of a version rewritten"),
    VERSION_PUBLISHED: LocalText("Công bố phiên bản thủ tục", "Version published"),
    VERSION_ENDED: LocalText("Ghi ngày hết hiệu lực của phiên bản", "Version ended"),
    VERSION_WITHDRAWN: LocalText("Rút phiên bản thủ tục", "Version withdrawn"),
    PUBLICATION_NOTED: LocalText("Ghi nơi công khai thủ tục", "Noted where a procedure stands open"),
    PUBLICATION_STRUCK: LocalText("Gạch bỏ dòng công khai thủ tục", "Line of the publication register struck out"),
    REVIEW_NOTED: LocalText("Ghi kết quả rà soát thủ tục", "Review of a procedure noted"),
    CATALOGUE_UPLOADED: LocalText("Tải lên tệp nhập thủ tục", "File of procedures uploaded"),
    CATALOGUE_IMPORTED: LocalText("Nhập thủ tục từ tệp", "Procedures imported"),
    CATALOGUE_SET_ASIDE: LocalText("Bỏ tệp nhập thủ tục", "File of procedures laid aside"),
}
