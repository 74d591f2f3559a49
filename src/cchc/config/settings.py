"""Django settings, read from the environment (README lists the variables). Safe by default: debugging is off."""

from __future__ import annotations

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from cchc.config.databases import with_options
from cchc.config.logs import configure_structlog, logging_settings
from cchc.config.places import default_data, private_directory, secret_key

env = environ.Env()

# Where things lie.
CCHC_DATA = private_directory(Path(env.str("CCHC_DATA", default=str(default_data()))))
_SOURCE = Path(__file__).resolve().parents[1]
STATIC_ROOT = str(CCHC_DATA / "static")
STATIC_URL = "/static/"

# Who may ask, and how.
SECRET_KEY = secret_key(Path(env.str("CCHC_SECRET_KEY_FILE", default=str(CCHC_DATA / "secret-key"))))
# Signs heads of the audit chain; best on a place that the database's user cannot read.
AUDIT_KEY_FILE = Path(env.str("CCHC_AUDIT_KEY_FILE", default=str(CCHC_DATA / "keys" / "audit-ed25519")))
DEBUG = env.bool("CCHC_DEBUG", default=False)
CCHC_HTTPS = env.bool("CCHC_HTTPS", default=False)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *env.list("CCHC_HOSTS", default=[])]
CSRF_TRUSTED_ORIGINS = env.list("CCHC_TRUSTED_ORIGINS", default=[])
if env.bool("CCHC_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# What it is made of.
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_structlog",
    "cchc.audit",
    "cchc.interface",
    "cchc.organizations",
    "cchc.portal",
]
AUTH_USER_MODEL = "organizations.Account"
MIDDLEWARE = [
    "cchc.interface.middleware.SecureHeaders",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cchc.interface.middleware.RequestLog",
    "cchc.interface.middleware.RequestId",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cchc.interface.errors.DomainErrors",
    "cchc.interface.access.AccessDeclared",
]
# Views of libraries declare no access of their own: the beginning of their module says it.
CCHC_FOREIGN_ACCESS: dict[str, str] = {}
ROOT_URLCONF = "cchc.config.urls"
WSGI_APPLICATION = "cchc.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "cchc.interface.context.page",
            ],
        },
    }
]
DATABASES = {
    "default": with_options(env.db_url("DATABASE_URL", default=f"sqlite:///{CCHC_DATA}/cchc.sqlite3")),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Vietnamese first, English second.
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [str(_SOURCE / "interface" / "locale")]
FORMAT_MODULE_PATH = ["cchc.interface.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# Nothing from outside, nothing inline, no framing.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
# Both done by `interface.middleware.SecureHeaders`, which also reaches static files and errors.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002"]
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = CCHC_HTTPS
CSRF_FAILURE_VIEW = "cchc.interface.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CCHC_HTTPS  # also read by the message cookie
CCHC_HSTS_SECONDS = 365 * 24 * 3600 if CCHC_HTTPS else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# What is written down about a request.
configure_structlog()
LOGGING = logging_settings(env.str("CCHC_LOG_LEVEL", default="INFO"))
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # an address leads to a person
