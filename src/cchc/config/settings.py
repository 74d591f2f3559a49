"""Django settings, read from the environment (README lists the variables). Safe by default: debugging is off."""

from __future__ import annotations

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from cchc.config.databases import with_options
from cchc.config.logs import configure_structlog, logging_settings
from cchc.config.mail import mail_server
from cchc.config.places import default_data, private_directory, secret_key
from cchc.config.provincial import provincial_sign_in, sign_in_origins

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
# Certificates of the authorities whose digital signatures are believed; the product ships none.
CCHC_TRUST_ROOTS = env.str("CCHC_TRUST_ROOTS", default=str(CCHC_DATA / "trust"))
DEBUG = env.bool("CCHC_DEBUG", default=False)
CCHC_DEMO = env.bool("CCHC_DEMO", default=False)  # sample officials may be entered as, on this machine only
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
    "cchc.privacy",
    "cchc.organizations",
    "cchc.files",
    "cchc.notices",
    "cchc.papers",
    "cchc.followups",
    "cchc.registers",
    "cchc.procedures",
    "cchc.dossiers",
    "cchc.slips",
    "cchc.apologies",
    "cchc.feedback",
    "cchc.oversight",
    "cchc.assessments",
    "cchc.portal",
    # Behind ours, whose templates of the same names win.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "cchc.interface.middleware.SecureHeaders",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cchc.interface.middleware.RequestLog",
    "cchc.interface.middleware.RequestId",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "cchc.organizations.signing_in.middleware.Viewers",
    "cchc.organizations.signing_in.middleware.PasswordsChanged",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cchc.interface.errors.DomainErrors",
    "cchc.interface.access.AccessDeclared",
    "cchc.privacy.middleware.DisclosuresLogged",
]
# Views of libraries declare no access of their own: the beginning of their module says it. Those of allauth ask for
# themselves whether somebody is signed in; which of them exist stands in `organizations.signing_in.urls`.
CCHC_FOREIGN_ACCESS = {"allauth.": "public"}
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
# Off where a pool of connections before PostgreSQL gives a connection to another asker after each transaction.
CCHC_PREPARED_STATEMENTS = env.bool("CCHC_PREPARED_STATEMENTS", default=True)
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
        "form-action": [SELF, *sign_in_origins(env)],
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
SESSION_ENGINE = "cchc.organizations.signing_in.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CCHC_HTTPS  # also read by the message cookie
CCHC_HSTS_SECONDS = 365 * 24 * 3600 if CCHC_HTTPS else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = [
    "cchc.files.uploading.BoundedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# How long what is kept about people stays: the installation's own rules, else those that ship.
CCHC_RETENTION_RULES = env.str("CCHC_RETENTION_RULES", default="")
# What stays in images that are uploaded: the installation's own rules, else those that ship.
CCHC_FILE_RULES = env.str("CCHC_FILE_RULES", default="")
# ClamAV's daemon, `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`; without one nothing is scanned.
CCHC_CLAMD = env.str("CCHC_CLAMD", default="")

# Who signs in. Administrators open accounts; the name is typed, e-mail plays no part.
AUTH_USER_MODEL = "organizations.Account"
AUTHENTICATION_BACKENDS = ["cchc.organizations.signing_in.backend.AccountsWithOfficials"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("username",)}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "interface:desk"
ACCOUNT_ADAPTER = "cchc.organizations.signing_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the session at hand stays, all others end
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = False  # see `organizations.signing_in.delays`
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
ACCOUNT_FORMS = {
    "login": "cchc.organizations.signing_in.forms.SignInForm",
    "change_password": "cchc.organizations.signing_in.forms.PasswordForm",
    "reauthenticate": "cchc.organizations.signing_in.forms.AgainForm",
}
MFA_FORMS = {
    "authenticate": "cchc.organizations.signing_in.forms.SecondFactorForm",
    "reauthenticate": "cchc.organizations.signing_in.forms.SecondFactorOnceMoreForm",
    "activate_totp": "cchc.organizations.signing_in.forms.SetUpForm",
}
MFA_TOTP_ISSUER = "cchc"
SOCIALACCOUNT_ADAPTER = "cchc.organizations.signing_in.adapters.ProvincialSignInAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = provincial_sign_in(env)
SESSION_COOKIE_AGE = 12 * 3600

# How officials are told. Mails name this site by `CCHC_ADDRESS`, since no request says where it is.
CCHC_ADDRESS = env.str("CCHC_ADDRESS", default=f"http://127.0.0.1:{env.int('CCHC_PORT', default=8000)}")
CCHC_SMTP = mail_server(env)
CCHC_OUTBOX = CCHC_DATA / "outbox"
CCHC_MAIL_FROM = env.str("CCHC_MAIL_FROM", default="cchc <cchc@localhost.localdomain>")

# What is written down about a request.
configure_structlog()
LOGGING = logging_settings(env.str("CCHC_LOG_LEVEL", default="INFO"))
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # an address leads to a person
DJANGO_STRUCTLOG_USER_ID_FIELD = None  # so does an account; who did what stands in the audit chain
