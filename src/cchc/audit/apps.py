"""The room `audit`: its triggers are put back after every migration and looked at by the system check."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """Append-only hash chain and the action wrapper."""

    name = "cchc.audit"
    label = "audit"
    verbose_name = "Chuỗi nhật ký"

    def ready(self) -> None:
        """Connect what must happen after a migration and at a check."""
        from cchc.audit import checks  # models are loaded only now

        post_migrate.connect(checks.prepare_chain, sender=self, dispatch_uid="cchc.audit.prepare_chain")
        register(checks.check_triggers, Tags.database)
        register(checks.check_recorded_models, Tags.models)
        register(checks.check_followers)
