"""Reports of where dossiers stand: queued with every new national code, sent and answered by files, sent again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.audit_kinds import OF_REPORTS
from cchc.dossiers.models import Dossier, ProgressReport
from cchc.dossiers.progress_files import Answer
from cchc.dossiers.queries.progress import known_reports
from cchc.dossiers.states import NATIONAL_CODES
from cchc.dossiers.states_sync import CONFIRMED, FAILED, SYNCHRONISATION
from cchc.records.errors import refuse

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a file of answers: how many were confirmed, failed, known already, contradicted what is known, or
    concern nothing that was sent.
    """

    confirmed: int = 0
    failed: int = 0
    repeated: int = 0
    contradicting: int = 0
    unknown: int = 0


def queue_progress(dossier: Dossier, now: datetime) -> None:
    """Belongs into every act: where the national code is another one than was reported last, that waits to be sent."""
    code = NATIONAL_CODES[dossier.state]
    if code == dossier.reported_code:
        return
    step = SYNCHRONISATION.step("queue")
    dossier.reports_made += 1
    dossier.reported_code = code
    dossier.synchronisation = SYNCHRONISATION.after(dossier.synchronisation, step)
    dossier.save(update_fields=["reports_made", "reported_code", "synchronisation"])
    report = ProgressReport.objects.create(
        dossier=dossier, number=dossier.reports_made, national_code=code, state=dossier.state, at=now,
        status=dossier.synchronisation,
    )  # fmt: skip
    record(OF_REPORTS["queue"], report, after=values_of(report))


@action
def send_progress(*, actor: Actor, now: datetime, reports: Sequence[ProgressReport]) -> int:
    """They have left in a file. What was sent before keeps its state and gets the new moment. Answers how many."""
    if not reports:
        nothing_changed()
        return 0
    for report in _locked([one.pk for one in reports]):
        if report.status in SYNCHRONISATION.step("send").sources:
            _moved(report, "send", {"sent_at": now})
        elif report.status == SYNCHRONISATION.step("send").target:
            before = values_of(report)
            report.sent_at = now
            report.save()
            record(OF_REPORTS["send"], report, before=before, after=values_of(report))
    return len(reports)


@action
def answer_progress(*, actor: Actor, now: datetime, answers: Sequence[Answer]) -> Answered:
    """What the receiver said of each. The same file again changes nothing."""
    keys = known_reports({(one.code, one.number) for one in answers})
    found = {report.pk: report for report in _locked(list(keys.values()))}
    counts = dict.fromkeys(Answered.__dataclass_fields__, 0)
    for one in answers:
        report = found.get(keys.get((one.code, one.number), 0))
        counts["unknown" if report is None else _answer(report, one, now)] += 1
    if not counts["confirmed"] + counts["failed"]:
        nothing_changed()
    return Answered(**counts)


@action
def send_again(*, actor: Actor, now: datetime, report: ProgressReport) -> ProgressReport:
    """What was refused waits for the next export, under its id. Raises `dossiers.report_not_failed`."""
    (locked,) = _locked([report.pk])
    if locked.status not in SYNCHRONISATION.step("send_again").sources:
        raise refuse("dossiers.report_not_failed", state=SYNCHRONISATION.state(locked.status).name)
    _moved(locked, "send_again", {"failure": ""})
    return locked


def _answer(report: ProgressReport, answer: Answer, now: datetime) -> str:
    """How it is counted."""
    act = "confirm" if answer.outcome == CONFIRMED else "fail"
    if report.status == answer.outcome:
        return "repeated"
    if report.status not in SYNCHRONISATION.step(act).sources:
        return "contradicting" if report.status == CONFIRMED else "unknown"
    _moved(report, act, {"answered_at": now, "failure": answer.reason if act == "fail" else ""})
    return CONFIRMED if act == "confirm" else FAILED


def _locked(keys: Sequence[int]) -> list[ProgressReport]:
    """With their dossiers, these locked first as every act does."""
    found: list[ProgressReport] = []
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        owners = Dossier.objects.filter(reports__in=some).order_by().values("pk")
        dossiers = {one.pk: one for one in Dossier.objects.select_for_update().filter(pk__in=owners).order_by("pk")}
        reports = ProgressReport.objects.select_for_update().filter(pk__in=some).order_by("pk")
        for report in reports:
            report.dossier = dossiers[report.dossier_id]
            found.append(report)
    return found


def _moved(report: ProgressReport, act: str, values: dict[str, object]) -> None:
    """The report goes along its table, the dossier with it where it is the newest."""
    before = values_of(report)
    report.status = SYNCHRONISATION.after(report.status, SYNCHRONISATION.step(act))
    for name, value in values.items():
        setattr(report, name, value)
    report.save()
    if report.number == report.dossier.reports_made:
        report.dossier.synchronisation = report.status
        report.dossier.save(update_fields=["synchronisation"])
    record(OF_REPORTS[act], report, before=before, after=values_of(report))
