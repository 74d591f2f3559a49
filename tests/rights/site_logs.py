"""Logs of another one-stop software that tables of rights name."""

from __future__ import annotations

from cchc.organizations.models import Unit
from cchc.oversight.actions.logs import ask_for_load
from cchc.oversight.models import DelaySource, LogImport, SourceName
from tests.factories.logs import handed_in, log_source, mapped, tried
from tests.factories.organizations import BY_TESTS


class OfLogs:
    """A part of the site."""

    commune: Unit

    def _source_of_logs(self) -> tuple[object, ...]:
        return (self._a_source().pk,)

    def _log(self) -> tuple[object, ...]:
        return (mapped(handed_in(self._a_source())).pk,)

    def _tried_log(self) -> tuple[object, ...]:
        return (self._tried().pk,)

    def _loading_log(self) -> tuple[object, ...]:
        return (ask_for_load(**BY_TESTS, number=self._tried().pk).pk,)

    def _name_in_log(self) -> tuple[object, ...]:
        made = self._tried()
        return (SourceName.objects.filter(source=made.source_id, kind="official").order_by("pk")[0].pk,)

    def _source_with_names(self) -> tuple[object, ...]:
        return (self._tried().source_id,)

    def _tried(self) -> LogImport:
        return tried(mapped(handed_in(self._a_source())))

    def _a_source(self) -> DelaySource:
        return log_source(self.commune)
