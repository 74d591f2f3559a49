"""Attaching the signed file to an issued paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.audit.canonical import canonical_json
from cchc.files.actions import cite, store_upload
from cchc.files.receiving import Upload
from cchc.files.sending import Facts, Sender
from cchc.papers.actions.drafts import lock_paper
from cchc.papers.audit_kinds import SIGNED_FILE_ATTACHED
from cchc.papers.models import Paper, SignedFile
from cchc.papers.policies import may_become
from cchc.papers.signing.reports import SignatureReport, standing_of, written
from cchc.records.errors import refuse

PAPER: Final = "papers.Paper"
_KINDS: Final = frozenset({"pdf", "jpeg", "png", "webp", "heic"})


@action
def attach_signed(
    *, actor: Actor, now: datetime, paper: Paper, upload: Upload, sender: Sender, denies_state_secret: bool,
    reports: Sequence[SignatureReport],
) -> SignedFile:  # fmt: skip
    """Keep the signed file with what its signatures are worth (`signing.asking`, found before the action began).

    Raises `papers.no_draft_any_more` or `papers.not_in_force` by the paper's state, `papers.signature_broken`,
    `papers.no_signed_kind`, `papers.signed_already`, and what keeping a file refuses.
    """
    locked = lock_paper(paper, None)
    may_become(locked, "attach").require()
    if upload.kind not in _KINDS:
        raise refuse("papers.no_signed_kind", kind=upload.kind.upper())
    if (standing := standing_of(reports)) == "broken":
        raise refuse("papers.signature_broken")
    facts = Facts(locked.title, locked.full_number, locked.issuer, locked.issued_on)
    file = store_upload(
        actor=actor, now=now, upload=upload, sender=sender, denies_state_secret=denies_state_secret, facts=facts
    )
    if locked.signed_files.filter(file=file).exists():
        raise refuse("papers.signed_already")
    cite(actor=actor, now=now, file=file, subject=(PAPER, str(locked.pk)))
    signed = SignedFile.objects.create(
        paper=locked, file=file, standing=standing, judged_at=now, attached_by=actor.identity,
        reports=canonical_json([written(report) for report in reports]),
    )  # fmt: skip
    record(SIGNED_FILE_ATTACHED, signed, after=values_of(signed))
    return signed
