"""Lists of a month that tables of rights name."""

from __future__ import annotations

from collections.abc import Mapping

from cchc.organizations.models import Official, Unit
from cchc.oversight.models import ListedItem, ListNotice, MonthlyList
from cchc.procedures.models import Procedure
from tests.factories.lists import list_of_october


class OfLists:
    """A part of the site."""

    commune: Unit
    people: Mapping[str, Official]
    _births: Procedure

    def _named_list(self, *, is_notified: bool) -> MonthlyList:
        return list_of_october(self.commune, self._births, self.people["receiver"], is_notified=is_notified)

    def _monthly_list(self, *slug: str) -> tuple[object, ...]:
        return (self._named_list(is_notified=False).pk, *slug)

    def _listed_item(self) -> tuple[object, ...]:
        list_ = self._named_list(is_notified=True)
        return (ListedItem.objects.get(listed__list=list_, listed__official=self.people["receiver"]).pk,)

    def _list_notice(self) -> tuple[object, ...]:
        list_ = self._named_list(is_notified=True)
        return (ListNotice.objects.get(list=list_, recipient=self.people["receiver"]).pk,)
