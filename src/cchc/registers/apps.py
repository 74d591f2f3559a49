"""The Django application of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class RegistersConfig(AppConfig):
    """Registers, plans and their entries."""

    name = "cchc.registers"
    verbose_name = gettext_lazy("Registers and plans")
    default_auto_field = "django.db.models.BigAutoField"
