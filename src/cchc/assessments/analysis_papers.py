"""What the report of a round says of strengths and weaknesses: by field, with the units named where they are weak."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from cchc.assessments.analysis import CriterionFigures, analyse
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Round, Sheet
from cchc.assessments.queries.sheets import whole
from cchc.assessments.rules import thresholds_on
from cchc.assessments.states import RESULT_STANDS
from cchc.followups.vocabularies.tables import printable
from cchc.papers.vocabulary import Value, Word
from cchc.records.text import LocalText
from cchc.scoring.criteria import CriteriaSet

_NO_HIGH: Final = ("Chưa có tiêu chí nào mà đa số đơn vị đạt điểm cao.",)
_NO_LOW: Final = ("Không có tiêu chí nào mà đơn vị đạt điểm thấp.",)
_Say = Callable[[CriterionFigures], str]


def analysis_words(round_: Round) -> Mapping[str, Value]:
    """Nobody knows them before the result stands: until then they may change."""
    if round_.state not in RESULT_STANDS:
        return {}
    criteria = set_of(round_)
    sheets, answers = whole(round_)
    found = analyse(criteria, list(sheets), answers, thresholds_on(round_.assessed_to).value).criteria
    return {
        "analysis.strengths": tuple(_by_field(criteria, (one for one in found if one.is_strength), _strong))
        or _NO_HIGH,
        "analysis.weaknesses": tuple(_by_field(criteria, (one for one in found if one.low), _weak)) or _NO_LOW,
        "analysis.without": tuple(f"{_title(one)}: {_names(one.none)}" for one in found if one.none),
    }


def _by_field(criteria: CriteriaSet, found: Iterable[CriterionFigures], say: _Say) -> Iterator[str]:
    """A line for each field in which there is any, in the order of the set."""
    kept = {one.criterion.code: one for one in found}
    for field in criteria.fields:
        lines = [say(kept[leaf.code]) for leaf in criteria.leaves_below[field.code] if leaf.code in kept]
        if lines:
            yield f"{printable(field.title.vi)}: {'; '.join(lines)}"


def _strong(one: CriterionFigures) -> str:
    return f"{_title(one)} ({len(one.high)}/{one.units} đơn vị đạt điểm cao)"


def _weak(one: CriterionFigures) -> str:
    return f"{_title(one)} ({_names(one.low)})"


def _title(one: CriterionFigures) -> str:
    return f"{one.criterion.code} {printable(one.criterion.title.vi)}"


def _names(sheets: Sequence[Sheet]) -> str:
    return ", ".join(printable(sheet.name) for sheet in sheets)


ANALYSIS_WORDS: Final = (
    Word(
        "analysis.strengths", LocalText("Ưu điểm theo lĩnh vực", "Strengths by field"),
        ("Cải cách thủ tục hành chính: 2.1 Công khai thủ tục hành chính (7/7 đơn vị đạt điểm cao)",), "list",
    ),
    Word(
        "analysis.weaknesses", LocalText("Tồn tại theo lĩnh vực, nêu tên đơn vị", "Weaknesses by field, units named"),
        ("Hiện đại hóa hành chính: 7.1 Sử dụng hộp thư công vụ (xã Mẫu, phường Mẫu)",), "list",
    ),
    Word(
        "analysis.without", LocalText("Đơn vị không có điểm, theo tiêu chí", "Units without points, by criterion"),
        ("3.3 Phát phiếu đánh giá cho người nộp hồ sơ: xã Mẫu",), "list",
    ),
)  # fmt: skip
