"""Templates, bases and papers for tests, made the real way."""

from __future__ import annotations

from datetime import date
from typing import Any

from cchc.organizations.models import Unit
from cchc.papers.actions.bases import BasisFacts, enter_basis
from cchc.papers.actions.drafts import Frame, change_draft, draft_paper
from cchc.papers.actions.issuing import Issuing, issue_paper
from cchc.papers.actions.templates import make_template
from cchc.papers.composing import Texts
from cchc.papers.models import LegalBasis, Paper, TextTemplate
from cchc.papers.vocabularies import OF_UNIT
from cchc.records.sources import Source, Validity
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY

TEXTS = Texts(
    summary="Kết quả cải cách hành chính năm {year} của {unit.name}",
    addressees="Ủy ban nhân dân tỉnh",
    text="{bases}\n# Kết quả\nCác đơn vị đã hoàn thành.\n{unit.parts_table}\n# Kiến nghị\nKính đề nghị xem xét.",
    recipients="Như trên\nLưu: VT",
)
FRAME = Frame(
    issuer="Ủy ban nhân dân xã Mẫu",
    superior="",
    symbol="BC-UBND",
    place="Mẫu",
    on_behalf="TM. Ủy ban nhân dân\nKT. Chủ tịch",
    signer_title="Phó Chủ tịch",
    signer_name="Lê Thị Ẵng",
)


def facts(number: str = "30/2020/NĐ-CP", **changes: Any) -> BasisFacts:
    """A decree in force, unless something else is said."""
    given = {
        "kind": "decree",
        "number": number,
        "issued_on": date(2020, 3, 5),
        "issuer": "Chính phủ",
        "title": "về công tác văn thư",
        "validity": Validity(date(2020, 3, 5)),
        "source": Source("https://vanban.chinhphu.vn/"),
        "verified": True,
    }
    return BasisFacts(**given | changes)


def basis(unit: Unit, number: str = "30/2020/NĐ-CP", **changes: Any) -> LegalBasis:
    """A basis kept by the unit."""
    return enter_basis(**BY_TESTS, unit=unit, facts=facts(number, **changes))


def expired(unit: Unit) -> LegalBasis:
    """A decree that ended before the tests' day."""
    days = Validity(date(2004, 5, 1), date(2020, 3, 4))
    return basis(unit, "110/2004/NĐ-CP", issued_on=date(2004, 4, 8), validity=days)


def template(unit: Unit, code: str = "bao-cao", texts: Texts = TEXTS, **more: Any) -> TextTemplate:
    """A template of reports from long ago on."""
    given = {"kind": "report", "vocabulary": OF_UNIT, "name": "Báo cáo năm", "starts_on": LONG_AGO}
    return make_template(**BY_TESTS, code=code, unit=unit, texts=texts, **given | more)


def draft(unit: Unit, *bases: LegalBasis, texts: Texts = TEXTS, frame: Frame = FRAME, kind: str = "report") -> Paper:
    """A draft that could be issued."""
    paper = draft_paper(**BY_TESTS, unit=unit, kind=kind)
    return change_draft(**BY_TESTS, paper=paper, texts=texts, frame=frame, bases=bases)


def issued(unit: Unit, on: date = TODAY, **more: Any) -> Paper:
    """An issued paper with the next number."""
    return issue_paper(**BY_TESTS, paper=draft(unit), issuing=Issuing(on, **more))
