"""What people do with their own second factor stands in the chain, without secrets, and they are told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from cchc.audit.canonical import read_canonical
from cchc.audit.models import AuditEvent
from cchc.audit.queries import verify_chain
from cchc.notices.models import Notice
from cchc.organizations.actions import accounts
from cchc.organizations.models import Account, Unit
from tests.factories.organizations import BY_TESTS, NOW, grant, official, unit
from tests.organizations.test_signing_in import PASSWORD, code_for, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today"), pytest.mark.requirement(125)]
SET_UP, ENDED, CODES = (
    f"organizations.{one}" for one in ("second_factor_set_up", "second_factor_ended", "recovery_codes_made")
)


@pytest.fixture
def hoa() -> Account:
    person = official("cb1", "Nguyễn Thị Hoa", unit("tinh"))
    return accounts.open_account(**BY_TESTS, official=person, username="hoa.nt", password=PASSWORD)


@pytest.fixture
def owner(client: Client, hoa: Account) -> Client:
    """Signed in, and asked for the password once more."""
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def events() -> list[AuditEvent]:
    found = AuditEvent.objects.filter(kind__in=[SET_UP, ENDED, CODES]).select_related("payload")
    return list(found.order_by("sequence"))


def told() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("kind", flat=True))


def set_up(client: Client) -> str:
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)}).status_code == 302
    return str(secret)


def test_setting_it_up_is_written_down_and_told(owner: Client, hoa: Account) -> None:
    secret = set_up(owner)
    (event,) = events()
    body = read_canonical(event.payload.body)
    assert (event.kind, event.actor_identity, event.subject_id) == (SET_UP, "cb1", str(hoa.pk))
    assert (body["before"], body["after"]) == ({"ways": []}, {"ways": ["recovery_codes", "totp"]})
    assert secret not in event.payload.body
    assert told() == ["notices.second_factor_set_up"] and verify_chain().is_valid
    notice = Notice.objects.get()
    assert (notice.recipient_id, "Nguyễn Thị Hoa" in str(notice.parameters)) == (hoa.official_id, True)


def test_new_recovery_codes_and_removing_it_are_written_down_and_told(owner: Client) -> None:
    set_up(owner)
    assert owner.post(reverse("mfa_generate_recovery_codes")).status_code == 302
    assert owner.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert [event.kind for event in events()] == [SET_UP, CODES, ENDED]
    assert read_canonical(events()[-1].payload.body)["after"] == {"ways": []}
    assert told() == [
        "notices.second_factor_set_up", "notices.recovery_codes_made", "notices.second_factor_ended",
    ]  # fmt: skip
    set_up(owner)
    assert [event.kind for event in events()][-1] == SET_UP, "another device in its place"


def test_what_changed_nothing_leaves_no_event(owner: Client) -> None:
    owner.get(reverse("mfa_activate_totp"))
    assert owner.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists() and events() == [] and told() == []
    assert Client().post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 302


def test_it_is_not_set_up_where_it_cannot_be_written_down(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the chain cannot be written")

    secret = owner.get(reverse("mfa_activate_totp")).context["form"].secret
    monkeypatch.setattr(accounts, "record", broken)
    with pytest.raises(RuntimeError, match="cannot be written"):
        owner.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert not Authenticator.objects.exists() and not Notice.objects.exists()


@pytest.mark.requirement(124)
class TestCountsInTheSession:
    """Roles that need it, in a session that has not shown it. (Setting it up: `test_second_factor_at_once`.)"""

    @pytest.fixture
    def province(self, hoa: Account) -> Unit:
        province = Unit.objects.get(code="tinh")
        grant(hoa.official, "administrator", province, covers_subtree=True)
        return province

    def test_a_session_from_before_shows_a_code_and_goes_on(self, owner: Client, province: Unit) -> None:
        secret = set_up(owner)  # no commit within the test: as if on another device
        imports = reverse("organizations:imports")
        refused = owner.get(imports)
        assert refused.status_code == 403 and f'href="{reverse("mfa_index")}"' in refused.content.decode()
        told = owner.get(imports, headers={"hx-request": "true"}).content.decode()
        assert f'href="{reverse("mfa_index")}"' in told
        page = owner.get(reverse("mfa_index")).content.decode()
        assert f'href="{reverse("mfa_reauthenticate")}?next={reverse("interface:desk")}"' in page
        with time_machine.travel(NOW + timedelta(seconds=31), tick=False):
            shown = owner.post(
                f"{reverse('mfa_reauthenticate')}?next={reverse('interface:desk')}", {"code": code_for(secret)}
            )
        assert (shown.status_code, shown.headers["location"]) == (302, reverse("interface:desk"))
        assert owner.get(imports).status_code == 200

    def test_who_has_no_such_role_is_told_nothing_of_it(self, owner: Client) -> None:
        refused = owner.get(reverse("organizations:imports"))
        assert refused.status_code == 403 and reverse("mfa_index") not in refused.content.decode()
