"""What else is practised in the sample province: deputies, second posts, supervision, an own calendar, a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib import resources
from io import BytesIO
from typing import Final

from django.utils.timezone import localtime

from cchc.demo.directives import actor_at, unit_of
from cchc.demo.loading import LOADER
from cchc.documents.pdf_writing import write_pdf
from cchc.files.actions import cite, store_upload
from cchc.files.receiving import received
from cchc.files.sending import Sender
from cchc.followups.actions.approvals import lay_before
from cchc.followups.deadlines import Deadline
from cchc.followups.models import Directive, Task
from cchc.followups.states import OPEN
from cchc.organizations.actions.calendars import bring_in_calendar
from cchc.organizations.actions.people import post_official
from cchc.organizations.actions.rights import delegate
from cchc.organizations.actions.units import choose_calendar, give_supervision
from cchc.organizations.bringing_in import calendar_in
from cchc.organizations.models import Official, Unit
from cchc.papers.actions.drafts import Frame, change_draft, draft_paper
from cchc.papers.actions.issuing import Issuing, issue_paper
from cchc.papers.actions.signed import attach_signed
from cchc.papers.composing import Texts, frozen_document, layout_of, texts_of_version
from cchc.papers.models import Paper, TemplateVersion, TextTemplate
from cchc.papers.queries.templates import version_on
from cchc.records.schema import Fields, as_count, as_items, as_text, reading
from cchc.records.sources import Source
from cchc.records.yaml_text import Node, read_yaml
from cchc.tables.layout import Column, SheetToWrite
from cchc.tables.xlsx_writing import write_xlsx

_DAY: Final = timedelta(days=1)
_TEXTS: Final = ("summary", "addressees", "text", "recipients")
_FRAME: Final = (
    "issuer", "superior", "symbol", "place", "on_behalf", "signer_title", "signer_name",
)  # fmt: skip


def load_own_calendar(now: datetime, since: date) -> None:
    """A unit's own calendar, chosen from `since` on: before tasks are given, whose deadlines follow it."""
    with reading(_file("calendar.yaml")) as fields:
        unit, source = unit_of(as_text(fields.need("unit"))), Source(as_text(fields.need("source")))
        by, file = _official(as_text(fields.need("by"))), as_text(fields.need("file"))
        calendar = calendar_in(as_text(fields.need("content")).encode(), file)
        bring_in_calendar(actor=LOADER, now=now, unit=unit, calendar=calendar, file=file, source=source, official=by)
        choose_calendar(actor=LOADER, now=now, unit=unit, calendar=calendar.id, starts_on=since, source=source)


def load_sample_practice(now: datetime, since: date) -> None:
    """All the rest, once tasks and templates are there."""
    with reading(_file("practice.yaml")) as fields:
        for node in as_items(fields.need("deputies")):
            with reading(node) as of_one:
                _stand_in(of_one, now)
        for node in as_items(fields.need("second_posts")):
            with reading(node) as of_one:
                _post_beside(of_one, now, since)
        for node in as_items(fields.need("supervisions")):
            with reading(node) as of_one:
                _follow(of_one, now, since)
        with reading(fields.need("paper")) as of_paper:
            _issue(of_paper, now)
        with reading(fields.need("about_directive")) as of_draft:
            _draft_about(of_draft, now)
        with reading(fields.need("proposal")) as of_proposal:
            _lay_before(of_proposal, now)
        with reading(fields.need("evidence")) as of_evidence:
            _prove(of_evidence, now)


def _file(name: str) -> Node:
    return read_yaml((resources.files("cchc.demo") / name).read_bytes(), f"cchc/demo/{name}")


def _post_beside(fields: Fields, now: datetime, since: date) -> None:
    post_official(
        actor=LOADER, now=now, official=_official(as_text(fields.need("official"))),
        unit=unit_of(as_text(fields.need("unit"))), post=as_text(fields.need("post")), starts_on=since, is_main=False,
        is_head=True, source=Source(as_text(fields.need("source"))),
    )  # fmt: skip


def _follow(fields: Fields, now: datetime, since: date) -> None:
    give_supervision(
        actor=LOADER, now=now, supervisor=unit_of(as_text(fields.need("supervisor"))),
        unit=unit_of(as_text(fields.need("unit"))), starts_on=since, source=Source(as_text(fields.need("source"))),
    )  # fmt: skip


def _stand_in(fields: Fields, now: datetime) -> None:
    starts_on = localtime(now).date() - as_count(fields.need("days_ago")) * _DAY
    delegate(
        actor=LOADER, now=now, principal=_official(as_text(fields.need("principal"))),
        deputy=_official(as_text(fields.need("deputy"))), starts_on=starts_on,
        ends_on=starts_on + as_count(fields.need("for_days")) * _DAY, reason=as_text(fields.need("reason")),
    )  # fmt: skip


def _issue(fields: Fields, now: datetime) -> None:
    """Drafted from the template, issued, and its signed copy attached: here the paper itself, which nobody signed."""
    at = now - as_count(fields.need("days_ago")) * _DAY
    template = TextTemplate.objects.get(code=as_text(fields.need("template")))
    version = version_on(template, localtime(at).date())
    assert version is not None  # the samples hold from long ago on
    texts = _with_words(texts_of_version(version), [as_text(node) for node in as_items(fields.need("words"))])
    paper = _issued(fields, template.kind, version, texts, at)
    _attach(paper, paper.unit, as_text(fields.need("issued_by")), as_text(fields.need("signed_name")), at)


def _with_words(texts: Texts, words: Sequence[str]) -> Texts:
    """The texts with these words in the place of the hints, in their order."""
    given = iter(words)
    lines = (next(given) if line.startswith("[") else line for line in texts.text.splitlines())
    return replace(texts, text="\n".join(lines))


def _draft_about(fields: Fields, now: datetime) -> None:
    """A draft about a directive, with the numbers of that day."""
    at, drafter = now - as_count(fields.need("days_ago")) * _DAY, as_text(fields.need("drafted_by"))
    template = TextTemplate.objects.get(code=as_text(fields.need("template")))
    directive = Directive.objects.get(number=as_text(fields.need("directive")))
    draft_paper(
        actor=actor_at(drafter, at), now=at, unit=unit_of(as_text(fields.need("unit"))), kind=template.kind,
        template=version_on(template, localtime(at).date()), about=str(directive.pk), drafted_by=_official(drafter),
        is_sample=True,
    )  # fmt: skip


def _lay_before(fields: Fields, now: datetime) -> None:
    """Drafted without a template, issued, and laid before another unit, where it waits."""
    at = now - as_count(fields.need("days_ago")) * _DAY
    with reading(fields.need("texts")) as of_texts:
        texts = Texts(**{name: as_text(of_texts.need(name)) for name in _TEXTS})
    paper = _issued(fields, as_text(fields.need("kind")), None, texts, at)
    by = actor_at(as_text(fields.need("drafted_by")), at)
    deadline = Deadline(localtime(at).date(), working_days=as_count(fields.need("within")))
    lay_before(actor=by, now=at, paper=paper, to=unit_of(as_text(fields.need("to"))), deadline=deadline)


def _issued(fields: Fields, kind: str, version: TemplateVersion | None, texts: Texts, at: datetime) -> Paper:
    drafter, issuer = (as_text(fields.need(name)) for name in ("drafted_by", "issued_by"))
    with reading(fields.need("frame")) as of_frame:
        frame = Frame(**{name: as_text(of_frame.need(name)) for name in _FRAME})
    by = actor_at(drafter, at)
    paper = draft_paper(
        actor=by, now=at, unit=unit_of(as_text(fields.need("unit"))), kind=kind, template=version,
        drafted_by=_official(drafter), is_sample=True,
    )  # fmt: skip
    paper = change_draft(actor=by, now=at, paper=paper, texts=texts, frame=frame, bases=[])
    return issue_paper(actor=actor_at(issuer, at), now=at, paper=paper, issuing=Issuing(localtime(at).date()))


def _prove(fields: Fields, now: datetime) -> None:
    """One file, cited for the oldest open tasks of the unit."""
    owner, most = as_text(fields.need("for")), as_count(fields.need("tasks"))
    at, code = now - as_count(fields.need("days_ago")) * _DAY, as_text(fields.need("by"))
    official, by = _official(code), actor_at(code, at)
    content, name = _workbook(fields), as_text(fields.need("name"))
    posted = official.postings.select_related("unit").get()
    with received(BytesIO(content), name, localtime(at).date()) as upload:
        file = store_upload(
            actor=by, now=at, upload=upload, sender=Sender(official, None, posted.unit), denies_state_secret=True,
            is_sample=True,
        )  # fmt: skip
    for task in Task.objects.filter(owner__code=owner, state__in=OPEN).order_by("pk")[:most]:
        cite(actor=by, now=at, file=file, subject=(Task._meta.label, str(task.pk)))


def _workbook(fields: Fields) -> bytes:
    columns = tuple(Column(as_text(node), width=24) for node in as_items(fields.need("headings")))
    rows = [[as_text(cell) for cell in as_items(node)] for node in as_items(fields.need("rows"))]
    return write_xlsx([SheetToWrite("Tổng hợp (mẫu)", columns, rows)])


def _attach(paper: Paper, unit: Unit, code: str, name: str, at: datetime) -> None:
    document, day = frozen_document(paper), localtime(at).date()
    content = write_pdf(document, layout_of(document, day))
    with received(BytesIO(content), name, day) as upload:
        attach_signed(
            actor=actor_at(code, at), now=at, paper=paper, upload=upload, sender=Sender(_official(code), None, unit),
            reports=(), denies_state_secret=True,
        )  # fmt: skip


def _official(code: str) -> Official:
    return Official.objects.get(code=code)
