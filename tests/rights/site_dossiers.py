"""Things of the one-stop that tables of rights name, beside those that pages of the site are made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from cchc.dossiers.actions import ending
from cchc.dossiers.actions.bulk import hand_in_batch
from cchc.dossiers.actions.reporting import answer_progress, send_progress
from cchc.dossiers.actions.standing_in import note_absence
from cchc.dossiers.actions.targets import Decided, set_targets
from cchc.dossiers.models import Dossier
from cchc.dossiers.progress_files import Answer
from cchc.dossiers.queries.progress import to_export
from cchc.dossiers.targets import ONLINE, Target
from cchc.organizations.models import Official, Unit
from cchc.oversight.models import KeptDossier, KeptSignal
from cchc.procedures.models import Procedure
from cchc.records.errors import Place
from tests.factories.organizations import BY_TESTS, NOW, TODAY
from tests.factories.oversight import refreshed
from tests.factories.slips import register_of


class OfDossiers:
    """A part of the site."""

    commune: Unit
    people: Mapping[str, Official]
    _births: Procedure

    def _received(self) -> Dossier:
        raise NotImplementedError

    def _settled_dossier(self, slug: str) -> tuple[object, ...]:
        raise NotImplementedError

    def _list_of_dossiers(self) -> tuple[object, ...]:
        given = {"file": "ho-so.csv", "content": "Mã thủ tục,Chủ hồ sơ\nMAU-001,Lan\n".encode()}
        assert self._births  # received at the counter
        return (hand_in_batch(**BY_TESTS, unit=self.commune, official=self.people["receiver"], **given).pk,)

    def _absence(self) -> tuple[object, ...]:
        given = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=3), "reason": "Đi học"}
        people = {"official": self.people["receiver"], "deputy": self.people["head"]}
        return (note_absence(**BY_TESTS, **people, **given).pk,)

    def _target(self) -> tuple[object, ...]:
        decided = Decided(TODAY.year, Target(Decimal(80)), "15/QĐ-UBND", TODAY)
        (made,) = set_targets(**BY_TESTS, metric=ONLINE, units=[self.commune], decided=decided)
        return (made.pk,)

    def _over_dossier(self) -> tuple[object, ...]:
        dossier = self._received()
        given = {"reason_code": "by_owner", "reason": "Theo đơn", "expected_version": dossier.version}
        return (ending.withdraw(**BY_TESTS, dossier=dossier, **given).pk,)

    def _failed_report(self) -> tuple[object, ...]:
        dossier = self._received()
        send_progress(**BY_TESTS, reports=to_export(None))
        failed = [Answer(dossier.code, 1, "failed", "Mã thủ tục lạ", Place())]
        answer_progress(**BY_TESTS, answers=failed)
        return (dossier.reports.get(number=1).pk,)

    def _dossier_register(self) -> tuple[object, ...]:
        return (register_of(self.commune, TODAY.year - 1).pk,)

    def _kept_dossier(self) -> tuple[object, ...]:
        """As the job keeps it."""
        dossier = self._received()
        refreshed(NOW)
        return (KeptDossier.objects.get(own=dossier).pk,)

    def _signal(self) -> tuple[object, ...]:
        """Steps that were all done in one minute."""
        (number,) = self._settled_dossier("")[:1]
        refreshed(NOW)
        return (KeptSignal.objects.filter(dossier__own=number).order_by("pk")[0].pk,)

    def _record(self) -> tuple[object, ...]:
        return (self.people["receiver"].code, self.commune.code)
