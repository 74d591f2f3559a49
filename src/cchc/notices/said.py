"""Notices in words and addresses, in the language of whoever reads them."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from cchc.notices.kinds import notice_kinds
from cchc.notices.models import Notice
from cchc.notices.parameters import from_json
from cchc.notices.texts import Said, say_notice
from cchc.records.text import Language


def said(notice: Notice, language: Language) -> Said:
    """What the notice says, by the version of the words that it was given with."""
    return say_notice(notice.kind, notice.version, from_json(notice.parameters), language)


def page_of_notice(notice: Notice, language: Language) -> str:
    """The page of what it tells of; the list of notices for a kind that names none."""
    kind = notice_kinds().get(notice.kind)
    with override(language):
        return kind.page(notice.subject_id) if kind and kind.page else reverse("notices:list")


def full_address(path: str) -> str:
    """As it stands in a mail."""
    return settings.CCHC_ADDRESS.rstrip("/") + path
