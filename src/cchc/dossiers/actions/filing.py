"""Files of a dossier: each is cited for what it is, in the action in which that comes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cchc.audit.actors import Actor
from cchc.audit.recording import subject_of
from cchc.dossiers.models import Component
from cchc.files.actions import cite
from cchc.files.models import StoredFile
from cchc.files.queries import citations_for


def cite_for_paper(component: Component, files: Iterable[StoredFile], actor: Actor, now: datetime) -> None:
    """The files that came with a paper, and those of the earlier paper that it is reused from: whoever settles this
    dossier need not see that one. Raises what `files.actions.cite` raises.
    """
    for file in files:
        cite(actor=actor, now=now, file=file, subject=subject_of(component))
    earlier = component.reused_from
    if earlier is None:
        return
    held = citations_for(subject_of(earlier)).filter(ended_at=None).select_related("file").order_by("pk")
    for citation in held:
        cite(
            actor=actor, now=now, file=citation.file, subject=subject_of(component), reason=earlier.dossier.code
        )  # fmt: skip
