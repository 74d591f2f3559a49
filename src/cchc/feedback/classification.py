"""What every field of this room is. What owners answered is personal, although no page names them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Fields, Purpose, internal, personal, post_then, secret
from cchc.records.sources import Source, Verification
from cchc.records.text import LocalText

JUDGING: Final = Purpose(
    LocalText(
        "Đánh giá việc giải quyết thủ tục hành chính theo ý kiến của chủ hồ sơ, công bố ở dạng tổng hợp",
        "Judging by what owners of dossiers say how procedures are settled, published in sums",
    ),
    Source("Thông tư 01/2018/TT-VPCP"),
    Verification(
        False,
        "Chưa đối chiếu điều khoản với bản ký; Thông tư 03/2025/TT-VPCP đã thay từ 01/7/2025",
        "The article was not compared with the signed text; Circular 03/2025/TT-VPCP replaced it on 01/07/2025",
    ),
)


def _said(name: str) -> Callable[[str], str]:
    def say(value: str) -> str:
        from cchc.feedback import shown_words

        said: str = getattr(shown_words, name)(value)
        return said

    return say


FIELDS: Final[Mapping[str, Fields]] = {
    "feedback.RatingHandOut": {
        "id": ROW_NUMBER,
        "dossier": internal("Hồ sơ", "Dossier"),
        "occasion": internal("Lần phát", "Occasion", _said("occasion_name")),
        "way": internal("Hình thức phiếu", "Way", _said("way_name")),
        "state": internal("Tình trạng phiếu", "State", _said("state_name")),
        "handed_out_at": internal("Thời điểm phát", "Handed out at"),
        "handed_out_by": personal("Người phát", "Handed out by", ACCOUNTABILITY),
        "handed_out_as": post_then("người phát", "it was handed out", ACCOUNTABILITY),
        "taken_in_at": internal("Thời điểm thu", "Taken in at"),
        "taken_in_by": personal("Người thu", "Taken in by", ACCOUNTABILITY),
        "taken_in_as": post_then("người thu", "it was taken in", ACCOUNTABILITY),
    },
    "feedback.Rating": {
        "id": ROW_NUMBER,
        "dossier": personal("Hồ sơ được đánh giá", "Dossier that was rated", JUDGING),
        "form": internal("Phiên bản phiếu", "Version of the form"),
        "channel": internal("Cách đánh giá", "Way", _said("channel_name")),
        "words": personal("Ý kiến của chủ hồ sơ", "What its owner wrote", JUDGING),
        "rated_at": personal("Thời điểm đánh giá", "Rated at", JUDGING),
        "typed_by": personal("Người nhập phiếu giấy", "Who typed the paper form", ACCOUNTABILITY),
        "typed_as": post_then("người nhập", "it was typed", ACCOUNTABILITY),
    },
    "feedback.RatingAnswer": {
        "id": ROW_NUMBER,
        "rating": internal("Phiếu", "Rating").inner(),
        "topic": internal("Nội dung hỏi", "Topic"),
        "answer": personal("Trả lời", "Answer", JUDGING),
        "points": personal("Điểm", "Points", JUDGING),
    },
    "feedback.TabletPass": {
        "id": ROW_NUMBER,
        "dossier": internal("Hồ sơ", "Dossier"),
        "key": secret("Khóa của phiếu trên máy tính bảng", "Key of the form on the tablet"),
        "until": internal("Mở đến", "Open until"),
        "opened_by": personal("Người mở", "Opened by", ACCOUNTABILITY),
        "opened_as": post_then("người mở", "it was opened", ACCOUNTABILITY),
    },
}
