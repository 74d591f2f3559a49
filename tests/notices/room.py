"""Kinds of notices for tests, with their words; and a mail server that does what a test wants."""

from __future__ import annotations

import socketserver
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from threading import Thread
from typing import Any
from unittest.mock import patch

from cchc.notices import kinds, texts
from cchc.notices.actions import Telling, tell
from cchc.notices.kinds import NoticeKind
from cchc.notices.models import Delivery, Notice
from cchc.organizations.actions.people import enter_official
from cchc.organizations.models import Official
from cchc.records.text import LocalText
from tests.factories.organizations import BY_TESTS

TASK, NEWS = "trial.task", "trial.news"
TRIAL_KINDS = (
    NoticeKind(TASK, LocalText("Giao việc", "Task"), ("task", "by")),
    NoticeKind(NEWS, LocalText("Tin", "News"), ("title",), is_duty=False, mail=kinds.Mail.DAILY),
)
WORDS = """
trial.task:
  - version: 1
    valid: {from: 2020-01-01, to: 2026-06-30}
    subject: {vi: "Việc: {task}", en: "Task: {task}"}
    body: {vi: "Người giao: {by}", en: "By: {by}"}
  - version: 2
    valid: {from: 2026-07-01}
    subject: {vi: "Việc mới: {task}", en: "New task: {task}"}
    body:
      vi: |
        Việc: {task}
        Người giao: {by}
      en: |
        Task: {task}
        By: {by}
trial.news:
  - version: 1
    valid: {from: 2020-01-01}
    subject: {vi: "Tin: {title}", en: "News: {title}"}
    body: {vi: "{title}", en: "{title}"}
"""


@contextmanager
def trial_kinds() -> Iterator[None]:
    """The test room's kinds beside the product's own."""
    own = kinds.notice_kinds()
    listed = {**own, **{kind.code: kind for kind in TRIAL_KINDS}}
    with ExitStack() as stack:
        for module in ("kinds", "forms", "said", "shown"):
            stack.enter_context(patch(f"cchc.notices.{module}.notice_kinds", lambda: listed))
        words = texts.read_texts(WORDS.encode(), "trial.yaml")
        real = texts.room_texts
        stack.enter_context(patch.object(texts, "room_texts", lambda room: words if room == "trial" else real(room)))
        yield


def person(code: str, name: str = "Trần Thị Ẵng", email: str = "") -> Official:
    return enter_official(**BY_TESTS, code=code, name=name, email=email or f"{code}@tinh.example")


def told(*recipients: Official, kind: str = TASK, by: dict[str, Any] = BY_TESTS, **more: Any) -> list[Notice]:
    values = {"task": "Rà soát hồ sơ", "by": "Lê Văn Ba"} if kind == TASK else {"title": "Họp giao ban"}
    due = {"due_at": more.pop("due_at")} if "due_at" in more else {}
    tellings = [Telling(kind, one.pk, ("trial.Task", "7"), values | more, **due) for one in recipients]
    return tell(**by, tellings=tellings)


def states() -> list[tuple[str, str, str]]:
    rows = Delivery.objects.order_by("pk").values_list("channel", "state", "why")
    return [tuple(row) for row in rows]


class MailTrap(socketserver.ThreadingTCPServer):
    """A mail server on this machine. `script` says how it answers the next mails: `ok`, `busy`, `never`, or where it
    hangs up: `hang_at_mail`, `hang_after_text` (it then has the text).
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, *script: str, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.script = list(script)
        self.texts: list[str] = []
        self.connections = 0
        self.heard: list[str] = []

    @property
    def settings(self) -> dict[str, Any]:
        host, port = self.server_address[:2]
        return {"host": host, "port": port, "security": "none", "user": "", "password": ""}


class _Session(socketserver.StreamRequestHandler):
    server: MailTrap

    def handle(self) -> None:
        with suppress(OSError):  # a client that does not trust us hangs up
            self.talk()

    def talk(self) -> None:
        self.server.connections += 1
        self.say("220 trap")
        while line := self.rfile.readline():
            self.server.heard.append(line.decode().strip())
            verb = line.split()[0].upper().decode() if line.split() else ""
            if not self.answer(verb):
                return

    def answer(self, verb: str) -> bool:
        """Whether the session goes on."""
        plan = self.server.script[0] if self.server.script else "ok"
        if verb == "MAIL" and plan == "hang_at_mail":
            self.server.script.pop(0)
            return False
        if verb == "RCPT" and plan in {"busy", "never"}:
            self.server.script.pop(0)
            self.say("451 later" if plan == "busy" else "550 no such person")
        elif verb == "EHLO":
            self.say("250-trap\r\n250 AUTH PLAIN")
        elif verb == "AUTH":
            self.say("235 welcome")
        elif verb == "DATA":
            self.say("354 go on")
            self.server.texts.append(self.read_text())
            if self.server.script:
                self.server.script.pop(0)
            if plan == "hang_after_text":
                return False
            self.say("250 taken")
        elif verb == "QUIT":
            self.say("221 bye")
            return False
        else:
            self.say("250 fine")
        return True

    def read_text(self) -> str:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines).decode()

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


@contextmanager
def mail_trap(*script: str, tls: ssl.SSLContext | None = None) -> Iterator[MailTrap]:
    with MailTrap(*script, tls=tls) as trap:
        thread = Thread(target=trap.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield trap
        finally:
            trap.shutdown()
            thread.join()
