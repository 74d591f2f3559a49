"""The guides of tasks, registers, files, notices, rules say what there is: screen words, kinds, values, twice alike."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from cchc.files.limits import UploadLimits, limits_on
from cchc.files.rules import rules_on as file_rules_on
from cchc.followups.rules import Rules, read_rules, rules_on
from cchc.notices.kinds import notice_kinds
from cchc.privacy.rules import rules_on as retention_on
from cchc.registers.kinds import kinds_on

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "cchc"
TODAY = date(2026, 11, 29)
GUIDES = ("tasks", "registers", "files", "notices", "rules", "procedures", "dossiers", "apologies", "feedback", "slips")
PAGES = [f"{guide}{ending}" for guide in GUIDES for ending in (".md", ".vi.md")]


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def in_both(guide: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The English and the Vietnamese page, each with its language."""
    return ("en", page(f"{guide}.md")), ("vi", page(f"{guide}.vi.md"))


@cache
def on_screen() -> tuple[frozenset[str], str]:
    """Every Vietnamese sentence of the catalogue, and the sources, in which names of states and steps stand."""
    catalogue = SOURCE / "interface" / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    with catalogue.open("rb") as file:
        found = [message.string for message in read_po(file, locale="vi") if message.id]
    words = {one for string in found for one in ([string] if isinstance(string, str) else string)}
    return frozenset(words), "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))


def is_on_screen(words: str) -> bool:
    said, sources = on_screen()
    return f'"{words}"' in sources or any(one == words or one.startswith(f"{words} (") for one in said)


@pytest.mark.parametrize("name", PAGES)
def test_bold_words_stand_on_the_screen(name):
    bold = {part for text in re.findall(r"\*\*(.+?)\*\*", page(name), re.DOTALL) for part in text.split(" → ")}
    shown = {" ".join(words.split()) for words in bold}
    assert sorted(words for words in shown if not is_on_screen(words)) == []


@pytest.mark.parametrize("guide", GUIDES)
def test_both_readmes_and_both_languages_lead_to_it(guide):
    for readme, ending in (("README.md", ".md"), ("README.vi.md", ".vi.md")):
        assert f"(docs/{guide}{ending})" in (ROOT / readme).read_text(encoding="utf-8")
    (_, english), (_, vietnamese) = in_both(guide)
    assert f"({guide}.vi.md)" in english and f"({guide}.md)" in vietnamese
    headings = [len(re.findall(r"^## ", text, re.MULTILINE)) for text in (english, vietnamese)]
    assert headings[0] == headings[1]


def test_every_kind_of_register_with_its_columns():
    for language, text in in_both("registers"):
        rows = {line.split("`")[1]: line for line in text.splitlines() if line.startswith("| `")}
        assert set(rows) == set(kinds_on(TODAY)), language
        for id_, dated in kinds_on(TODAY).items():
            columns = [*(column.name.vi for column in dated.value.columns), dated.value.name.vi]
            assert [name for name in columns if name not in rows[id_]] == []


def test_every_kind_of_notice_by_its_name():
    for language, text in in_both("notices"):
        assert [kind.code for kind in notice_kinds().values() if kind.name.in_language(language) not in text] == []


def test_every_limit_of_uploads_with_its_value():
    for _, text in in_both("files"):
        for name in UploadLimits.__slots__:
            value = getattr(limits_on(TODAY), name)
            said = ", ".join(value) if isinstance(value, tuple) else value
            assert f"| `{name}` | {said} |" in text


def test_what_becomes_of_the_place_of_a_photo():
    is_kept = file_rules_on(TODAY).value.keeps_position
    for guide in ("rules", "files"):
        for _, text in in_both(guide):
            assert f"`image_position: {'keep' if is_kept else 'strip'}`" in text and "`keep`" in text


def test_every_rule_of_following_up_with_its_value():
    rules = rules_on(TODAY).value
    for guide in ("rules", "tasks"):
        for _, text in in_both(guide):
            assert [one.id for one in (*rules.remind, *rules.escalate) if f"`{one.id}`" not in text] == []
    for _, text in in_both("rules"):
        for name in ("acknowledge", "report", "post", "escalate_unread"):
            assert f"| `{name}` | {getattr(rules, name)} |" in text
        for signals in (rules.remind, rules.escalate):
            ids = ", ".join(f"`{one.id}`" for one in signals)
            days = ", ".join(str(one.working_days) for one in signals)
            assert f"{ids} | {days} |" in text
        assert [name for name in Rules.__slots__ if name != "deadline_moves_off_days" and f"`{name}`" not in text] == []


@pytest.mark.parametrize("name", ["rules.md", "rules.vi.md"])
def test_the_record_of_the_guide_holds_from_its_first_day(name):
    """The steps of the guide, taken: the record in force ends, its copy with other values begins."""
    (record,) = re.findall(r"```yaml\n(.*?)```", page(name), re.DOTALL)
    shipped = (SOURCE / "followups" / "rules.yaml").read_text(encoding="utf-8")
    ended = shipped.replace("{from: 2005-01-01}", "{from: 2005-01-01, to: 2026-12-31}")
    line = read_rules(f"{ended}\n{record}".encode(), "rules.yaml")
    assert [line.as_of(day).value.acknowledge for day in (date(2026, 12, 31), date(2027, 1, 1))] == [2, 3]


def test_every_span_of_retention_with_its_number():
    for language, text in in_both("rules"):
        rows = {line.split("`")[1]: line for line in text.splitlines() if line.startswith("| `")}
        for dated in retention_on(TODAY):
            assert f"| {dated.value.keep.said().in_language(language)} |" in rows[dated.value.kept.code]


@pytest.mark.parametrize(
    "file",
    ["organizations/kinds.yaml", "registers/kinds.yaml", "documents/layouts.yaml", "ledger/guards.yaml",
     "ledger/questions.yaml", "ledger/definitions.yaml"],
)  # fmt: skip
def test_every_dated_record_is_named(file):
    ids = re.findall(r"^  - id: ([\w-]+)$", (SOURCE / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert ids
    for _, text in in_both("rules"):
        assert [id_ for id_ in ids if f"`{id_}`" not in text] == []


def test_every_file_of_dated_records_is_named():
    """Words, samples and the demonstration are no rules; what has days stands in the guide."""
    files = [path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.yaml")]
    dated = [path for path in files if "valid: {from:" in (SOURCE / path).read_text(encoding="utf-8")]
    folders = ("worktime/calendars/", "scoring/sets/", "demo/")
    asked = [path for path in dated if not path.startswith(folders)]
    for _, text in in_both("rules"):
        assert [path for path in asked if f"`{path}`" not in text] == []
