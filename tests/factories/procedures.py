"""Procedures for tests, made the real way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from cchc.organizations.models import Unit
from cchc.procedures.actions.catalogue import ProcedureFacts, record_procedure
from cchc.procedures.actions.publications import Posting, note_publication
from cchc.procedures.actions.versions import draft_version, publish_version
from cchc.procedures.models import Procedure, ProcedureVersion, Publication
from cchc.procedures.versions import ProcedureStep, Version
from cchc.records.sources import Source, Validity, Verification
from cchc.records.text import LocalText
from cchc.records.timelines import Dated
from cchc.worktime.limits import Limit
from tests.factories.organizations import BY_TESTS

STEPS: Final = (
    ProcedureStep("receive", LocalText("Tiếp nhận"), "receiving_officer", Limit(4, "working_hours")),
    ProcedureStep("settle", LocalText("Thẩm tra"), "settling_official", Limit(1, "working_days"), ("receive",)),
    ProcedureStep("sign", LocalText("Ký"), "signing_leader", Limit(4, "working_hours"), ("settle",)),
)
PLAIN: Final = Version(
    Limit(3, "working_days"), STEPS, (), (), "one_stop", "full", None, "https://dichvucong.gov.vn/",
    LocalText("Giấy khai sinh"), "restart", 1, (),
)  # fmt: skip
"""Three working days in three steps."""
CHECKED: Final = Verification(True)


def dated(start: date = date(2026, 1, 1), end: date | None = None, **changes: Any) -> Dated[Version]:
    """`PLAIN` with changes, on these days, by a decision that somebody checked."""
    source = Source("1217/QĐ-UBND", date(2025, 12, 20))
    return Dated(replace(PLAIN, **changes), Validity(start, end), source, CHECKED)


def recorded(keeper: Unit, code: str = "1.001193", **facts: Any) -> Procedure:
    """Without a version."""
    given = {
        "name": LocalText("Đăng ký khai sinh", "Registration of a birth"), "field": LocalText("Hộ tịch"),
        "level": "commune", "authority": LocalText("Ủy ban nhân dân cấp xã"),
    } | facts  # fmt: skip
    return record_procedure(**BY_TESTS, keeper=keeper, code=code, facts=ProcedureFacts(**given))


def drafted(of: Procedure, version: Dated[Version] | None = None) -> ProcedureVersion:
    """A version that waits to be published."""
    return draft_version(**BY_TESTS, procedure=of, dated=version or dated())


def published(of: Procedure, version: Dated[Version] | None = None) -> ProcedureVersion:
    """A version that holds from its first day on."""
    made = drafted(of, version)
    return publish_version(**BY_TESTS, version=made, expected_edition=made.edition)


def procedure(keeper: Unit, code: str = "1.001193", version: Dated[Version] | None = None, **facts: Any) -> Procedure:
    """In force since the first day of 2026."""
    made = recorded(keeper, code, **facts)
    published(made, version)
    return made


def posted(version: ProcedureVersion, unit: Unit, place: str = "Bảng niêm yết", **more: Any) -> Publication:
    """Stands open there since the first day of its year, if nothing else is said."""
    posting = Posting(unit, place, **{"posted_on": date(2026, 1, 5)} | more)
    return note_publication(**BY_TESTS, version=version, posting=posting)
