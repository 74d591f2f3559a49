"""What may become of a version of a procedure. The drawing in docs/states.md is made of this table."""

from __future__ import annotations

from typing import Final

from cchc.records.states import State, StateTable, Step
from cchc.records.text import LocalText

DRAFT: Final = "draft"
PUBLISHED: Final = "published"
WITHDRAWN: Final = "withdrawn"

CONTROLLER: Final = "controller"

WRITTEN: Final = "written"
HOLDS: Final = "holds"
GONE: Final = "gone"
ENDED: Final = "ended"

VERSION: Final = StateTable(
    title=LocalText("Phiên bản thủ tục hành chính", "A version of a procedure"),
    states=(
        State(DRAFT, LocalText("Dự thảo", "Draft")),
        State(PUBLISHED, LocalText("Đã công bố", "Published")),
        State(WITHDRAWN, LocalText("Đã rút", "Withdrawn"), is_final=True),
    ),
    steps=(
        Step("rewrite", LocalText("Sửa dự thảo", "Rewrite"), (DRAFT,), None, CONTROLLER, WRITTEN),
        Step("publish", LocalText("Công bố", "Publish"), (DRAFT,), PUBLISHED, CONTROLLER, HOLDS),
        Step("end", LocalText("Ghi ngày hết hiệu lực", "End"), (PUBLISHED,), None, CONTROLLER, ENDED),
        Step("withdraw", LocalText("Rút", "Withdraw"), (DRAFT, PUBLISHED), WITHDRAWN, CONTROLLER, GONE),
    ),
    who={CONTROLLER: LocalText("công chức kiểm soát thủ tục hành chính", "the procedure-control officer")},
    effects={
        WRITTEN: LocalText("ghi vào nhật ký, nội dung cũ được thay", "noted; other content takes its place"),
        HOLDS: LocalText(
            "có hiệu lực trong các ngày ghi; phiên bản trước hết hiệu lực hôm trước",
            "holds on its days; the one before ends the day before",
        ),
        ENDED: LocalText(
            "không sớm hơn hồ sơ cuối cùng đã nhận theo phiên bản này", "not before the last dossier received by it"
        ),
        GONE: LocalText("chỉ khi chưa có hồ sơ nào theo phiên bản này", "only where no dossier was received by it"),
    },
)  # fmt: skip
