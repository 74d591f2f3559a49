"""What a viewer holds, as one short text: two are equal only for whoever may see the same, by the same rights."""

from __future__ import annotations

import json
from dataclasses import astuple
from hashlib import sha256

from cchc.organizations.viewers import Viewer


def standing_of(viewer: Viewer) -> str:
    """Roles, duties and postings, and whose they are; not the day."""
    held = {
        "who": [None if one is None else one.code for one in (viewer.official, viewer.principal)],
        "single_roles": viewer.in_single_roles,
        "holds": sorted(astuple(hold) for hold in viewer.holds),
        "duties": sorted(viewer.duties),
        "postings": sorted(viewer.postings),
    }
    return sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()
