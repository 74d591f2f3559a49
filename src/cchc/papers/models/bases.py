"""The library of legal bases."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import models
from django.db.models import F, Q

from cchc.organizations.models import Dated, Unit
from cchc.papers.kinds import BASIS_KINDS, CITED_WITHOUT_NUMBER
from cchc.records.dates import format_official_date

LONGEST_NAME: Final = 300


class LegalBasis(Dated):
    """A law or document that papers name as their ground. In force from `starts_on` to `ends_on`.

    Kept by `unit`, for it and all units under it. `title` is what a law is called or a document is about ("về công tác
    văn thư"). `source_document` says where it can be read (address, gazette), `source_on` when somebody looked.
    `verified`: somebody compared it with the source; otherwise `doubt` may say why not.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="legal_bases")
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=LONGEST_NAME)
    title = models.CharField(max_length=LONGEST_NAME)
    issued_on = models.DateField()
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces")
    verified = models.BooleanField(default=False)
    doubt = models.TextField(blank=True)
    search_key = models.TextField()
    sort_key = models.TextField()
    version = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "kind", "number", "issuer", "issued_on", "title"], name="papers_basis_once"
            ),
            models.CheckConstraint(condition=~Q(replaced_by=F("id")), name="papers_basis_replaced_by_another"),
        ]
        indexes = [models.Index(fields=["sort_key", "id"], name="papers_basis_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """`Nghị định số 30/2020/NĐ-CP`, `Luật Tổ chức chính quyền địa phương`: what people call it."""
        kind = BASIS_KINDS[self.kind].vi
        if self.kind in CITED_WITHOUT_NUMBER or not self.number:
            return f"{kind} {self.title}"
        return f"{kind} số {self.number}"

    @property
    def citation(self) -> str:
        """`Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư`."""
        dated = f"Căn cứ {self.name} {format_official_date(self.issued_on)}"
        if self.kind in CITED_WITHOUT_NUMBER:
            return dated
        about = f" {self.title}" if self.number else ""
        return f"{dated} của {self.issuer}{about}"

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
