"""The real site, served on this machine for a test that looks at it through a socket."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

from tests.support.browser import leave_pages


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Requests of tests are not worth a line."""


class _Server(ThreadedWSGIServer):
    """Closing waits for the requests being answered, so that none outlives its database."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _QuietHandler)
        self._open: set[socket.socket] = set()
        self.set_app(get_wsgi_application())

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        for request in tuple(self._open):  # browsers keep idle connections, whose threads wait for a next request
            with suppress(OSError):
                request.shutdown(socket.SHUT_RD)
        super().server_close()


@pytest.fixture
def live_site(request: pytest.FixtureRequest, committed_database: str) -> Iterator[str]:
    """The address (`http://127.0.0.1:PORT`) of the whole application, static files included, on a fresh database."""
    server = _Server()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        if "browser" in request.fixturenames:
            leave_pages(request.getfixturevalue("browser"))
        server.shutdown()
        thread.join()
        server.server_close()
