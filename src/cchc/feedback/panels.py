"""The rating form on pages of dossiers: what was handed out, and one key for what is to be done now."""

from __future__ import annotations

from collections.abc import Mapping

from cchc.dossiers.models import Dossier
from cchc.feedback.permissions import may_handle_rating_form
from cchc.feedback.policies import may_hand_out, may_rate, occasion_of
from cchc.feedback.queries.forms import Forms, forms_of
from cchc.feedback.shown_words import occasion_name
from cchc.feedback.states import OUT
from cchc.interface.hosting.panels import panel
from cchc.interface.together import Reads
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText

_NAME = LocalText("Phiếu đánh giá", "Rating form")
_TEMPLATE = "feedback/parts/form_panel.html"


@panel("feedback.form_of_dossier", "dossiers.dossier", _NAME, _TEMPLATE)
def form_of_dossier(viewer: Viewer, dossier: Dossier) -> Reads[Mapping[str, object] | None]:
    """To whom sees the dossier; the buttons to whoever receives."""
    return _shown(viewer, dossier, is_slip=False)


@panel("feedback.form_with_slip", "slips.at_counter", _NAME, _TEMPLATE)
def form_with_slip(viewer: Viewer, dossier: Dossier) -> Reads[Mapping[str, object] | None] | None:
    """The same beside the slip, where a form goes out with it."""
    return _shown(viewer, dossier, is_slip=True) if may_handle_rating_form(viewer, dossier) else None


@panel("feedback.rate_looked_up", "dossiers.look_up", LocalText("Đánh giá", "Rate"), "feedback/parts/rate_panel.html")
def rate_looked_up(viewer: Viewer, dossier: Dossier) -> Reads[Mapping[str, object] | None]:
    """To its owner, who has just shown both codes, once there is something to rate."""
    return forms_of(dossier).made(
        lambda forms: {"dossier": dossier} if may_rate(dossier, forms.rating) else None,
    )


def _shown(viewer: Viewer, dossier: Dossier, *, is_slip: bool) -> Reads[Mapping[str, object] | None]:
    def shown(forms: Forms) -> Mapping[str, object] | None:
        occasion = occasion_of(dossier)
        before = next((one for one in forms.handed_out if one.occasion == occasion), None)
        handles = bool(may_handle_rating_form(viewer, dossier))
        newest = forms.handed_out[0] if forms.handed_out else None
        if not handles and newest is None and forms.rating is None:
            return None
        return {
            "dossier": dossier,
            "forms": forms,
            "occasion": occasion_name(occasion),
            "hands_out": handles and bool(may_hand_out(dossier, before, forms.rating)),
            "takes_in": handles and newest is not None and newest.state == OUT,
            "rates": handles and bool(may_rate(dossier, forms.rating)),
            "handles": handles,
            "is_slip": is_slip,
        }

    return forms_of(dossier).made(shown)
