"""Kinds of events of this room. What an owner answered stands in none of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.text import LocalText

FORM_HANDED_OUT: Final = "feedback.form_handed_out"
FORM_TAKEN_IN: Final = "feedback.form_taken_in"
TABLET_OPENED: Final = "feedback.tablet_opened"
RATED: Final = "feedback.rated"
WORDS_ERASED: Final = "feedback.words_erased"

KINDS: Final[Mapping[str, LocalText]] = {
    FORM_HANDED_OUT: LocalText("Phát phiếu đánh giá", "Rating form handed out"),
    FORM_TAKEN_IN: LocalText("Thu phiếu đánh giá", "Rating form taken in"),
    TABLET_OPENED: LocalText("Mở phiếu đánh giá trên máy tính bảng", "Rating form opened on the tablet"),
    RATED: LocalText("Hồ sơ được đánh giá", "Dossier rated"),
    WORDS_ERASED: LocalText("Xóa ý kiến khi hết thời hạn lưu", "Words erased when their time was over"),
}
