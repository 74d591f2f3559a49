"""Papers: drafts, and what was issued."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q

from cchc.audit.models import Recorded
from cchc.organizations.models import Official, Unit
from cchc.papers.models.bases import LegalBasis
from cchc.papers.models.templates import TemplateVersion
from cchc.papers.states import PaperState

_HASH: Final = 64


_EVER_ISSUED: Final = [PaperState.ISSUED.value, PaperState.WITHDRAWN.value, PaperState.REPLACED.value]


class Paper(Recorded):
    """One paper of a unit.

    A draft is text in the language of `cchc.papers.texts` beside `values`, what its names stood for when they were
    gathered (canonical JSON) for the thing `about` of the `vocabulary`. `number`, `issued_on`, `content` (the document,
    canonical JSON) and `content_hash` (its SHA-256) are empty until the paper is issued and never change afterwards.
    `on_behalf` has a line for each body or post in whose place the signer signs ("KT. Chủ tịch"). `issued_by` issued
    it, in the place of `issued_for` where somebody was acted for. `because` says why it was withdrawn, replaced or
    discarded.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20, default=PaperState.DRAFT.value)
    template = models.ForeignKey(TemplateVersion, models.PROTECT, null=True, related_name="papers")
    vocabulary = models.CharField(max_length=60)
    about = models.CharField(max_length=100, blank=True)
    values = models.TextField()
    drafted_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="papers_drafted")
    drafted_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField(default=False)

    issuer = models.TextField()
    superior = models.TextField(blank=True)
    symbol = models.CharField(max_length=40)
    place = models.TextField()
    summary = models.TextField(blank=True)
    addressees = models.TextField(blank=True)
    text = models.TextField()
    recipients = models.TextField(blank=True)
    on_behalf = models.TextField(blank=True)
    signer_title = models.TextField(blank=True)
    signer_post = models.TextField(blank=True)
    signer_name = models.TextField(blank=True)

    title = models.TextField()
    search_key = models.TextField()
    number = models.PositiveIntegerField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    issued_on = models.DateField(null=True)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    issued_for = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    content = models.TextField(blank=True)
    content_hash = models.CharField(max_length=_HASH, blank=True)
    because = models.TextField(blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in PaperState]), name="papers_paper_known_state"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=_EVER_ISSUED, number__gte=1, year__isnull=False, issued_on__isnull=False,
                    issued_at__isnull=False, content_hash__gt="",
                )
                | Q(
                    state__in=[PaperState.DRAFT.value, PaperState.DISCARDED.value], number=None, year=None,
                    issued_on=None, issued_at=None, content="", content_hash="",
                ),
                name="papers_paper_numbered_when_issued",
            ),
            models.CheckConstraint(
                condition=Q(state=PaperState.REPLACED.value, replaced_by__isnull=False)
                | (~Q(state=PaperState.REPLACED.value) & Q(replaced_by=None)),
                name="papers_paper_replaced_by_one",
            ),
            models.CheckConstraint(condition=~Q(replaced_by=F("id")), name="papers_paper_replaced_by_another"),
            models.UniqueConstraint(fields=["unit", "year", "symbol", "number"], name="papers_paper_number_once"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["unit", "state", "-id"], name="papers_papers_of_unit"),
            models.Index(fields=["vocabulary", "about"], name="papers_papers_about"),
        ]

    def __str__(self) -> str:
        return f"{self.full_number} {self.title}"

    @property
    def full_number(self) -> str:
        """`01/BC-UBND`; without a number yet `…/BC-UBND`."""
        return f"{'…' if self.number is None else f'{self.number:02}'}/{self.symbol}"

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.state == PaperState.DRAFT

    @property
    def is_issued(self) -> bool:
        """Whether it was issued once, whatever became of it."""
        return self.state in _EVER_ISSUED


class CitedBasis(Recorded):
    """A basis that a paper names, in the order in which they stand."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="cited_bases")
    basis = models.ForeignKey(LegalBasis, models.PROTECT, related_name="cited_by")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "basis"], name="papers_basis_cited_once"),
            models.UniqueConstraint(fields=["paper", "place"], name="papers_basis_in_its_place"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} cites {self.basis_id}"
