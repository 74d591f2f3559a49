"""The frame of `cchc`: finds commands, turns errors into sentences and exit codes.

Exit codes: 0 good; 1 the input was read and something in it is wrong; 2 not readable, or misused; 70 a fault of cchc
itself (the traceback with `--debug` or `CCHC_DEBUG=1`); 74 the output could not be written (disk full); 130 stopped by
Ctrl-C; 141 nobody reads the output any more.
"""

from __future__ import annotations

import errno
import importlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Final

import click

from cchc.cli.output import safe
from cchc.cli.session import Session, language_option, session_of
from cchc.records.errors import DomainError, Message, problem
from cchc.records.words import say, say_problem

# Name → one line of help: the list can be shown without loading any command.
COMMANDS: Final = {
    "verify": "Recompute a published result table (bảng kết quả): index, class, rank.",
    "criteria": "Check, show, export and import criteria sets (bộ tiêu chí).",
    "score": "Score sheets (phiếu chấm): points with reasons, index, class, rank.",
    "worktime": "Working time (thời gian làm việc): minutes, due dates (hạn trả), and why.",
    "ledger": "Delays (hồ sơ chậm, quá hạn) from the log of any one-stop software, by name.",
    "procedures": "Check, show, plan procedures (thủ tục hành chính) in a file: steps, limits, due dates.",
    "dossiers": "Dossiers (hồ sơ): due dates counted anew; where they stand, exchanged by files.",
    "oversight": "Slow and overdue dossiers (hồ sơ chậm, quá hạn): refresh what is kept, verify published lists.",
    "units": "Set up units and officials (đơn vị, cán bộ): import, shipped places, first administrator.",
    "accounts": "Let a locked-out administrator in (tài khoản): new password, second factor, close, reopen.",
    "retention": "How long personal data is kept (thời hạn lưu giữ): what falls due, carry it out.",
    "rules": "Dated rules (quy định có ngày hiệu lực): read all files, what holds on a day.",
    "disclosures": "Who saw whose personal data (nhật ký xem dữ liệu cá nhân): list, verify.",
    "bases": "Legal bases (căn cứ pháp lý) of a unit: import, template.",
    "audit": "Verify the audit chain (nhật ký).",
    "bench": "Measure: operations and time.",
    "demo": "Load the shipped rounds (kết quả đã công bố) and serve them.",
    "serve": "Serve the pages.",
    "worker": "Do jobs (tác vụ) beside the server.",
    "migrate": "Make or update the database (cơ sở dữ liệu).",
}
FAULT_OF_CCHC: Final = 70
NOT_WRITTEN: Final = 74
STOPPED: Final = 130
_DISK_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NOBODY_READS: Final = 141


class CommandList(click.Group):
    """Loads `cchc.cli.<name>` only when that command runs, so that light commands start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None when it is not one of ours."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"cchc.cli.{cmd_name}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"cchc.cli.{cmd_name}.command is no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in `cchc --help`."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run; when the reader of our output has gone (`| head`), stop without a word."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise click.exceptions.Exit(NOBODY_READS) from None


def _show_version(ctx: click.Context, _parameter: click.Parameter, is_wanted: bool) -> None:
    if not is_wanted:
        return
    from importlib import metadata  # takes longer to load than the rest of the frame

    try:
        click.echo(f"cchc {metadata.version('cchc')}")
    except metadata.PackageNotFoundError:
        click.echo("cchc, from a checkout that is not installed")
    ctx.exit()


@click.group(
    name="cchc",
    cls=CommandList,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: cchc verify bang-ket-qua.xlsx --lang en",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
@click.option("--debug", is_flag=True, help="Show the traceback of a fault of cchc itself (also CCHC_DEBUG=1).")
@language_option
@click.pass_context
def cchc(ctx: click.Context, debug: bool, language: str) -> None:
    """Administrative reform (cải cách hành chính): results checked, reform scored.

    Exit codes: 0 good; 1 the input was read and something in it is wrong; 2 not readable, or misused.
    """
    session = session_of(ctx)
    session.debug = session.debug or debug


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code. `arguments` default to those of the process."""
    _prepare_streams()
    session = Session()
    code = _run(list(sys.argv[1:] if arguments is None else arguments), session)
    return _flush() or code


def _run(arguments: list[str], session: Session) -> int:
    """The exit code, whatever happens."""
    try:
        return _invoke(arguments, session)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return STOPPED
    except OSError as error:
        return _say_not_written(error, session) if error.errno in _DISK_FULL else _report_fault(error, session)
    except Exception as error:  # noqa: BLE001 - the last stop: reported, never swallowed
        return _report_fault(error, session)


def _invoke(arguments: list[str], session: Session) -> int:
    """Run the command; a refusal becomes one line for each problem."""
    try:
        outcome = cchc.main(arguments, prog_name="cchc", standalone_mode=False, obj=session)
    except DomainError as error:
        for refused in error.problems:
            # The code is the same in both languages: what one searches for, and tells whoever helps.
            click.echo(safe(f"{say_problem(refused, session.language)} [{refused.code}]"), err=True)
        return error.exit_code
    return outcome if isinstance(outcome, int) else 0


def _report_fault(error: Exception, session: Session) -> int:
    """Say that cchc itself failed and what to do; the traceback for those who asked."""
    if session.debug:
        traceback.print_exception(error)
    what = ": ".join(filter(None, (type(error).__name__, str(error))))
    click.echo(safe(say(Message("cli.fault", {"what": what}), session.language)), err=True)
    return FAULT_OF_CCHC


def _say_not_written(error: OSError, session: Session) -> int:
    refusal = problem("cli.not_written", detail=error.strerror)
    click.echo(safe(say_problem(refusal, session.language)), err=True)
    return NOT_WRITTEN


def _prepare_streams() -> None:
    """Streams closed by the caller (`>&-`) swallow what is written; letters a terminal lacks are shown as `?`."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - until the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _flush() -> int:
    """Hand over what is still held back. 0, or why it failed; then the interpreter must not try again at exit."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS if isinstance(error, BrokenPipeError) else NOT_WRITTEN
    return 0


if __name__ == "__main__":
    sys.exit(main())
