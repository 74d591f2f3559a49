"""Accounts: who can sign in. What an account may do follows from the official's postings, roles and assignments."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils.timezone import localtime

from cchc.audit.models import Recorded, RecordedQuerySet
from cchc.organizations.models.people import Official


class AccountQuerySet(RecordedQuerySet):
    """What Django's own sign-in asks for."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """By the name typed at sign-in, capitals aside."""
        return self.get(username=(username or "").strip().lower())


class Account(Recorded, AbstractBaseUser):
    """A name and a password (or an identity of the province's sign-in) of one official.

    A password that somebody else handed over (`must_change_password`) only lets its owner choose another one.
    From the day of `ended_at` on it is closed, and nobody signs in with it; that day may be still to come, for who
    leaves then. The moment of the last sign-in is in the audit chain, not here.
    """

    username = models.CharField(max_length=150, unique=True)
    official = models.OneToOneField(Official, models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_login = None  # also keeps Django from writing it outside an action

    objects = AccountQuerySet.as_manager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["official"]

    is_anonymous = False
    is_authenticated = True

    def __str__(self) -> str:
        return self.username

    def is_closed_on(self, day: date) -> bool:
        """Whether nobody signs in with it on that day."""
        return not self.is_active or (self.ended_at is not None and localtime(self.ended_at).date() <= day)

    def check_password(self, raw_password: str | None) -> bool:
        """As in Django, but a hash of older strength is not renewed in passing: that would be a write."""
        from django.contrib.auth.hashers import check_password

        return check_password(raw_password, self.password)

    def has_perm(self, *_: Any) -> bool:
        """Never: rights are asked of `permissions`, not of the account."""
        return False
