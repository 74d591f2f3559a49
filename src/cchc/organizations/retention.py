"""What this room keeps: sessions, imports that nobody decided about, accounts and contacts of those who left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.timezone import localdate

from cchc.audit.actors import Actor
from cchc.interface.models import Job, JobState
from cchc.interface.together import all_of, number_of
from cchc.organizations.actions.accounts import close_account
from cchc.organizations.actions.exports import end_export
from cchc.organizations.actions.imports import set_aside_import
from cchc.organizations.actions.people import erase_contact
from cchc.organizations.models import Account, Export, Official, Posting, RegisterImport
from cchc.organizations.queries.exports import exports_before
from cchc.organizations.queries.people import known_to_have_left
from cchc.privacy.kept import Due, Hold, Kept, kept_rows
from cchc.records.text import LocalText

_IMPORTS: Final = "organizations.imports"
_EXPORTS: Final = "organizations.exports"
_WHY: Final = "Đã thôi mọi vị trí công tác, hết thời hạn lưu giữ"


def _expired(before: datetime) -> QuerySet[Any]:
    return Session.objects.filter(expire_date__lt=before).order_by("expire_date", "pk")


def _traces(before: datetime) -> QuerySet[Any]:
    """What the list of sessions keeps of those that are gone."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    return UserSession.objects.filter(~Exists(alive), last_seen_at__lt=before).order_by("pk")


def _delete_sessions(*, actor: Actor, now: datetime, before: datetime, most: int) -> int:
    keys = list(_expired(before).values_list("pk", flat=True)[:most])
    traces = list(_traces(before).values_list("pk", flat=True)[: most - len(keys)])
    UserSession.objects.filter(Q(session_key__in=keys) | Q(pk__in=traces)).delete()
    Session.objects.filter(pk__in=keys).delete()
    return len(keys) + len(traces)


sessions = Kept(
    "organizations.sessions",
    LocalText("Phiên đăng nhập: địa chỉ, trình duyệt", "Sessions: address, browser"),
    "ended",
    "delete",
    lambda before: all_of([number_of(_expired(before)), number_of(_traces(before))]).made(
        lambda found: Due(sum(found))
    ),
    _delete_sessions,
)


def _undecided(before: datetime) -> QuerySet[Any]:
    undecided = RegisterImport.objects.filter(committed_at=None, set_aside_at=None, uploaded_at__lt=before)
    return undecided.defer("content").order_by("pk")


def _set_aside(*, actor: Actor, now: datetime, rows: Sequence[RegisterImport]) -> None:
    for made in rows:
        set_aside_import(actor=actor, now=now, number=made.pk)


imports = kept_rows(
    _IMPORTS,
    LocalText("Tệp nhập danh sách chưa quyết định", "Files of units and officials that nobody decided about"),
    "uploaded",
    "close",
    _undecided,
    _set_aside,
)


def _end_exports(*, actor: Actor, now: datetime, rows: Sequence[Export]) -> None:
    for export in rows:
        end_export(actor=actor, now=now, export=export)


exports = kept_rows(
    _EXPORTS,
    LocalText("Bảng tải về do tác vụ lập: tệp, điều kiện lọc", "Tables written by jobs: file, filters"),
    "made",
    "delete",
    exports_before,
    _end_exports,
)


def _accounts_left(before: datetime) -> QuerySet[Any]:
    left = known_to_have_left(localdate(before))
    return Account.objects.filter(ended_at=None, official__in=left.values("pk")).order_by("pk")


def _close_accounts(*, actor: Actor, now: datetime, rows: Sequence[Account]) -> None:
    for account in rows:
        close_account(actor=actor, now=now, account=account, reason=_WHY)


accounts = kept_rows(
    "organizations.accounts",
    LocalText("Tài khoản của người đã thôi việc, chuyển đi", "Accounts of officials who left"),
    "last_post_ended",
    "close",
    _accounts_left,
    _close_accounts,
)


def _contacts_left(before: datetime) -> QuerySet[Any]:
    return known_to_have_left(localdate(before)).exclude(email="", phone="").order_by("pk")


def _erase_contacts(*, actor: Actor, now: datetime, rows: Sequence[Official]) -> None:
    for official in rows:
        erase_contact(actor=actor, now=now, official=official, reason=_WHY)


contacts = kept_rows(
    "organizations.contacts",
    LocalText("Thư điện tử, điện thoại của người đã thôi việc", "E-mail and telephone of officials who left"),
    "last_post_ended",
    "redact",
    _contacts_left,
    _erase_contacts,
)


def _at_work(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Imports whose check or carrying out is not over."""
    jobs = Job.objects.filter(state=JobState.OPEN.value).order_by().values("pk")
    return rows.filter(Q(checking__in=jobs) | Q(committing__in=jobs))


def _being_written(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Tables whose job is not over."""
    return rows.filter(job__in=Job.objects.filter(state=JobState.OPEN.value).order_by().values("pk"))


def _led_to(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Jobs that an import or a table leads to."""
    found = RegisterImport.objects.order_by()
    return rows.filter(
        Q(pk__in=found.exclude(checking=None).values("checking"))
        | Q(pk__in=found.exclude(committing=None).values("committing"))
        | Q(pk__in=Export.objects.exclude(job=None).order_by().values("job"))
    )


def _about_people_in_office(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Contents of events about officials who have a post, or will have one."""
    in_office = Posting.objects.not_over(localdate()).order_by().values("official")
    about = Q()
    for found in (
        Official.objects.filter(pk__in=in_office),
        Posting.objects.filter(official__in=in_office),
        Account.objects.filter(official__in=in_office),
    ):
        keys = found.order_by().annotate(key=Cast("pk", TextField())).values("key")
        about |= Q(event__subject_type=found.model._meta.label, event__subject_id__in=keys)
    return rows.filter(about)


HOLDS: Final[dict[str, Hold]] = {
    _IMPORTS: _at_work,
    _EXPORTS: _being_written,
    "privacy.jobs": _led_to,
    "privacy.audit_payloads": _about_people_in_office,
}
