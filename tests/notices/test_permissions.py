"""The matrix of rights: every permission × every role × whose notice, acting for oneself or for another."""

from __future__ import annotations

import pytest

from cchc.interface.access import known_permissions
from cchc.notices import permissions
from cchc.notices.actions.delivering import note_outcome
from cchc.notices.carriers import REFUSED
from cchc.notices.models import Delivery, Notice
from cchc.organizations.actions.people import change_official
from cchc.organizations.roles import roles
from cchc.organizations.viewers import Hold, Viewer, public_viewer
from tests.factories.organizations import BY_TESTS, TODAY, official, unit
from tests.notices.room import told

pytestmark = pytest.mark.django_db
# Which roles may; for a notice also of whom it may be.
MATRIX = {
    "may_be_told": set(roles()),
    "may_read_deliveries": {"administrator"},
    "may_read_notice": {(role, "own") for role in roles()},
    "may_send_again": {("administrator", "unit"), ("administrator", "child")},
}


def viewer(role: str, *, acting: bool = False) -> Viewer:
    me, head = official("toi"), official("truong")
    place = unit("tinh")
    return Viewer(TODAY, me, head if acting else None, (Hold(role, place.pk, True),))


def test_every_permission_of_the_room_stands_in_the_matrix() -> None:
    ours = {name.split(".")[1] for name in known_permissions() if name.startswith("notices.")}
    assert ours == set(MATRIX)


@pytest.mark.requirement(124)
@pytest.mark.parametrize("acting", [False, True])
@pytest.mark.parametrize("role", roles())
def test_the_matrix(role: str, acting: bool) -> None:
    me = viewer(role, acting=acting)
    assert me.official is not None
    owners = {"own": me.official.pk, "principal": official("khac-1").pk if me.principal is None else me.principal.pk}
    for name in ("may_be_told", "may_read_deliveries"):
        assert bool(getattr(permissions, name)(me)) == (role in MATRIX[name])
    for whose, key in owners.items():
        verdict = permissions.may_read_notice(me, Notice(recipient_id=key))
        assert bool(verdict) == ((role, whose) in MATRIX["may_read_notice"])
        assert verdict or verdict.refusal.code == "notices.notice_not_found"


@pytest.mark.requirement(124)
@pytest.mark.parametrize("role", roles())
def test_who_may_have_a_mail_sent_again(role: str) -> None:
    province = unit("tinh")
    commune, sibling = unit("xa", province), unit("xa-khac", province)
    office = unit("phong", commune)
    places = {"unit": commune, "child": office, "sibling": sibling, "parent": province}
    me = Viewer(TODAY, official("toi"), None, (Hold(role, commune.pk, True),))
    for where, place in places.items():
        one = official(f"cb-{where}", works_in=place)
        change_official(**BY_TESTS, official=one, name=one.name, email=f"{where}@tinh.example", phone="")
        told(one)
        mail = Delivery.objects.get(notice__recipient=one, channel="file")
        refused = permissions.may_send_again(me, mail).refusal
        if (role, where) in MATRIX["may_send_again"]:
            assert refused is not None and refused.code == "notices.not_to_be_sent_again", "it is still on its way"
            note_outcome(**BY_TESTS, deliveries=[mail.pk], result=REFUSED)
            assert permissions.may_send_again(me, Delivery.objects.select_related("notice__recipient").get(pk=mail.pk))
        else:
            code = "notices.delivery_not_found" if role == "administrator" else "notices.log_not_allowed"
            assert refused is not None and refused.code == code


def test_the_public_may_nothing_and_is_told_why() -> None:
    public = public_viewer(TODAY)
    assert permissions.may_be_told(public).refusal.code == "notices.sign_in_not_allowed"
    assert permissions.may_send_again(public, Delivery()).refusal.code == "notices.log_not_allowed"
    assert permissions.may_read_deliveries(public).refusal.code == "notices.log_not_allowed"
    assert permissions.may_read_notice(public, Notice(recipient_id=1)).refusal.code == "notices.notice_not_found"
