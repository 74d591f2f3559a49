"""A process of its own in which logs are run on Spark: what its Java and its sockets leave behind ends with it.

`python -m tests.ledger.spark_child` takes a JSON list of runs on standard input, and answers JSON on standard output:
the error code of each run, null when there was none, and the addresses that Spark listened on.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from contextlib import nullcontext
from ipaddress import ip_address
from pathlib import Path

from cchc.ledger import spark, staging
from cchc.ledger.mapping_reading import read_mapping
from cchc.ledger.running import run_log
from cchc.records.errors import DomainError
from cchc.worktime import Calendar
from tests.ledger.logs import AS_OF, OFFICE
from tests.support import network

_LISTENING = "0A"


def stay_on_this_machine() -> None:
    """As in every test."""
    socket.socket.connect = network._guarded_connect  # type: ignore[method-assign, assignment]
    socket.socket.connect_ex = network._guarded_connect_ex  # type: ignore[method-assign, assignment]
    socket.getaddrinfo = network._guarded_getaddrinfo  # type: ignore[assignment]


def run(log: str, mapping: str, output: str) -> str | None:
    made = read_mapping(mapping, "m.yaml")
    calendar = OFFICE if made.calendar == OFFICE.id else Calendar.load(made.calendar)
    try:
        run_log(Path(log), made, calendar, Path(output), as_of=AS_OF, engine=spark.spark_engine())
    except DomainError as error:
        return error.code
    return None


def listened_on() -> list[str]:
    """The addresses on which this process and all it started accept connections."""
    own = {inode for process in family() for inode in sockets_of(process)}
    tables = (Path("/proc/net/tcp").read_text(), Path("/proc/net/tcp6").read_text())
    rows = [line.split() for table in tables for line in table.splitlines()[1:]]
    return sorted({address(row[1]) for row in rows if row[3] == _LISTENING and row[9] in own})


def family() -> set[int]:
    """This process and its descendants."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has ended
    found = {os.getpid()}
    while more := {process for process, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def sockets_of(process: int) -> set[str]:
    try:
        links = [str(handle.readlink()) for handle in Path(f"/proc/{process}/fd").iterdir()]
    except OSError:
        return set()
    return {link.removeprefix("socket:[").removesuffix("]") for link in links if link.startswith("socket:")}


def address(written: str) -> str:
    """`0100007F:1F90` as 127.0.0.1: words of four bytes, each with its last byte first."""
    raw = bytes.fromhex(written.partition(":")[0])
    ip = ip_address(b"".join(raw[at : at + 4][::-1] for at in range(0, len(raw), 4)))
    return str(getattr(ip, "ipv4_mapped", None) or ip)


def main() -> None:
    stay_on_this_machine()
    staging.AT_ONCE = staging.HELD = 700  # type: ignore[misc]  # the rows of a dossier come in several files
    first, *others = json.load(sys.stdin)
    refused = [run(**first)]
    with spark.session() as shared:  # starting anew for each would take longer than all of them
        spark.session = lambda: nullcontext(shared)
        refused += [run(**one) for one in others]
        json.dump({"refused": refused, "listened_on": listened_on()}, sys.stdout)


if __name__ == "__main__":
    main()
