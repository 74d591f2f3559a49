"""The Django application of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class PapersConfig(AppConfig):
    """Templates, legal bases, numbers and issued papers."""

    name = "cchc.papers"
    verbose_name = gettext_lazy("Official papers")
    default_auto_field = "django.db.models.BigAutoField"
