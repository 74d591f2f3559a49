"""A one-stop for tests, made the real way: a commune with its people, two sample procedures, dossiers handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cchc.dossiers.actions.intake import Intake, Paper, Person, receive
from cchc.dossiers.actions.moving import latest_steps
from cchc.dossiers.actions.working import Result, complete, take_up
from cchc.dossiers.models import Dossier, StepInstance
from cchc.organizations.models import Official, Unit
from cchc.organizations.viewers import actor_of
from cchc.procedures import loading
from cchc.procedures.actions.entries import import_entries
from cchc.procedures.models import Procedure
from tests.factories.organizations import BY_TESTS, grant, official, unit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SAMPLES = Path(loading.__file__).parent / "shipped" / "mau-cap-xa.yaml"
BIRTH, LAND = "MAU-001", "MAU-002"
RESULT = Result("12/GKS", note="Giấy khai sinh")


def at(text: str) -> datetime:
    """`23 08:00` is 08:00 on 23 November 2026, a Monday; the 24th is off."""
    day, clock = text.split()
    return datetime(2026, 11, int(day), *map(int, clock.split(":")), tzinfo=ZONE)


@dataclass(frozen=True)
class Desk:
    """A commune's one-stop: who receives, settles, signs, is in charge, and the head."""

    province: Unit
    commune: Unit
    other: Unit
    receiver: Official
    settler: Official
    second_settler: Official
    signer: Official
    one_stop_head: Official
    head: Official
    stranger: Official
    procedures: Mapping[str, Procedure]

    def as_(self, person: Official, when: str) -> dict[str, Any]:
        """The first arguments of an action."""
        return {"actor": actor_of(person), "now": at(when)}


def desk_of_a_commune() -> Desk:
    """Made anew in whatever database the test has."""
    province = unit("tinh", name="tỉnh Mẫu")
    commune, other = unit("xa-mot", province, name="xã Một"), unit("xa-hai", province, name="xã Hai")
    people = {
        "receiver": official("tn1", "Lê Thị Bình", commune), "settler": official("gq1", "Trần Văn Cường", commune),
        "second_settler": official("gq2", "Phạm Thị Dung", commune),
        "signer": official("ky1", "Nguyễn Văn Em", commune, post="Phó Chủ tịch"),
        "one_stop_head": official("mc1", "Hoàng Thị Giang", commune),
        "head": official("ct1", "Đỗ Văn Hải", commune, post="Chủ tịch", is_head=True),
        "stranger": official("xh1", "Y Blan", other),
    }  # fmt: skip
    roles = {
        "receiver": "receiving_officer", "settler": "settling_official", "second_settler": "settling_official",
        "signer": "signing_leader", "one_stop_head": "one_stop_head", "head": "unit_head",
    }  # fmt: skip
    for name, role in roles.items():
        grant(people[name], role, commune)
    grant(people["stranger"], "settling_official", other)
    return Desk(province, commune, other, **people, procedures=catalogue(province))


def catalogue(keeper: Unit) -> Mapping[str, Procedure]:
    """The procedures that ship as samples, by their codes."""
    import_entries(**BY_TESTS, keeper=keeper, entries=loading.load(SAMPLES), is_sample=True)
    return {one.code: one for one in Procedure.objects.order_by("code")}


def papers_for(procedure: Procedure) -> list[Paper]:
    """One original of everything that the newest version asks for."""
    version = procedure.versions.order_by("-starts_on")[0].value
    return [Paper(one.name.vi, one.id, originals=1) for one in version.components]


def intake(procedure: Procedure, **person: str) -> Intake:
    """Handed in by Trần Thị Lan, with all papers."""
    given = {"name": "Trần Thị Lan", "number": "001300012345", "phone": "0900000001", "address": "Thôn 1"} | person
    return Intake(Person(**given), papers_for(procedure), is_no_duplicate=True)


def received(desk: Desk, code: str = BIRTH, when: str = "23 08:00", **more: Any) -> Dossier:
    """By the receiving officer of the commune."""
    procedure = desk.procedures[code]
    given = {"unit": desk.commune, "procedure": procedure, "intake": intake(procedure), "receiver": desk.receiver}
    return receive(**(desk.as_(desk.receiver, when) | given | more))


def now_of(dossier: Dossier) -> Dossier:
    """As it is in the database."""
    return Dossier.objects.select_related("unit", "settling_unit", "procedure_version__procedure").get(pk=dossier.pk)


def step_of(dossier: Dossier, id_: str) -> StepInstance:
    """The newest turn of a step."""
    return latest_steps(now_of(dossier))[id_]


def taken(desk: Desk, dossier: Dossier, id_: str, person: Official, when: str) -> Dossier:
    """A step is taken from the queue."""
    step = step_of(dossier, id_)
    return take_up(**desk.as_(person, when), step=step, official=person, expected_version=step.dossier.version)


def completed(desk: Desk, dossier: Dossier, id_: str, person: Official, when: str, **more: Any) -> Dossier:
    """A step is completed by whoever has it, or takes it now."""
    if step_of(dossier, id_).holder_id is None:
        taken(desk, dossier, id_, person, when)
    step = step_of(dossier, id_)
    return complete(**desk.as_(person, when), step=step, expected_version=step.dossier.version, **more)


def settled(desk: Desk, dossier: Dossier, when: str = "23 15:00") -> Dossier:
    """All steps of the birth procedure are done at one moment."""
    hands = {"receive": desk.receiver, "settle": desk.settler, "sign": desk.signer, "return": desk.receiver}
    for id_, person in hands.items():
        completed(desk, dossier, id_, person, when, **({"result": RESULT} if id_ == "sign" else {}))
    return now_of(dossier)


def steps_in(dossier: Dossier) -> dict[str, str]:
    """The state of the newest turn of each step."""
    return {id_: step.state for id_, step in latest_steps(now_of(dossier)).items()}
