"""A file of answers: looked at first, then carried out whole or not at all, or laid aside."""

from __future__ import annotations

from django.db import models

from cchc.assessments.models.rounds import Round, Sheet
from cchc.organizations.models import Official
from cchc.organizations.models.handed_in import HandedIn


class AnswersImport(HandedIn):
    """A unit's own `sheet` as a workbook; without it what surveys and statistics came to in all units of the round."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="imports")
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="imports")
    uploaded_by = models.ForeignKey(Official, models.PROTECT, related_name="answers_imports")
