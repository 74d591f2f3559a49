"""What the state of a content allows, whoever asks."""

from __future__ import annotations

from typing import Final

from cchc.files.citing import citable
from cchc.files.models import Blob, BlobState, Citation
from cchc.interface.access import ALLOWED, Verdict, denied

_REFUSALS: Final = {
    BlobState.SCANNING.value: "files.scanning_not_allowed",
    BlobState.UNSAFE.value: "files.unsafe_not_allowed",
    BlobState.QUARANTINED.value: "files.held_not_allowed",
}


def may_be_opened(blob: Blob) -> Verdict:
    """Only what is safe is shown and handed out."""
    return ALLOWED if blob.state == BlobState.SAFE else denied(_REFUSALS[blob.state])


def may_be_released(blob: Blob) -> Verdict:
    """What is held back without anything found in it."""
    return ALLOWED if blob.state == BlobState.QUARANTINED else denied("files.not_held_back")


def may_be_held(blob: Blob) -> Verdict:
    """What is neither found unsafe nor held back already."""
    is_closed = blob.state in {BlobState.UNSAFE, BlobState.QUARANTINED}
    return denied("files.already_closed") if is_closed else ALLOWED


def may_be_ended(citation: Citation) -> Verdict:
    """What holds still, where the room of the object lets that file go."""
    if citation.ended_at is not None:
        return denied("files.citation_over")
    return citable(citation.subject_type).may_go(citation.subject_id, citation.file_id)
