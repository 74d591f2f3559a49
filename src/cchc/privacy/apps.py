"""The room `privacy` as Django sees it."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The log of disclosures, and retention."""

    name = "cchc.privacy"
    label = "privacy"
