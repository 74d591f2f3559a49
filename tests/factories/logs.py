"""Logs handed in, tried and loaded in the test's own transaction, as jobs do it."""

from __future__ import annotations

from importlib import resources
from io import BytesIO
from typing import Any

from django.utils import timezone

from cchc.audit.actors import Actor
from cchc.files.sending import Sender
from cchc.interface.models import Job
from cchc.organizations.models import Unit
from cchc.oversight.actions import logs as actions
from cchc.oversight.logs.receiving import log_received
from cchc.oversight.models import DelaySource, LogImport
from cchc.oversight.queries.logs import get_log
from tests.factories.jobs import do_job
from tests.factories.organizations import TESTER

SAMPLE = "igate-nhat-ky"


def sample(name: str = f"{SAMPLE}.csv") -> bytes:
    """A file of the samples that come with the ledger."""
    return (resources.files("cchc.ledger") / "samples" / name).read_bytes()


def log_source(unit: Unit, name: str = "iGate") -> DelaySource:
    return actions.add_log_source(actor=TESTER, now=timezone.now(), name=name, unit=unit, calendar="vn")


def handed_in(
    source: DelaySource, content: bytes | None = None, name: str = f"{SAMPLE}.csv", actor: Actor = TESTER
) -> LogImport:
    """Uploaded and looked at."""
    with log_received(BytesIO(sample() if content is None else content), name) as upload:
        made = actions.hand_in_log(
            actor=actor, now=timezone.now(), source=source, upload=upload, sender=Sender(), denies_state_secret=True
        )
    return worked(made)


def mapped(made: LogImport, mapping: str | None = None) -> LogImport:
    text = sample(f"{SAMPLE}.yaml").decode() if mapping is None else mapping
    return actions.map_log(actor=TESTER, now=timezone.now(), number=made.pk, mapping=text)


def tried(made: LogImport) -> LogImport:
    return worked(actions.ask_for_trial(actor=TESTER, now=timezone.now(), number=made.pk))


def loaded(made: LogImport, *, drops_gone: bool = False) -> LogImport:
    given = {"number": made.pk, "drops_gone": drops_gone}
    return worked(actions.ask_for_load(actor=TESTER, now=timezone.now(), **given))


def brought_in(
    source: DelaySource, content: bytes | None = None, mapping: str | None = None, **given: Any
) -> LogImport:
    """From the upload to the end."""
    return loaded(tried(mapped(handed_in(source, content), mapping)), **given)


def worked(made: LogImport) -> LogImport:
    """Its job is done."""
    do_job(Job.objects.get(pk=made.job))
    return get_log(made.pk)


def matched() -> None:
    """Names are matched anew as far as that was asked for."""
    for job in Job.objects.filter(kind="oversight.match_names", state="open").order_by("pk"):
        do_job(job)
