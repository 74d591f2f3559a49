"""A small OpenID Connect provider on this machine, standing in for a province's sign-in."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "cchc-tests"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """`person` is who signs in there next: the claims about them."""

    address: str
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "1", "preferred_username": "hoa.nt"})
    nonces: dict[str, str] = field(default_factory=dict)

    def answer(self, path: str, query: dict[str, list[str]]) -> tuple[int, dict[str, str], dict[str, Any]]:
        """Status, headers and JSON of one request."""
        if path == "/.well-known/openid-configuration":
            return 200, {}, self._configuration()
        if path == "/authorize":
            back = query["redirect_uri"][0] + "?" + urlencode({"code": "c1", "state": query["state"][0]})
            self.nonces["c1"] = query.get("nonce", [""])[0]
            return 302, {"Location": back}, {}
        if path == "/token":
            return 200, {}, {"access_token": "t1", "token_type": "Bearer", "id_token": self._id_token()}
        if path == "/jwks":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_KEY.public_key()))
            return 200, {}, {"keys": [key | {"kid": "k1", "use": "sig", "alg": "RS256"}]}
        return (200, {}, self.person) if path == "/userinfo" else (404, {}, {})

    def _configuration(self) -> dict[str, Any]:
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks",
                "userinfo_endpoint": "userinfo"}  # fmt: skip
        return {
            "issuer": self.address,
            **{name: f"{self.address}/{end}" for name, end in ends.items()},
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def _id_token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": self.nonces.get("c1", "")}
        return jwt.encode(claims | self.person, _KEY, algorithm="RS256", headers={"kid": "k1"})


@contextmanager
def openid_provider() -> Iterator[Provider]:
    """A provider that listens on loopback until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path)
            if length := int(self.headers.get("Content-Length", 0)):
                self.rfile.read(length)
            status, headers, body = provider.answer(path.path, parse_qs(path.query))
            content = json.dumps(body).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815 - as the library asks

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
