"""Settings for tests: the real ones, except that static files are found where they lie."""

from __future__ import annotations

from cchc.config.settings import *  # noqa: F403
from cchc.config.settings import STORAGES as _STORAGES

STORAGES = {**_STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
