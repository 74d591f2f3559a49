"""The chain's three tables, and the two bases of every model: written by actions, or by one module alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn, Self

from django.db import models

from cchc.audit.errors import UnrecordedWrite
from cchc.audit.recording import note_write


class RecordedQuerySet(models.QuerySet):
    """Bulk writes need an open action, as single ones do. (The asynchronous forms come through here too.)"""

    def update(self, **values: Any) -> int:
        """As in Django; raises `UnrecordedWrite` outside an action."""
        note_write("update", self.model)
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """As in Django; raises `UnrecordedWrite` outside an action."""
        note_write("delete", self.model)
        return super().delete()

    delete.queryset_only = True  # type: ignore[attr-defined]  # as Django's own: no `objects.delete()`

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        """As in Django; raises `UnrecordedWrite` outside an action."""
        note_write("bulk_create", self.model)
        return super().bulk_create(objs, *args, **options)

    def bulk_update(self, objs: Iterable[Any], *args: Any, **options: Any) -> int:
        """As in Django; raises `UnrecordedWrite` outside an action."""
        note_write("bulk_update", self.model)
        return super().bulk_update(objs, *args, **options)


class Recorded(models.Model):
    """Base of every model in the product: written only inside an action, so that nothing bypasses the chain.

    Outside one, saving, deleting and bulk writes raise `UnrecordedWrite`. Not guarded: raw SQL, migrations, and
    cascades from a model that is not `Recorded` (none is). A many-to-many needs a `Recorded` through model.
    """

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save_base(self, *args: Any, **options: Any) -> None:
        """Every way of saving one instance comes through here."""
        note_write("save", type(self))
        super().save_base(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """As in Django; raises `UnrecordedWrite` outside an action."""
        note_write("delete", type(self))
        return super().delete(*args, **options)


class AppendOnlyQuerySet(RecordedQuerySet):
    """Adds and reads; what was written stays, but for words that a retention rule takes away."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise UnrecordedWrite(f"{self.model.__name__} is added to and never changed")

    update = delete = bulk_update = _refuse

    def empty(self, *columns: str) -> int:
        """Take words away: of columns that the model names as `redactable`, inside an action.

        Raises `UnrecordedWrite` for another column.
        """
        if set(columns) - set(self.model.redactable):
            self._refuse()
        return super().update(**dict.fromkeys(columns, ""))


class AppendOnly(Recorded):
    """Base of rows that an action adds and nothing changes, which triggers in the database see to (`triggers`).

    `redactable` names the columns of text that may be emptied when their time is over.
    """

    redactable: ClassVar[tuple[str, ...]] = ()
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save_base(self, *args: Any, **options: Any) -> None:
        """Raises `UnrecordedWrite` for a row that is there."""
        if not self._state.adding:
            raise UnrecordedWrite(f"{type(self).__name__} is added to and never changed")
        super().save_base(*args, **options)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refused."""
        raise UnrecordedWrite(f"{type(self).__name__} is added to and never changed")


class GuardedQuerySet(models.QuerySet):
    """Reads; every bulk write is refused."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        _refuse(self.model)

    update = delete = bulk_create = bulk_update = _refuse


class Guarded(models.Model):
    """Base of a table that leaves no events and is therefore written by one module alone, the one `writer` names.

    For the chain itself, and for what only the machinery needs: who holds a lease, how far a job is. A write that
    says something about an object of the product belongs to a `Recorded` model.
    """

    writer: ClassVar[str]
    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def writable(cls, using: str | None = None) -> models.QuerySet[Self]:
        """A queryset that may write; for the module `writer` alone."""
        return models.QuerySet(cls, using=using)

    def save_base(self, *_: Any, **__: Any) -> NoReturn:
        """Refused."""
        _refuse(type(self))

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refused."""
        _refuse(type(self))


def _refuse(model: type[Guarded]) -> NoReturn:
    raise UnrecordedWrite(f"{model.__name__} is written by {model.writer} alone")


class _Chained(Guarded):
    """Only `cchc.audit.chain` writes these tables, when an action ends; triggers stand behind it."""

    writer = "cchc.audit.chain"

    class Meta:
        abstract = True


class AuditEvent(_Chained):
    """One link of the chain. The fields and the hash are described in `cchc.audit.links`."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=100)
    actor_kind = models.CharField(max_length=20)
    actor_identity = models.CharField(max_length=200)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    subject_type = models.CharField(max_length=200)
    subject_id = models.CharField(max_length=200)
    request = models.CharField(max_length=64, blank=True)
    personal = models.BooleanField()
    payload_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "sequence"], name="audit_event_of_subject"),
            models.Index(fields=["subject_type", "sequence"], name="audit_event_of_type"),
            models.Index(fields=["actor_identity", "sequence"], name="audit_event_of_actor"),
            models.Index(fields=["on_behalf_of", "sequence"], name="audit_event_of_principal"),
            models.Index(fields=["at"], name="audit_event_at"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(sequence__gte=1), name="audit_event_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.subject_type} {self.subject_id}"


class AuditPayload(_Chained):
    """What an event says beyond its header. `body` and `salt` are null once redacted; the chain holds their hash.

    Why it was redacted, and by whom, is said by the event of kind `audit.payload_redacted` of the same moment.
    """

    event = models.OneToOneField(AuditEvent, models.PROTECT, primary_key=True, related_name="payload")
    salt = models.CharField(max_length=64, null=True)
    body = models.TextField(null=True)
    redacted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(salt__isnull=False, body__isnull=False, redacted_at__isnull=True)
                | models.Q(salt__isnull=True, body__isnull=True, redacted_at__isnull=False),
                name="audit_payload_whole_or_redacted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}"


class AuditHead(_Chained):
    """Number and hash of the last event; a single row, locked while events are appended."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_head_is_single")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"
