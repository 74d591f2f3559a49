"""The mail server, from the environment. Without one, mails are files in the folder `outbox` of the data."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import environ
from django.core.exceptions import ImproperlyConfigured

_PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}


def mail_server(env: environ.Env) -> dict[str, Any] | None:
    """`CCHC_SMTP_HOST`, `CCHC_SMTP_SECURITY` (starttls, tls or none), `CCHC_SMTP_PORT`, `CCHC_SMTP_USER`,
    `CCHC_SMTP_PASSWORD_FILE`. None without a host.

    Raises `ImproperlyConfigured` for another kind of security, a password that would go unencrypted, or one with
    letters outside ASCII, which smtplib cannot send.
    """
    host = env.str("CCHC_SMTP_HOST", default="")
    if not host:
        return None
    security = env.str("CCHC_SMTP_SECURITY", default="starttls")
    if security not in _PORTS:
        raise ImproperlyConfigured(f"CCHC_SMTP_SECURITY is one of {', '.join(_PORTS)}, not {security!r}")
    user, password_file = env.str("CCHC_SMTP_USER", default=""), env.str("CCHC_SMTP_PASSWORD_FILE", default="")
    if user and security == "none":
        raise ImproperlyConfigured("CCHC_SMTP_USER needs CCHC_SMTP_SECURITY starttls or tls: its password stays secret")
    password = Path(password_file).read_text(encoding="utf-8").strip() if password_file else ""
    if not (user + password).isascii():
        raise ImproperlyConfigured("CCHC_SMTP_USER and its password have letters outside ASCII; choose others")
    return {
        "host": host,
        "port": env.int("CCHC_SMTP_PORT", default=_PORTS[security]),
        "security": security,
        "user": user,
        "password": password,
    }
