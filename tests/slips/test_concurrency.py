"""Several hands at the same moment: numbers of forms and lines of the register have no gap and no twin."""

from __future__ import annotations

from typing import Any

import pytest

from cchc.audit.queries import verify_chain
from cchc.dossiers.actions.intake import Intake, Person
from cchc.dossiers.models import Dossier, DossierEvent
from cchc.records.errors import DomainError
from cchc.slips.actions.numbering import number_form
from cchc.slips.models import FormSeries, IssuedForm, RegisterBook, RegisterEntry
from tests.factories.dossiers import Desk, desk_of_a_commune, received
from tests.followups.test_concurrency import at_once
from tests.slips.test_pages import supplemented

pytestmark = [pytest.mark.usefixtures("committed_database"), pytest.mark.requirement(43)]


@pytest.fixture
def desk(committed_database: str) -> Desk:
    return desk_of_a_commune()


def test_lines_of_the_register_also_where_some_receptions_are_rolled_back(desk: Desk):
    def fine() -> Dossier:
        return received(desk)

    def refused() -> Dossier:
        return received(desk, intake=Intake(Person("Trần Thị Lan")))  # no papers: fails behind the code

    answers = at_once([fine, refused] * 6)
    assert len([one for one in answers if isinstance(one, Dossier)]) == 6
    assert [one.code for one in answers if isinstance(one, DomainError)] == ["dossiers.paper_missing"] * 6
    book = RegisterBook.objects.get()
    lines = list(RegisterEntry.objects.order_by("number").values_list("number", "dossier__code"))
    assert [number for number, _ in lines] == [1, 2, 3, 4, 5, 6] and book.last == 6
    assert [code for _, code in lines] == sorted(code for _, code in lines), "as the codes of the day"
    assert verify_chain().is_valid


def test_numbers_of_forms_also_where_one_is_asked_for_twice(desk: Desk):
    acts = [
        DossierEvent.objects.select_related("dossier__unit").get(dossier=supplemented(desk), act="ask_supplement")
        for _ in range(4)
    ]

    def numbering(act: DossierEvent) -> Any:
        return lambda: number_form(**desk.as_(desk.receiver, "23 10:00"), event=act)

    answers = at_once([numbering(act) for act in acts] * 3)
    assert all(isinstance(one, IssuedForm) for one in answers), answers
    assert sorted(IssuedForm.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert {(one.event_id, one.number) for one in answers} == set(
        IssuedForm.objects.order_by("pk").values_list("event", "number")
    )
    assert FormSeries.objects.get().last == 4 and verify_chain().is_valid
