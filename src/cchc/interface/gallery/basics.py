"""Samples of what every page is made of: status, actions, tables, forms, explanations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cchc.interface.context import front_page
from cchc.interface.forms import MeasuredField
from cchc.interface.shapes import Count, Link, Reason, Step
from cchc.interface.templatetags.asking import DRAFTS
from cchc.interface.templatetags.figures import figure, share

_VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
COLOURS: Final = (
    "ink", "muted", "control", "hairline", "page", "accent", "ok", "soon", "overdue", "paused", "real", "forgotten",
    "category-1", "category-2", "category-3", "category-4", "category-5", "category-6",
    "heat-1", "heat-2", "heat-3", "heat-4", "heat-5",
)  # fmt: skip
DUE: Final = datetime(2026, 11, 25, 16, 30, tzinfo=_VIETNAM)


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of the sample ranking."""

    rank: int
    unit: str
    self_score: Decimal
    points: Decimal
    index: Decimal
    low: Decimal
    high: Decimal
    class_name: str


RANKING: Final = (
    Ranked(
        1,
        "Xã Mẫu Một",
        Decimal(95),
        Decimal("88.5"),
        Decimal("91.24"),
        Decimal("88.1"),
        Decimal(94),
        gettext_lazy("Excellent"),
    ),
    Ranked(
        2,
        "Xã Mẫu Hai",
        Decimal(90),
        Decimal("82.17"),
        Decimal("84.71"),
        Decimal("80.2"),
        Decimal("88.9"),
        gettext_lazy("Good"),
    ),
    Ranked(
        2,
        "Thị trấn Ẳng Mẫu",
        Decimal("92.25"),
        Decimal("82.17"),
        Decimal("84.71"),
        Decimal("79.9"),
        Decimal(89),
        gettext_lazy("Good"),
    ),
)


class SampleForm(forms.Form):
    """A form with a field of each kind."""

    name = forms.CharField(label=gettext_lazy("Full name"), help_text=gettext_lazy("As on the identity card."))
    received_on = forms.DateField(
        label=gettext_lazy("Date received"), help_text=gettext_lazy("For example 23/11/2026.")
    )
    group = forms.ChoiceField(
        label=gettext_lazy("Group"),
        choices=[("commune", gettext_lazy("Communes")), ("agency", gettext_lazy("Agencies"))],
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("How it was sent"),
        choices=[("online", gettext_lazy("Online")), ("post", gettext_lazy("By post"))],
        widget=forms.RadioSelect,
    )
    copies = forms.ChoiceField(
        label=gettext_lazy("Copies"),
        help_text=gettext_lazy("The original is given back."),
        choices=[("one", gettext_lazy("One")), ("two", gettext_lazy("Two"))],
        widget=forms.RadioSelect,
    )
    points = MeasuredField(label=gettext_lazy("Points"), unit=gettext_lazy("points"))
    agreed = forms.BooleanField(label=gettext_lazy("The copy agrees with the original"))


_TYPED: Final = {"name": "", "received_on": "32/13/2026", "group": "commune", "channel": "post"}


class SampleFilters(forms.Form):
    """What a list can be narrowed by."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False, choices=[("2022", "2022"), ("2021", "2021")])


def basics(query: Mapping[str, str]) -> dict[str, Any]:
    """`?confirm=close-round` shows the dialog as it is without JavaScript; `q` and `year` fill the filters."""
    return {
        "crumbs": [
            Link(_("Front page"), front_page()),
            Link(_("For those who build and review pages")),
            Link(_("Components of the interface")),
        ],
        "views": [
            Link(_("Ranking"), "?view=1", current=True),
            Link(_("Fields"), "?view=2"),
            Link(_("Changes"), "?view=3", icon="soon"),
        ],
        "active_filters": [Link(_("Group: communes"), "?"), Link(_("Year: 2022"), "?")],
        "counted": counted_samples(),
        "refused_samples": [
            {
                "sentence": _("The round cannot be closed: two units have not been locked."),
                "next_step": _("Lock them or take them out with a reason."),
            }
        ],
        "drafts_kept": [(state, "09:41") for state in DRAFTS],
        "statuses": ["ok", "soon", "overdue", "paused", "real", "forgotten", "unverified"],
        "due_at": DUE,
        "ranking": RANKING,
        "lateness": [
            {"status": status, "count": count, "share": Fraction(count, 450)}
            for status, count in (("ok", 412), ("real", 27), ("forgotten", 11))
        ],
        "on_time": share(Fraction(41204, 42347)),
        "span": figure(Decimal("19.5"), 1),
        "printed": figure(Decimal("84.41"), 2),
        "recomputed": figure(Decimal("84.71"), 2),
        "two_points": figure(Decimal("1.75"), 2),
        "wrong_points": figure(Decimal("2.5"), 1),
        "computed_points": figure(Decimal("1.868"), 3),
        "preferences_url": reverse("interface:preferences"),
        "colours": COLOURS,
        "steps": _steps(),
        "reasons": _reasons(),
        "form": SampleForm(_TYPED, auto_id="sample_%s"),
        "filter_form": SampleFilters(query or None, auto_id="filter_%s"),
        "shows_dialog": query.get("confirm") == "close-round",
        "digits": [Decimal("1111.11"), Decimal("4444.44"), Decimal("9876.5")],
        "letters": "Ẳ ẵ Ễ ễ Ự ự Ỹ ỹ Ặ Ộ",
    }


def _steps() -> list[Step]:
    return [
        Step(_("Reception"), "Lê B.", 60, 40),
        Step(
            _("Appraisal"),
            "Trần C.",
            480,
            680,
            corrections=[_("Corrected 23/11/2026 by the handover note · to be verified")],
        ),
        Step(_("Signing"), _("shared queue"), 240, 60, suspended=180),
    ]


def _reasons() -> list[Reason]:
    return [
        Reason(
            _("2.1.3 Dossiers settled on time"), figure(Decimal("1.868"), 3),
            children=[
                Reason(_("Settled on time"), figure(1214), _("Declared by the unit, report BC-45, page 3")),
                Reason(_("Settled in all"), figure(1300), _("Declared by the unit, report BC-45, page 3")),
                Reason(
                    _("At least 80 %: the ratio times the maximum"), f"{share(Fraction(1214, 1300))} × 2",
                    children=[Reason(_("Rule of the criteria set"), "", _("Sample decision, article 1"))],
                ),
            ],
        ),
        Reason(_("2.1.4 Reports sent on time"), figure(Decimal("1.5"), 3), _("Sample decision, article 2")),
    ]  # fmt: skip


def counted_samples() -> list[Count]:
    """Counts above a list, one in use."""
    samples = (("overdue", 2, _("Overdue")), ("soon", 9, _("Due soon")), ("neutral", 1_204, _("To be verified")))
    return [Count(status, number, Link(word, "#g-status", status == "soon")) for status, number, word in samples]
