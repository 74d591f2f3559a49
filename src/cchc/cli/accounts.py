"""`cchc accounts`: what only whoever runs the server does for an administrator whom nobody else can let in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from cchc.cli.output import safe
from cchc.cli.session import language_option
from cchc.config import boot
from cchc.records.errors import Message
from cchc.records.text import Language
from cchc.records.words import say

if TYPE_CHECKING:
    from cchc.organizations.models import Account

_username = click.argument("username")
_reason = click.option("--reason", required=True, help="Why (lý do); it stands in the audit chain.")


@click.group(epilog="Example: cchc accounts password hoa.nt --reason 'Quên mật khẩu'")
def command() -> None:
    """Let somebody in again, or shut them out, where no administrator can do it on the site.

    Each ends the account's sessions, stands in the audit chain and is told to its owner.
    """


@command.command(epilog="Example: cchc accounts password hoa.nt --reason 'Quên mật khẩu'")
@_username
@_reason
@language_option
def password(username: str, reason: str, language: Language) -> None:
    """Set a new password (mật khẩu) and print it, once."""
    account = _account(username)
    from cchc.organizations.actions.accounts import reset_password
    from cchc.organizations.passwords import chance_password

    new = chance_password()
    reset_password(**_by("password"), account=account, password=new, reason=reason)
    _say("accounts_password", language, username=account.username, password=new)


@command.command(name="second-factor", epilog="Example: cchc accounts second-factor hoa.nt --reason 'Mất điện thoại'")
@_username
@_reason
@language_option
def second_factor(username: str, reason: str, language: Language) -> None:
    """End the second factor (xác thực hai lớp) of a lost device."""
    account = _account(username)
    from cchc.organizations.actions.accounts import end_second_factor

    end_second_factor(**_by("second-factor"), account=account, reason=reason)
    _say("accounts_second_factor", language, username=account.username)


@command.command(epilog="Example: cchc accounts close hoa.nt --reason 'Nghi lộ mật khẩu'")
@_username
@_reason
@language_option
def close(username: str, reason: str, language: Language) -> None:
    """Close (khóa) an account: nobody signs in with it until it is opened again."""
    account = _account(username)
    from cchc.organizations.actions.accounts import close_account

    close_account(**_by("close"), account=account, reason=reason)
    _say("accounts_closed", language, username=account.username)


@command.command(epilog="Example: cchc accounts reopen hoa.nt --reason 'Khóa nhầm'")
@_username
@_reason
@language_option
def reopen(username: str, reason: str, language: Language) -> None:
    """Open (mở lại) a closed account again, with its password and second factor."""
    account = _account(username)
    from cchc.organizations.actions.accounts import reopen_account

    reopen_account(**_by("reopen"), account=account, reason=reason)
    _say("accounts_reopened", language, username=account.username)


def _account(username: str) -> Account:
    boot.setup()
    from cchc.organizations.queries.people import account_named

    return account_named(username)


def _by(what: str) -> dict[str, Any]:
    from cchc.audit.actors import command_line

    return {"actor": command_line(f"accounts {what}"), "now": datetime.now(UTC)}


def _say(code: str, language: Language, **params: object) -> None:
    click.echo(safe(say(Message(f"cli.{code}", params), language)))
