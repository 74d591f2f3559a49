"""Who may use the desk, follow a job, read what happened to an object."""

from __future__ import annotations

from typing import Any

from cchc.audit.actors import Actor
from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.interface.hosting.audited import Audited
from cchc.interface.hosting.picking import PickKind
from cchc.interface.models import Job
from cchc.interface.people import SignedIn


@permission
def may_follow_job(actor: Actor | None, job: Job) -> Verdict:
    """See, cancel and resume a job: whoever asked for it. To others it is as if there were none."""
    is_own = actor is not None and actor.identity == job.requested_by
    return ALLOWED if is_own else denied("interface.job_not_found")


@permission
def may_use_desk(viewer: SignedIn | None) -> Verdict:
    """The desk and the search: whoever is signed in. What they show, each room decides for what is its own."""
    is_signed_in = viewer is not None and viewer.is_signed_in
    return ALLOWED if is_signed_in else denied("interface.sign_in_not_allowed")


@permission
def may_pick(viewer: SignedIn | None, kind: PickKind) -> Verdict:
    """Be offered names while typing: whoever is signed in, of what each room lets them see; samples everybody."""
    return ALLOWED if kind.is_sample else may_use_desk(viewer)


@permission
def may_read_history(viewer: SignedIn | None, audited: Audited | None, subject: Any) -> Verdict:
    """Who changed what at an object: as its own room decides; nobody where no room has opened the history."""
    if viewer is None or not viewer.is_signed_in:
        return denied("interface.sign_in_not_allowed")
    if audited is None:
        return denied("interface.history_not_allowed")
    if subject is None:
        return denied("interface.history_not_found")
    return audited.may_read(viewer, subject)
