"""The province's own sign-in (OpenID Connect), from the environment. Off until a server is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ


def provincial_sign_in(env: environ.Env) -> dict[str, Any]:
    """The settings of allauth: `CCHC_OIDC_SERVER` (address of the service), `CCHC_OIDC_CLIENT` (our name there),
    `CCHC_OIDC_SECRET_FILE`, `CCHC_OIDC_NAME` (on the button).
    """
    server = env.str("CCHC_OIDC_SERVER", default="")
    if not server:
        return {}
    secret_file = env.str("CCHC_OIDC_SECRET_FILE", default="")
    service = {
        "provider_id": "tinh",
        "name": env.str("CCHC_OIDC_NAME", default="SSO"),
        "client_id": env.str("CCHC_OIDC_CLIENT"),
        "secret": Path(secret_file).read_text(encoding="utf-8").strip() if secret_file else "",
        "settings": {"server_url": server, "fetch_userinfo": True, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [service], "OAUTH_PKCE_ENABLED": True}}


def sign_in_origins(env: environ.Env) -> list[str]:
    """Where a form of ours may lead besides this site: browsers follow the content policy through redirects."""
    server = urlsplit(env.str("CCHC_OIDC_SERVER", default=""))
    return [f"{server.scheme}://{server.netloc}"] if server.netloc else []
