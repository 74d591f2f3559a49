"""Who stops the demonstration while it fills its database has an empty one, and the next start fills it whole."""

from __future__ import annotations

import pytest
import time_machine

from cchc.audit.models import AuditEvent
from cchc.audit.queries import verify_chain
from cchc.demo import province
from cchc.demo.province import load_sample_province, read_sample
from cchc.followups.models import Directive
from cchc.notices.models import Notice
from cchc.organizations.models import Account, Official, Unit
from cchc.papers.models import LegalBasis
from tests.factories.organizations import NOW

PASSWORDS = {"quantri": "mat-khau-cua-ban-mau"}
TABLES = (Unit, Official, Account, LegalBasis, Directive, Notice, AuditEvent)


def filled() -> list[str]:
    """The tables in which something stands."""
    return [table.__name__ for table in TABLES if table.objects.exists()]


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
@pytest.mark.long
def test_what_stopped_at_its_last_step_left_nothing_and_is_made_whole(monkeypatch) -> None:
    """Ctrl-C when everything is entered but the commit."""
    whole = province.load_sample_directives

    def stop(now) -> None:
        whole(now)
        assert Directive.objects.exists(), "all of it stood there"
        raise KeyboardInterrupt

    monkeypatch.setattr(province, "load_sample_directives", stop)
    with pytest.raises(KeyboardInterrupt):
        load_sample_province(NOW, PASSWORDS)
    assert filled() == []
    monkeypatch.setattr(province, "load_sample_directives", whole)
    load_sample_province(NOW, PASSWORDS)
    assert filled() == [table.__name__ for table in TABLES]
    assert Official.objects.count() == len(read_sample().people)
    assert verify_chain().is_valid
