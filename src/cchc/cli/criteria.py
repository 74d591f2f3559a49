"""`cchc criteria check|show|export|import`: criteria sets as YAML and as workbooks."""

from __future__ import annotations

from pathlib import Path

import click

from cchc.cli.files import require_suffix, write_whole
from cchc.cli.output import safe, write_json
from cchc.cli.session import json_option, language_option
from cchc.records.errors import DomainError, Message, Place, Problem
from cchc.records.text import Language
from cchc.records.words import say, say_next_step, show
from cchc.scoring.criteria import CriteriaSet, Criterion, Group
from cchc.scoring.set_files import load_any
from cchc.scoring.wording import rule_in_words
from cchc.scoring.workbook_writing import to_workbook
from cchc.scoring.writing import set_hash, to_yaml


@click.group(epilog="Example: cchc criteria check bo-tieu-chi.yaml")
def command() -> None:
    """Check, show, export and import criteria sets (bộ tiêu chí).

    SET is a YAML or XLSX file, or the id of a set that comes with cchc, such as tt01-2018.
    """


@command.command(epilog="Example: cchc criteria check bo-tieu-chi.yaml --json")
@click.argument("criteria_set", metavar="SET")
@json_option
@language_option
@click.pass_context
def check(ctx: click.Context, criteria_set: str, as_json: bool, language: Language) -> None:
    """Read SET and say what is wrong with it, all at once.

    Exit code 0 when the set can be used, 1 when it is refused, 2 when it cannot be read.
    """
    try:
        made = load_any(criteria_set)
    except DomainError as error:
        if not as_json:
            raise
        write_json({"valid": False, "problems": [_problem(problem, language) for problem in error.problems]})
        ctx.exit(error.exit_code)
    if as_json:
        found = {"set": made.id, "hash": set_hash(made), "criteria": len(made.criteria)}
        write_json({"valid": True, **found, "problems": []})
    else:
        _say("set_is_good", language, set=made.id, criteria=len(made.criteria), total=made.total, hash=set_hash(made))


@command.command(name="show", epilog="Example: cchc criteria show qd766 --lang en")
@click.argument("criteria_set", metavar="SET")
@json_option
@language_option
def show_(criteria_set: str, as_json: bool, language: Language) -> None:
    """Print SET with every rule in words."""
    made = load_any(criteria_set)
    if as_json:
        write_json(_document(made, language))
        return
    click.echo(safe(show(made.title, language)))
    for node, depth in made.nodes():
        click.echo(safe(f"{'  ' * depth}{_line(made, node, language)}"))


@command.command(epilog="Example: cchc criteria export tt01-2018 tt01-2018.xlsx")
@click.argument("criteria_set", metavar="SET")
@click.argument("out", metavar="OUT.xlsx", type=click.Path(path_type=Path, dir_okay=False))
@language_option
def export(criteria_set: str, out: Path, language: Language) -> None:
    """Write SET as a workbook that officials can edit; `import` reads it back to the same content."""
    require_suffix(out, ".xlsx")
    made = load_any(criteria_set)
    write_whole(out, to_workbook(made))
    _say("set_written", language, set=made.id, file=str(out), hash=set_hash(made))


@command.command(name="import", epilog="Example: cchc criteria import tt01-2018.xlsx tt01-2018.yaml")
@click.argument("workbook", metavar="IN.xlsx", type=click.Path(path_type=Path))
@click.argument("out", metavar="[OUT.yaml]", required=False, type=click.Path(path_type=Path, dir_okay=False))
@language_option
def import_(workbook: Path, out: Path | None, language: Language) -> None:
    """Read a workbook and write it as YAML, to OUT.yaml or to standard output."""
    if out is not None:
        require_suffix(out, ".yaml", ".yml")
    made = load_any(workbook)
    if out is None:
        click.echo(to_yaml(made), nl=False)
        return
    write_whole(out, to_yaml(made).encode())
    _say("set_written", language, set=made.id, file=str(out), hash=set_hash(made))


def _say(code: str, language: Language, **params: object) -> None:
    click.echo(safe(say(Message(f"cli.{code}", params), language)))


def _line(made: CriteriaSet, node: Group | Criterion, language: Language) -> str:
    if isinstance(node, Group):
        return f"{node.code}. {show(node.title, language)} ({show(node.maximum, language)})"
    rule = say(rule_in_words(made, node), language)
    maximum = f" ({show(node.max, language)})" if node.has_maximum else ""
    return f"{node.code} {show(node.title, language)}{maximum}: {rule}"


def _problem(found: Problem, language: Language) -> dict[str, object]:
    """What is wrong and where: `line` is the row in a workbook."""
    place = found.place or Place()
    return {
        "code": found.code,
        "place": str(place),
        "line": place.row if place.line is None else place.line,
        "sentence": say(found.message, language),
        "next_step": say_next_step(found.message, language),
    }


def _document(made: CriteriaSet, language: Language) -> dict[str, object]:
    return {
        "set": made.id,
        "hash": set_hash(made),
        "title": show(made.title, language),
        "criteria": [
            {
                "code": leaf.code,
                "title": show(leaf.title, language),
                "max": show(leaf.max, "en") if leaf.has_maximum else None,
                "kind": leaf.rule.kind,
                "rule": say(rule_in_words(made, leaf), language),
                "scored_by": leaf.scored_by,
                "source": made.source_of(leaf).document,
                "verified": made.verification_of(leaf).verified,
            }
            for leaf in made.criteria
        ],
    }
