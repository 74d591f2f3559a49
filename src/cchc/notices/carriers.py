"""What takes mails away: a mail server (SMTP), or files in the outbox folder where none is set up.

A carrier says of each mail what became of it, and never guesses: when the connection breaks after the text of a mail
was sent and before the server has answered, the mail may have left, so it is not sent again.
"""

from __future__ import annotations

import os
import smtplib
import ssl
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Protocol, Self

import structlog
from django.conf import settings

from cchc.notices.models import Channel

log = structlog.get_logger(__name__)
_TIMEOUT: Final = 20  # seconds
_FOR_GOOD: Final = 500
_ACCEPTED: Final = 250
_TLS: Final = "tls"
_STARTTLS: Final = "starttls"


class Outcome(StrEnum):
    """`put_off`: surely not sent, worth trying again. `failed`: no use in trying again, or nobody knows."""

    SENT = "sent"
    PUT_OFF = "put_off"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a mail; `why` is a code of this room's words, empty when it was sent."""

    outcome: Outcome
    why: str = ""


SENT: Final = Result(Outcome.SENT)
AWAY: Final = Result(Outcome.PUT_OFF, "notices.server_away")
PUT_OFF: Final = Result(Outcome.PUT_OFF, "notices.server_put_off")
NO_WORDS: Final = Result(Outcome.FAILED, "notices.no_words")
REFUSED: Final = Result(Outcome.FAILED, "notices.server_refused")
UNCLEAR: Final = Result(Outcome.FAILED, "notices.broken_off")


class Carrier(Protocol):
    """`may_repeat`: whether carrying a mail a second time does no harm."""

    may_repeat: bool

    def carry(self, name: str, to: str, mail: EmailMessage) -> Result: ...

    def close(self) -> None: ...


class Outbox:
    """Files that whoever runs the server looks at or sends on: `NAME.eml`, mode 0600, whole or not there."""

    may_repeat = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def carry(self, name: str, to: str, mail: EmailMessage) -> Result:
        """Write it. The same name is the same mail."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(self._folder / f"{name}.eml", mail.as_bytes())
        except OSError as fault:
            log.warning("mail_outbox_fault", error=type(fault).__name__)
            return Result(Outcome.PUT_OFF, "notices.outbox_closed")
        return SENT

    def _write(self, path: Path, content: bytes) -> None:
        descriptor, draft = tempfile.mkstemp(dir=self._folder, prefix=".")  # mode 0600
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(path)
        finally:
            Path(draft).unlink(missing_ok=True)

    def close(self) -> None:
        """Nothing is open."""


class MailServer:
    """One connection for all mails of a job, made when the first one goes. `settings`: see `config.mail`."""

    may_repeat = False

    def __init__(self, settings: Mapping[str, Any] | None) -> None:
        self._settings = settings
        self._server: smtplib.SMTP | None = None

    def carry(self, name: str, to: str, mail: EmailMessage) -> Result:
        """Send it to one address."""
        try:
            server = self._connected()
            answers = (server.mail(_bare(mail["From"])), server.rcpt(to))
        except (smtplib.SMTPException, OSError) as fault:
            return self._lost(fault, AWAY)
        refused = next((code for code, _ in answers if code >= 300), None)
        if refused is not None:
            return self._refused(refused)
        return self._send(server, mail)

    def _send(self, server: smtplib.SMTP, mail: EmailMessage) -> Result:
        try:
            code, _ = server.data(mail.as_bytes())
        except smtplib.SMTPDataError as answer:  # before the text was sent
            return self._refused(answer.smtp_code)
        except (smtplib.SMTPException, OSError) as fault:
            return self._lost(fault, UNCLEAR)
        return SENT if code == _ACCEPTED else self._refused(code)

    def close(self) -> None:
        """Say good-bye, if it still listens."""
        if self._server is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._server.quit()
            self._server.close()
            self._server = None

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None and not _listens(self._server):
            self.close()
        if self._server is None:
            self._server = _connect(self._settings)
        return self._server

    def _refused(self, code: int) -> Result:
        """The server has said no; the connection is good for the next mail."""
        log.warning("mail_refused", code=code)
        with suppress(smtplib.SMTPException, OSError):
            if self._server is not None:
                self._server.rset()
        return REFUSED if code >= _FOR_GOOD else PUT_OFF

    def _lost(self, fault: Exception, result: Result) -> Result:
        log.warning("mail_server_lost", error=type(fault).__name__, result=result.why)
        self.close()
        return result


def _connect(given: Mapping[str, Any] | None) -> smtplib.SMTP:
    if given is None:
        raise OSError("no mail server is set up")
    trusted = ssl.create_default_context()
    if given["security"] == _TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(given["host"], given["port"], timeout=_TIMEOUT, context=trusted)
    else:
        server = smtplib.SMTP(given["host"], given["port"], timeout=_TIMEOUT)
    try:
        if given["security"] == _STARTTLS:
            server.starttls(context=trusted)
        if given["user"]:
            server.login(given["user"], given["password"])
        server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


def _listens(server: smtplib.SMTP) -> bool:
    try:
        return server.noop()[0] == _ACCEPTED
    except (smtplib.SMTPException, OSError):
        return False


def _bare(sender: Any) -> str:
    """`Tên <a@b>` → `a@b`."""
    return str(sender.addresses[0].addr_spec)


class Carriers:
    """The carrier of each channel, made when it is needed; closed together."""

    def __init__(self) -> None:
        self._open: dict[str, Carrier] = {}

    def of(self, channel: str) -> Carrier:
        """Raises `KeyError` for a channel that nothing is carried by."""
        if channel not in self._open:
            self._open[channel] = _MAKERS[channel]()
        return self._open[channel]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for carrier in self._open.values():
            carrier.close()


_MAKERS: Final[Mapping[str, Callable[[], Carrier]]] = {
    Channel.EMAIL.value: lambda: MailServer(settings.CCHC_SMTP),
    Channel.FILE.value: lambda: Outbox(settings.CCHC_OUTBOX),
}


def mail_channel() -> Channel:
    """How mails go in this installation."""
    return Channel.FILE if settings.CCHC_SMTP is None else Channel.EMAIL
