"""Which roles do what with papers."""

from __future__ import annotations

from typing import Final

DRAFTERS: Final = ("reform_officer", "procedure_control_officer", "council_secretary")
"""Those who prepare papers of a unit."""

ISSUERS: Final = ("unit_head", "signing_leader", "approving_authority", "council_chair")
"""Those in whose name a paper leaves the unit. The records office (văn thư) gives numbers on their behalf: by a
delegation of one of these roles, so that the chain names both."""

KEEPERS: Final = ("administrator", "reform_officer", "procedure_control_officer")
"""Those who keep the library of bases of a unit."""
