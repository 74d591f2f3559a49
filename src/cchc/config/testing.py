"""Settings for tests: the real ones, except that static files are found where they lie."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher

from cchc.config.settings import *  # noqa: F403
from cchc.config.settings import STORAGES as _STORAGES

STORAGES = {**_STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["cchc.config.testing.QuickArgon2"]


class QuickArgon2(Argon2PasswordHasher):
    """The real way of hashing at its lowest cost: tests sign in a thousand times."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
