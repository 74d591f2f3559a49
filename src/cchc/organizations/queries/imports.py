"""Imports: what was handed in, what the check found, in whose reach it lies."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from cchc.organizations.importing.register import Scope
from cchc.organizations.models import Account, ImportLine, RegisterImport
from cchc.organizations.permissions import ADMINISTRATOR
from cchc.organizations.queries.register import scope_of
from cchc.organizations.viewers import Viewer, viewer_of
from cchc.records.errors import refuse


def get_import(number: int) -> RegisterImport:
    """With its jobs, without its content. Raises `organizations.import_not_found`."""
    found = RegisterImport.objects.select_related("checking__lease", "committing__lease").defer("content")
    made = found.filter(pk=number).order_by("pk").first()
    if made is None:
        raise refuse("organizations.import_not_found")
    return made


def content_of(number: int) -> tuple[str, bytes]:
    """The file's name and bytes; none once it is carried out or laid aside."""
    file, content = RegisterImport.objects.values_list("file", "content").get(pk=number)
    return file, bytes(content)


def imports_of(viewer: Viewer) -> QuerySet[RegisterImport]:
    """What the official at the screen handed in, the newest first."""
    handed_in = RegisterImport.objects.filter(uploaded_by=viewer.official).select_related("committing").defer("content")
    return handed_in.order_by("-uploaded_at", "-pk")


def lines_of(made: RegisterImport, kind: str = "") -> QuerySet[ImportLine]:
    """What the check found, of one kind or all, in the order of the file: problems, remarks, changes."""
    lines = ImportLine.objects.filter(of=made).order_by("number")
    return lines.filter(kind=kind) if kind else lines


def after(lines: QuerySet[ImportLine], last: ImportLine | None) -> QuerySet[ImportLine]:
    """The rest of a list behind `last`."""
    return lines if last is None else lines.filter(number__gt=last.number)


def scope_of_import(made: RegisterImport, day: date) -> Scope:
    """What whoever handed the file in may change now: nothing once the role is taken away or the account closed.

    The second factor was shown when the file was handed in and when it was asked for.
    """
    account = Account.objects.filter(official=made.uploaded_by).select_related("official").order_by("pk").first()
    if account is None:
        return Scope(frozenset())
    principal = "" if made.principal is None else made.principal.code
    viewer = viewer_of(account, day, principal, used_second_factor=True)
    if principal and viewer.principal is None:
        return Scope(frozenset())  # the delegation is over: one's own roles are not what was acted under
    return scope_of(viewer, ADMINISTRATOR)
