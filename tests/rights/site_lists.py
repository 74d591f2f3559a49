"""Lists of a month that tables of rights name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from cchc.organizations.models import Official, Unit
from cchc.organizations.viewers import actor_of
from cchc.oversight.actions.cases import ask_case, conclude_case, explain_case, open_case
from cchc.oversight.actions.verdicts import Found, draw_rechecks, give_verdict
from cchc.oversight.consequences import OFFICIAL
from cchc.oversight.models import (
    KeptDossier,
    ListedItem,
    ListedOfficial,
    ListNotice,
    MonthlyList,
    Recheck,
    ResponsibilityCase,
)
from cchc.oversight.queries.grounds import Concerned, Origin
from cchc.procedures.models import Procedure
from tests.factories.lists import frozen_list, list_of_october, published_list
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official
from tests.factories.oversight import refreshed


class OfLists:
    """A part of the site."""

    province: Unit
    office: Unit
    commune: Unit
    people: Mapping[str, Official]
    _births: Procedure

    def _named_list(self, *, is_notified: bool) -> MonthlyList:
        return list_of_october(self.commune, self._births, self.people["receiver"], is_notified=is_notified)

    def _monthly_list(self, *slug: str) -> tuple[object, ...]:
        return (self._named_list(is_notified=False).pk, *slug)

    def _notified_list(self, *part: str) -> tuple[object, ...]:
        return (self._named_list(is_notified=True).pk, *part)

    def _frozen_list(self, *slug: str) -> tuple[object, ...]:
        return (self._frozen_by_two().pk, *slug)

    def _published_list(self, *slug: str) -> tuple[object, ...]:
        return (published_list(self._frozen_by_two()).pk, *slug)

    def _frozen_by_two(self) -> MonthlyList:
        people = (self.people[name] for name in ("receiver", "officer", "head"))
        return frozen_list(self.commune, self._births, *people)

    def _compiled(self, form: str) -> tuple[object, ...]:
        """With a published list in it."""
        published_list(self._frozen_by_two())
        return (self.province.code, "2026-10", form)

    def _listed_item(self) -> tuple[object, ...]:
        list_ = self._named_list(is_notified=True)
        return (ListedItem.objects.get(listed__list=list_, listed__official=self.people["receiver"]).pk,)

    def _list_notice(self, *form: str) -> tuple[object, ...]:
        list_ = self._named_list(is_notified=True)
        return (ListNotice.objects.get(list=list_, recipient=self.people["receiver"]).pk, *form)

    def _frozen_named(self) -> tuple[object, ...]:
        return (self._named_in_frozen().pk,)

    def _named_in_frozen(self) -> ListedOfficial:
        return ListedOfficial.objects.get(list=self._frozen_by_two(), official=self.people["receiver"])

    def _case(self, *slug: str) -> tuple[object, ...]:
        return (self._opened_case().pk, *slug)

    def _asked_case(self, *slug: str) -> tuple[object, ...]:
        return (self._case_asked_about().pk, *slug)

    def _explained_case(self, *slug: str) -> tuple[object, ...]:
        return (self._case_with_answer().pk, *slug)

    def _concluded_case(self, *slug: str) -> tuple[object, ...]:
        case = self._case_with_answer()
        found = {"conclusion": "Chậm do chủ quan", "measure": "review"}
        return (conclude_case(**BY_TESTS, case=case, expected_version=case.version, **found).pk, *slug)

    def _case_with_answer(self) -> ResponsibilityCase:
        case = self._case_asked_about()
        return explain_case(**BY_TESTS, case=case, expected_version=case.version, text="Máy chủ hỏng")

    def _case_asked_about(self) -> ResponsibilityCase:
        case = self._opened_case()
        asked = {"question": "Vì sao quá hạn", "due_on": TODAY + timedelta(days=5)}
        return ask_case(**BY_TESTS, case=case, expected_version=case.version, **asked)

    def _opened_case(self) -> ResponsibilityCase:
        listed, receiver = self._named_in_frozen(), self.people["receiver"]
        about = Concerned(OFFICIAL, self.commune, receiver, receiver.name)
        return open_case(**BY_TESTS, origin=Origin(listed=listed), about=about, why="Quá hạn")

    def _late_dossier(self) -> tuple[object, ...]:
        return (self._late().pk,)

    def _late(self) -> KeptDossier:
        self._named_list(is_notified=False)
        refreshed(NOW)
        return KeptDossier.objects.get()

    def _drawn_verdict(self) -> tuple[object, ...]:
        other = official("kiem-soat-khac", works_in=self.office)
        grant(other, "procedure_control_officer", self.province, covers_subtree=True)
        by = {"actor": actor_of(other, day=TODAY), "now": NOW - timedelta(days=30)}
        give_verdict(**by, kept=self._late(), found=Found("forgotten", "Kết quả ký trước hạn", "Văn bản 12/GKS"))
        draw_rechecks(actor=by["actor"], now=NOW, unit=self.province, month=date(2026, 10, 1), seed="7")
        return (Recheck.objects.get().pk,)
