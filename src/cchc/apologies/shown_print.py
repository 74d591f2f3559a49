"""What the printed letter says, in Vietnamese: made while that language is set (`slips.printing`). It is form 04 of the
set that holds on the day of signing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cchc.apologies.models import Letter
from cchc.apologies.states import CANCELLED, SENT, SIGNED
from cchc.slips.printed_forms import APOLOGY, form_on
from cchc.slips.sheets import Signer, issuer_of, sheet_of
from cchc.slips.shown_forms import qr_of


def letter_print(request: HttpRequest, letter: Letter) -> Mapping[str, Any]:
    """Around and in it; as long as it is not signed it says so. Raises `records.not_in_force`."""
    dossier, day = letter.dossier, letter.signed_on or localdate(letter.drafted_at)
    new_due_at = letter.new_due_at or (letter.appointment.due_at if letter.appointment else None)
    said = {
        "owner": dossier.owner_name, "reason": letter.reason, "due_before": letter.due_before, "new_due_at": new_due_at,
        "state": letter.state,
    }  # fmt: skip
    signer = letter.signed_by.name if letter.signed_by else ""
    sheet = sheet_of(
        form_on(APOLOGY, day), issuer_of(dossier.settling_unit, day), on=day, said=said, code=dossier.code,
        url=request.build_absolute_uri(reverse("dossiers:look-up")), number=letter.number, qr=qr_of(request, dossier),
        is_sample=dossier.is_sample, signers=(Signer(_("Signed for the unit"), signer),),
    )  # fmt: skip
    return {
        "letter": letter,
        "dossier": dossier,
        "procedure": dossier.procedure_version.procedure.name.vi,
        "new_due_at": new_due_at,
        "is_signed": letter.state in {SIGNED, SENT},
        "is_cancelled": letter.state == CANCELLED,
        "sheet": sheet,
    }
