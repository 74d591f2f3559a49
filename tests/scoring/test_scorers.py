"""Who scores a criterion is said in words, in either language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cchc.records.words import say
from cchc.scoring.evaluation import evaluate
from cchc.scoring.sheets import Entry, SheetBuilder
from tests.factories.assessments import SMALL


@pytest.mark.parametrize(
    ("scored_by", "vi", "en"),
    [
        ("survey", "do kết quả khảo sát chấm", "by a survey"),
        ("appraiser", "do người thẩm định chấm", "by the appraisers"),
        ("field", "do đoàn kiểm tra chấm", "by the field team"),
        (
            "metric:late-share",
            "do số liệu đo trên hệ thống (late-share) chấm",
            "by what the systems measured (late-share)",
        ),
    ],
)
def test_what_units_do_not_score_names_who_does(scored_by: str, vi: str, en: str) -> None:
    field = SMALL.fields[1]
    leaf = replace(field.children[0], scored_by=scored_by)
    criteria = replace(SMALL, fields=(SMALL.fields[0], replace(field, children=(leaf,))))
    builder = SheetBuilder(criteria)
    builder.add(Entry("xa", "1.1", "done", "8", "self"))
    (unit,) = evaluate(criteria, builder.build()).units
    (reason,) = unit.leaf("2.1").reasons
    assert vi in say(reason, "vi") and en in say(reason, "en")
