"""The Django application of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class ProceduresConfig(AppConfig):
    """Administrative procedures in their dated versions."""

    name = "cchc.procedures"
    verbose_name = gettext_lazy("Administrative procedures")
    default_auto_field = "django.db.models.BigAutoField"
