"""What is found out about the signatures of a PDF. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

Standing = Literal["good", "untrusted", "broken", "none"]
"""`good`: every signature is whole and leads to a trusted root. `untrusted`: whole, but nobody here trusts the root or
the certificate was not valid. `broken`: a signature does not fit, or something was changed after it. `none`."""

Trust = Literal["trusted", "unknown_root", "expired", "not_yet_valid", "revoked"]
Coverage = Literal["whole", "before_later_changes", "part"]


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature.

    `signer` and `organization` are what the certificate says, `issuer` who issued it. `signed_at` is what the signer's
    machine said, `stamped_at` what a time-stamp authority did, if one was asked. `covers`: the whole file, or all of it
    but what was added later and changes nothing shown (further signatures), or a part only. `is_whole` says that what
    is covered is unchanged and what was added later is allowed.
    """

    field: str
    signer: str
    organization: str
    issuer: str
    signed_at: datetime | None
    stamped_at: datetime | None
    is_whole: bool
    covers: Coverage
    trust: Trust

    @property
    def standing(self) -> Standing:
        """Of this signature alone."""
        if not self.is_whole or self.covers == "part":
            return "broken"
        return "good" if self.trust == "trusted" else "untrusted"


def standing_of(reports: Sequence[SignatureReport]) -> Standing:
    """Of a file: as good as its worst signature."""
    worst: tuple[Standing, ...] = ("broken", "untrusted", "good")
    found = {report.standing for report in reports}
    return next((one for one in worst if one in found), "none")


def written(report: SignatureReport) -> dict[str, Any]:
    """As JSON can hold it; moments in ISO form."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(report).items()}


def read(stored: Mapping[str, Any]) -> SignatureReport:
    """What `written` wrote."""
    moments = {name: _moment(stored[name]) for name in ("signed_at", "stamped_at")}
    return SignatureReport(**{**stored, **moments})


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
