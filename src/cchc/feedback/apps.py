"""The Django application of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class FeedbackConfig(AppConfig):
    """Ratings of dossiers."""

    name = "cchc.feedback"
    verbose_name = gettext_lazy("Feedback")
    default_auto_field = "django.db.models.BigAutoField"
