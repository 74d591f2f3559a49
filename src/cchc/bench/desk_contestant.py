"""What people do at a one-stop, measured in the process of one register: every request goes through the whole site."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, Any, Final

from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from cchc.bench.desk import ACTION, BARE, IN_DATABASE
from cchc.bench.desk_bare import advance_barely
from cchc.bench.desk_register import PROCEDURE, Desks, lay_out
from cchc.bench.in_database import milliseconds
from cchc.bench.register import check_empty
from cchc.dossiers.actions.ending import withdraw
from cchc.dossiers.actions.working import complete
from cchc.dossiers.models import Dossier, Slip, StepInstance
from cchc.dossiers.queries import desk as lists
from cchc.dossiers.states import HELD, RUNNING
from cchc.interface.paging import joined
from cchc.organizations.models import Account
from cchc.organizations.viewers import Viewer, actor_of, viewer_of

_COMMON: Final = "nguyen"
"""A name that half of the owners have: among many dossiers it fills a page, and among few."""
_OWNER: Final = "Hồ Văn Đo"
_WRITES: Final = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
_SHOWN: Final = 101  # rows of a page, and one that says whether there are more


@dataclass(slots=True)
class Contestant:
    """One register. `measure(turns)`: milliseconds of each turn of everything."""

    desks: Desks
    public: Client = field(default_factory=lambda: Client(headers={"host": "127.0.0.1"}))
    received: int = 0

    def measure(self, turns: int) -> dict[str, list[float]]:
        """Everything so many times, one after the other. What is advanced is what was received just before."""
        works: Mapping[str, Callable[[], Callable[[], object]]] = {
            "intake": self._intake, "advance": self._advance, "desk": self._page("/ho-so/"),
            "search by number": self._search(self._some_number), "search by name": self._search(lambda: _COMMON),
            "look-up": self._look_up,
        }  # fmt: skip
        taken = {name: [_timed(prepare()) for _ in range(turns)] for name, prepare in works.items()}
        taken |= {name: milliseconds(found, turns) for name, found in self._lists().items()}
        for _ in range(2 * turns):  # as many again, to be advanced without a page, and without the product
            self._intake()()
        pairs = [(_timed(self._act()), _timed(self._advance_barely())) for _ in range(turns)]
        self._take_back()
        return taken | {ACTION: [ours for ours, _ in pairs], BARE: [bare for _, bare in pairs]}

    def _take_back(self) -> None:
        """What was received to be measured is withdrawn, so that the desk has the same work at every turn."""
        by: dict[str, Any] = {"actor": actor_of(self.desks.first.people[0]), "now": datetime.now(UTC)}
        measured = Dossier.objects.filter(
            unit=self.desks.first.commune, owner_name__startswith=_OWNER, ended_at=None
        ).order_by("pk")
        for one in measured:
            withdraw(**by, dossier=one, expected_version=one.version, reason_code="by_owner", reason="Đã đo xong")

    def check_same_writes(self) -> None:
        """The bare script writes into the tables into which the product writes. Raises `ArithmeticError`."""
        self._intake()()
        self._intake()()
        ours, bare = _writes_of(self._advance()), _writes_of(self._advance_barely())
        if ours != bare:
            raise ArithmeticError(f"one of both writes {sorted(ours ^ bare)}, the other does not")

    def _intake(self) -> Callable[[], object]:
        self.received += 1
        address = reverse("dossiers:receive", args=[self.desks.first.commune.code, PROCEDURE])
        self._forget_what_was_said()
        filled = {"owner_name": f"{_OWNER} {self.received}", "owner_number": f"{90_000_000_000 + self.received}",
                  "channel": "direct", "originals_form": "1", "originals_birth_note": "1"}  # fmt: skip
        return lambda: _went_on(self.desks.client.post(address, filled))

    def _advance(self) -> Callable[[], object]:
        step = self._held()
        address = reverse("dossiers:step-act", args=[step.pk, "hoan-thanh"])
        self._forget_what_was_said()
        return lambda: _went_on(self.desks.client.post(address, {"version": str(step.dossier.version), "text": ""}))

    def _act(self) -> Callable[[], object]:
        step, actor = self._held(), actor_of(self.desks.first.people[0])
        version = step.dossier.version
        return lambda: complete(actor=actor, now=datetime.now(UTC), step=step, expected_version=version)

    def _advance_barely(self) -> Callable[[], object]:
        step = self._held()
        return lambda: advance_barely(step.pk, self.desks.first.people[0].pk)

    def _held(self) -> StepInstance:
        held = StepInstance.objects.filter(
            step="receive", state=HELD, holder=self.desks.first.people[0], dossier__state__in=RUNNING
        )
        return held.select_related("dossier").order_by("-pk")[0]

    def _forget_what_was_said(self) -> None:
        """As the page does that follows a post in a browser: else each answer takes all earlier ones along."""
        self.desks.client.cookies.pop("messages", None)

    def _page(self, address: str) -> Callable[[], Callable[[], object]]:
        return lambda: lambda: _answered(self.desks.client.get(address))

    def _search(self, words: Callable[[], str]) -> Callable[[], Callable[[], object]]:
        def prepare() -> Callable[[], object]:
            asked = {"xem": lists.ALL, "tim": words()}
            return lambda: _answered(self.desks.client.get("/ho-so/", asked))

        return prepare

    def _some_number(self) -> str:
        return str(90_000_000_000 + max(self.received - 3, 1))

    def _look_up(self) -> Callable[[], object]:
        slips = Slip.objects.filter(dossier__unit=self.desks.first.commune).select_related("dossier")
        slip = slips.order_by("dossier")[self.received % 200]
        asked = {"ma": slip.dossier.code, "phieu": slip.token}
        return lambda: _answered(self.public.post("/tra-cuu-ho-so/", asked))

    def _lists(self) -> Mapping[str, Sequence[QuerySet[Any, Any]]]:
        viewer = _viewer()
        which_steps = (lists.MINE, lists.QUEUE, lists.AT_WORK)
        steps = [lists.find_steps(viewer, lists.DeskSearch(which))[:_SHOWN] for which in which_steps]
        ready = lists.find_dossiers(viewer, lists.DeskSearch(lists.READY))[:_SHOWN]

        def newest(text: str) -> list[QuerySet[Any, Any]]:
            return [*lists.finding_newest(viewer, text, None, _SHOWN).needed]

        found = (
            *([joined(one, lists.beside_steps)] for one in steps), [joined(ready, lists.beside_dossiers)],
            newest(""), newest(self._old_number()), newest(_COMMON), [*lists.counting_lists(viewer).needed],
        )  # fmt: skip
        return dict(zip(IN_DATABASE, found, strict=True))

    def _old_number(self) -> str:
        """Of one of the first owners."""
        first = Dossier.objects.filter(unit=self.desks.first.commune).order_by("pk")[0]
        return first.owner_number


def serve(dossiers: int, asked: IO[str], said: IO[str], **size: int) -> None:
    """Lay the register out, say so, then measure as often as a line with a number of turns is read."""
    check_empty()
    started = time.perf_counter()
    contestant = Contestant(lay_out(dossiers, **size))
    contestant.check_same_writes()
    _say(said, {"engine": connection.vendor, "seconds": time.perf_counter() - started})
    for line in asked:
        _say(said, contestant.measure(int(line)))


def _say(said: IO[str], what: object) -> None:
    said.write(json.dumps(what) + "\n")
    said.flush()


def _viewer() -> Viewer:
    account = Account.objects.select_related("official").get()
    return viewer_of(account, localdate(), used_second_factor=True)


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _writes_of(work: Callable[[], object]) -> set[tuple[str, str]]:
    """Into which tables rows are put, and of which rows are changed."""
    written = set[tuple[str, str]]()

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if found := _WRITES.match(sql):
            written.add((found[1], found[2]))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        work()
    return written


def _answered(answer: Any) -> None:
    assert answer.status_code == 200, answer.status_code


def _went_on(answer: Any) -> None:
    assert answer.status_code == 302, (answer.status_code, answer.content.decode()[:2_000])
