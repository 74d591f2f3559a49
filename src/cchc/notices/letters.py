"""Mails: one notice, or all of a day. Plain text only, so that nothing in it can be markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.urls import reverse
from django.utils.translation import override

from cchc.notices.calendar_files import FILE_NAME, METHOD, calendar_file, own_host
from cchc.notices.models import Delivery, Notice
from cchc.notices.said import full_address, page_of_notice, said
from cchc.notices.texts import Said
from cchc.organizations.models import Official
from cchc.records.errors import Message
from cchc.records.text import Language
from cchc.records.words import say, show

NO_ADDRESS = "notices.no_address"
BAD_ADDRESS = "notices.bad_address"
_is_address = EmailValidator()
_SIGNS_OF_ADDRESSES: Final = re.compile(r"[<>@,;:\"()\[\]\\]")
_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to one person in one mail. `deliveries`: what it delivers; the first one names it."""

    recipient: Official
    deliveries: tuple[Delivery, ...]
    language: Language
    is_digest: bool = False

    @property
    def key(self) -> int:
        """The same whenever the same deliveries are tried again."""
        return self.deliveries[0].pk

    @property
    def channel(self) -> str:
        """How it goes."""
        return self.deliveries[0].channel

    @property
    def notices(self) -> list[Notice]:
        """What it tells."""
        return [delivery.notice for delivery in self.deliveries]


def address_problem(official: Official) -> str:
    """The code of why the official cannot be written to; empty when they can.

    Letters outside ASCII are refused: not every server on the way takes them.
    """
    if not official.email:
        return NO_ADDRESS
    try:
        _is_address(official.email)
        Address(addr_spec=official.email)
    except (ValidationError, ValueError, IndexError):
        return BAD_ADDRESS
    return "" if official.email.isascii() else BAD_ADDRESS


def as_mail(letter: Letter, at: datetime) -> EmailMessage:
    """The message as it is sent. Raises `ValueError` when a header would take a line end; none of ours has one."""
    words = _digest(letter) if letter.is_digest else said(letter.notices[0], letter.language)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = settings.CCHC_MAIL_FROM
    mail["To"] = Address(_as_name(show(letter.recipient.name, letter.language)), addr_spec=letter.recipient.email)
    mail["Subject"] = _for_header(words.subject)
    mail["Date"] = at
    mail["Message-ID"] = f"<delivery-{letter.key}@{own_host()}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_whole(letter, words), cte="quoted-printable")
    for notice in letter.notices:
        if notice.due_at is not None:
            _attach(mail, notice, letter.language)
    return mail


def _for_header(text: str) -> str:
    """Without encoded words (RFC 2047), which older Pythons decode, line ends and all, and write down so."""
    return text.replace("=?", "= ?")


def _as_name(text: str) -> str:
    """A name beside an address, without the signs that mean something there: Pythons before 3.13 lose the quotation
    marks around a long one when they fold it, and what then looks like an address is one.
    """
    return _for_header(" ".join(_SIGNS_OF_ADDRESSES.sub(" ", text).split())[:_LONGEST_NAME])


def _whole(letter: Letter, words: Said) -> str:
    """Salutation, words, where to go, why one gets this."""
    opening = _say("notices.salutation", letter.language, name=letter.recipient.name)
    with override(letter.language):
        wishes = full_address(reverse("notices:wishes"))
        own_list = full_address(reverse("notices:list"))
    page = own_list if letter.is_digest else full_address(page_of_notice(letter.notices[0], letter.language))
    closing = _say("notices.closing", letter.language, page=page, wishes=wishes)
    return f"{opening}\n\n{words.body}\n\n{closing}\n"


def _digest(letter: Letter) -> Said:
    lines = []
    for notice in letter.notices:
        lines.append(f"- {said(notice, letter.language).subject}")
        lines.append(f"  {full_address(page_of_notice(notice, letter.language))}")
    subject = _say("notices.digest_subject", letter.language, count=len(letter.deliveries))
    return Said(subject, "\n".join(lines))


def _attach(mail: EmailMessage, notice: Notice, language: Language) -> None:
    mail.add_attachment(
        calendar_file(notice, language).decode(), subtype="calendar", cte="base64", filename=FILE_NAME,
        params={"method": METHOD},
    )  # fmt: skip


def _say(code: str, language: Language, **params: object) -> str:
    return say(Message(code, params), language)


def letters_of(deliveries: Sequence[Delivery], languages: dict[int, Language], *, as_digest: bool) -> list[Letter]:
    """Who gets what: a letter for each delivery, or one for each recipient. Deliveries come by recipient."""
    groups: list[list[Delivery]] = []
    for delivery in deliveries:
        last = groups[-1][0].notice.recipient_id if groups else None
        if as_digest and last == delivery.notice.recipient_id:
            groups[-1].append(delivery)
        else:
            groups.append([delivery])
    return [
        Letter(group[0].notice.recipient, tuple(group), languages.get(group[0].notice.recipient_id, "vi"), as_digest)
        for group in groups
    ]
