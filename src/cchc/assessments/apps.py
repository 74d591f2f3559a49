"""The Django application of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class AssessmentsConfig(AppConfig):
    """Scoring rounds, sheets, appraisal, council."""

    name = "cchc.assessments"
    verbose_name = gettext_lazy("Scoring rounds")
    default_auto_field = "django.db.models.BigAutoField"
