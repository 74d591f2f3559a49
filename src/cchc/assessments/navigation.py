"""Main pages of this room for officials."""

from django.utils.translation import gettext_lazy

from cchc.interface.hosting.navigation import Place

rounds = Place("assessments.rounds", "assessments:rounds", gettext_lazy("Scoring"))
