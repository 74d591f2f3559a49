"""`cchc accounts`: an administrator whom nobody on the site can help is let in again, or shut out."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from cchc.audit.models import AuditEvent
from cchc.cli.main import main
from cchc.organizations.actions.accounts import open_account
from cchc.organizations.models import Account
from tests.factories.organizations import BY_TESTS, official, unit

pytestmark = pytest.mark.django_db
PASSWORD = "lua-chin-tren-nuong-cao"


@pytest.fixture
def account() -> Account:
    person = official("quan-tri", "Nguyễn Thị Hoa", unit("tinh", name="tỉnh Mẫu"))
    return open_account(**BY_TESTS, official=person, username="hoa.nt", password=PASSWORD)


def test_a_locked_out_administrator_gets_a_password_and_loses_the_lost_device(account, capsys):
    Authenticator.objects.create(user=account, type="totp", data={})
    assert main(["accounts", "password", "HOA.nt", "--reason", "Quên mật khẩu"]) == 0
    new = capsys.readouterr().out.split("Mật khẩu mới: ")[1].split(" ")[0]
    account.refresh_from_db()
    assert account.check_password(new) and not account.check_password(PASSWORD)
    assert main(["accounts", "second-factor", "hoa.nt", "--reason", "Mất điện thoại"]) == 0
    assert not Authenticator.objects.exists()
    assert main(["accounts", "second-factor", "hoa.nt", "--reason", "Lần nữa"]) == 1
    event = AuditEvent.objects.filter(kind="organizations.second_factor_ended").get()
    assert event.actor_identity == "command-line:accounts second-factor"
    assert "Mất điện thoại" in event.payload.body


def test_an_account_is_closed_and_opened_again(account, capsys):
    assert main(["accounts", "close", "hoa.nt", "--reason", "Nghi lộ mật khẩu"]) == 0
    account.refresh_from_db()
    assert (account.is_active, account.ended_at is None) == (False, False)
    assert main(["accounts", "close", "hoa.nt", "--reason", "Lần nữa"]) == 1
    assert main(["accounts", "password", "hoa.nt", "--reason", "Đã khóa"]) == 1
    assert main(["accounts", "reopen", "hoa.nt", "--reason", "Khóa nhầm"]) == 0
    account.refresh_from_db()
    assert (account.is_active, account.ended_at, account.check_password(PASSWORD)) == (True, None, True)


def test_an_unknown_name_and_a_missing_reason_are_said(account, capsys):
    assert main(["accounts", "close", "ai-do", "--reason", "A"]) == 1
    assert "ai-do" in capsys.readouterr().err
    assert main(["accounts", "close", "hoa.nt"]) == 2
    assert main(["accounts", "close", "hoa.nt", "--reason", " "]) == 1
