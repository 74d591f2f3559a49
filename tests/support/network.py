"""No test reaches the network: sockets other than local ones are refused."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator

import pytest

_connect, _connect_ex, _getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo


class NetworkRefused(AssertionError):
    """A test, or the code under test, tried to leave this machine."""


def _is_local(host: object) -> bool:
    if not host or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _check(family: int, address: object) -> None:
    is_internet = family in (socket.AF_INET, socket.AF_INET6)
    if is_internet and not (isinstance(address, tuple) and _is_local(address[0])):
        raise NetworkRefused(f"tests stay on this machine; refused: {address!r}")


def _guarded_connect(self: socket.socket, address: object) -> None:
    _check(self.family, address)
    _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: object) -> int:
    _check(self.family, address)
    return _connect_ex(self, address)


def _guarded_getaddrinfo(host: object, *args: object, **options: object) -> object:
    name = host.decode() if isinstance(host, bytes) else host
    if not _is_local(name):
        raise NetworkRefused(f"tests look up no names; refused: {name!r}")
    return _getaddrinfo(host, *args, **options)


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse every connection and name look-up that leaves this machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded_connect)
        patch.setattr(socket.socket, "connect_ex", _guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", _guarded_getaddrinfo)
        yield
