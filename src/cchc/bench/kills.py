"""Counters and workers killed while they write, again and again: what was acknowledged is there, once, and whole.

Every child is a fork of one process, so that a new one costs milliseconds. A counter receives dossiers and hands their
first step on, through the whole site, and says what was answered with success; a worker receives a list, row by row.
Each is killed (SIGKILL) a short while after it began to write. What a kill leaves is then looked at as a whole.
Nothing here empties the cache of the system: what a power cut does is not tried.
"""

from __future__ import annotations

import os
import random
import select
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any, Final, NoReturn

from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import localdate

from cchc.audit.models import AuditEvent
from cchc.audit.queries import verify_chain
from cchc.bench.desk_register import PROCEDURE, OneStop, found_communes
from cchc.bench.register import check_empty
from cchc.config.serving import leave_databases
from cchc.dossiers.actions.bulk import receive_several
from cchc.dossiers.audit_kinds import REGISTERED
from cchc.dossiers.models import CodeSeries, Dossier, IntakeRow, StepInstance
from cchc.dossiers.states import DONE
from cchc.interface.jobs.worker import work, work_once
from cchc.organizations.viewers import actor_of

ROWS_FOR_A_KILL: Final = 12
_LEASE: Final = timedelta(milliseconds=250)
_LONGEST_LIFE: Final = 0.15  # seconds after its first write
_PATIENCE: Final = 60.0


@dataclass(slots=True)
class KillFigures:
    """What happened, and what is wrong afterwards: nothing, where it holds."""

    kills: int = 0
    of_workers: int = 0
    acknowledged: int = 0
    dossiers: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether every kill hit somebody at work and nothing was lost, doubled or torn."""
        return not self.wrong and self.acknowledged > 0


def run(kills: int, seed: int = 0, tell: Callable[[str], None] = lambda _: None) -> KillFigures:
    """So many kills in an empty register, a counter and a worker in turn."""
    check_empty()
    client, (desk,) = found_communes(1)
    figures, chance, received = KillFigures(), random.Random(seed), list[tuple[int, bool]]()  # noqa: S311
    for number in range(kills):
        is_worker = number % 2 == 1
        if is_worker:
            _hand_in_list(desk, number)
        said = _live_and_die(_as_worker if is_worker else lambda say: _as_counter(client, desk, say), chance)
        figures.kills += 1
        figures.of_workers += is_worker
        if is_worker:
            _finish_list()
        else:
            received.extend(said)
        tell(f"{figures.kills} of {kills}")
    figures.acknowledged, figures.dossiers = len(received), Dossier.objects.count()
    figures.wrong.extend(_wrong(desk, received))
    return figures


def _live_and_die(work_on: Callable[[Callable[[str], None]], None], chance: random.Random) -> list[tuple[int, bool]]:
    """A child that works until it is killed, a moment after it said something; all that it said."""
    leave_databases()  # a child shares no connection with its parent
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        _live(work_on, writing)
    os.close(writing)
    try:
        ready, _, _ = select.select([reading], [], [], _PATIENCE)
        if ready:
            time.sleep(chance.uniform(0, _LONGEST_LIFE))
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    with os.fdopen(reading) as said:
        return [
            (int(line[1:]), line[0] == "s") for line in said.read().splitlines(keepends=True) if line.endswith("\n")
        ]


def _live(work_on: Callable[[Callable[[str], None]], None], writing: int) -> NoReturn:
    def say(line: str) -> None:
        os.write(writing, f"{line}\n".encode())

    try:
        work_on(say)
    finally:
        os._exit(1)


def _as_counter(client: Any, desk: OneStop, say: Callable[[str], None]) -> None:
    """Receives, says the dossier; hands its first step on, says the step. For ever."""
    address = reverse("dossiers:receive", args=[desk.commune.code, PROCEDURE])
    while True:
        filled = {"owner_name": "Hồ Văn Đo", "channel": "direct", "owner_number": f"{random.randrange(10**11)}",  # noqa: S311
                  "originals_form": "1", "originals_birth_note": "1"}  # fmt: skip
        answer = client.post(address, filled)
        assert answer.status_code == 302, answer.content.decode()[:500]
        key = int(answer.headers["Location"].split("/")[2])
        say(f"d{key}")
        step = StepInstance.objects.select_related("dossier").get(dossier=key, step="receive")
        answer = client.post(
            reverse("dossiers:step-act", args=[step.pk, "hoan-thanh"]), {"version": step.dossier.version, "text": ""}
        )
        assert answer.status_code == 302, answer.content.decode()[:500]
        say(f"s{step.pk}")


def _as_worker(say: Callable[[str], None]) -> None:
    """Works on whatever job there is, and says so once it begins to receive rows."""
    say("w0")
    work(f"w{os.getpid()}", Event(), length=_LEASE, idle=0.01)


def _hand_in_list(desk: OneStop, number: int) -> None:
    """A list for every worker that is killed: a job that loses one worker after the other is given up, by design."""
    keys = range(number * ROWS_FOR_A_KILL, (number + 1) * ROWS_FOR_A_KILL)
    said = [{"procedure": PROCEDURE, "name": f"Người {key}", "number": f"8{key:010}"} for key in keys]
    person = desk.people[0]
    receive_several(actor=actor_of(person), now=datetime.now(UTC), unit=desk.commune, rows=said, official=person)


def _finish_list() -> None:
    """What a worker left is done by one that nobody kills."""
    until = time.monotonic() + _PATIENCE
    while IntakeRow.objects.filter(dossier=None, why_vi="").exists() and time.monotonic() < until:
        if not work_once("last", Event(), datetime.now(UTC), _LEASE):
            time.sleep(0.05)


def _wrong(desk: OneStop, received: list[tuple[int, bool]]) -> Iterator[str]:
    """Everything that is not as it must be, in words."""
    acknowledged = Counter(received)
    dossiers = set(Dossier.objects.order_by().values_list("pk", flat=True))
    done = set(StepInstance.objects.filter(state=DONE).order_by().values_list("pk", flat=True))
    for (key, is_step), times in acknowledged.items():
        if key not in (done if is_step else dossiers):
            yield f"{'step' if is_step else 'dossier'} {key} was acknowledged and is not there"
        if times > 1:
            yield f"{'step' if is_step else 'dossier'} {key} was acknowledged {times} times"
    codes = sorted(Dossier.objects.order_by().values_list("code", flat=True))
    days = CodeSeries.objects.order_by("on")
    expected = [f"{desk.commune.code}-{one.on:%y%m%d}-{number:04}" for one in days for number in range(1, one.last + 1)]
    if codes != sorted(expected):
        yield f"codes have gaps or twins on {localdate()}: {len(codes)} of {len(expected)}"
    parts = Dossier.objects.annotate(
        slips=Count("slip", distinct=True), promised=Count("appointments", distinct=True),
        working=Count("steps", distinct=True), papers=Count("components", distinct=True),
    ).exclude(slips=1, promised=1, working=4, papers=2)  # fmt: skip
    yield from (f"dossier {one.code} is torn" for one in parts.order_by("pk"))
    if AuditEvent.objects.filter(kind=REGISTERED).count() != len(dossiers):
        yield "the chain tells of another number of dossiers"
    if not verify_chain().is_valid:
        yield "the chain does not verify"
    rows = IntakeRow.objects.order_by("pk")
    left = rows.filter(dossier=None).count()
    if left:
        yield f"{left} rows of the list were not received"
    twice = Dossier.objects.filter(owner_name__startswith="Người ").count() - rows.exclude(dossier=None).count()
    if twice:
        yield f"{twice} rows of the list were received twice"
