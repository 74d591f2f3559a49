"""Samples of daily work: evidence, letters, jobs, the outbox, a due date explained."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.shapes import ZOOMS, CountedDay, Evidence, Job, Letter, Link, OutboxItem, WhySheet
from cchc.interface.templatetags.figures import figure

_VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_FILE: Final = "BC-45-mau.pdf"
_PAGES: Final = 2
_UNITS: Final = 250
_MONDAY: Final = date(2026, 11, 23)
_HALF_DAY, _DAY = 4 * 60, 8 * 60


def working(query: Mapping[str, str]) -> dict[str, Any]:
    """`?page=` and `?zoom=` move in the sample file, `?done=` starts the sample job at that many units, `?why=wrong`
    shows a due date whose days do not add up.
    """
    return {
        "evidence_shown": _evidence(_whole(query, "page", 1, _PAGES), _whole(query, "zoom", ZOOMS[0], ZOOMS[-1])),
        "evidence_states": _other_evidence(),
        "letters_sent": _letters(),
        "letters_none": [],
        "letters_over": _letters()[-1:],
        "jobs": _jobs(_whole(query, "done", 0, _UNITS) if "done" in query else None),
        "outbox_items": _outbox(),
        "outbox_offline": [item for item in _outbox() if item.state != "sending"],
        "outbox_resting": [item for item in _outbox() if item.state == "held"],
        "outbox_received": [item for item in _outbox() if item.state == "received"],
        "outbox_none": [],
        "why": _why_wrong() if query.get("why") == "wrong" else _why(),
    }


def _whole(query: Mapping[str, str], name: str, least: int, most: int) -> int:
    """A whole number of the address, kept within its bounds."""
    text = query.get(name, "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else least
    return min(max(number, least), most)


def _at(hour: int, minute: int, on: date = _MONDAY) -> datetime:
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=_VIETNAM)


def _evidence(page: int, zoom: int) -> Evidence:
    zoom = max(step for step in ZOOMS if step <= zoom)
    place = ZOOMS.index(zoom)

    def address(page: int, zoom: int) -> str:
        return "?" + urlencode({"page": page, "zoom": zoom})

    return Evidence(
        "evidence-ready",
        _FILE,
        size=f"{figure(Decimal('1.2'))} MB",
        page=page,
        pages=_PAGES,
        zoom=zoom,
        image=static(f"interface/samples/page-{page}.svg"),
        text=_("SAMPLE REPORT. Dossiers received 1,300; settled 1,300; on time 1,214."),
        previous=address(page - 1, zoom) if page > 1 else "",
        next=address(page + 1, zoom) if page < _PAGES else "",
        zoom_in=address(page, ZOOMS[place + 1]) if place + 1 < len(ZOOMS) else "",
        zoom_out=address(page, ZOOMS[place - 1]) if place else "",
        download=static(f"interface/samples/page-{page}.svg"),
    )


def _other_evidence() -> list[Evidence]:
    text = _("SAMPLE REPORT. Dossiers received 1,300; settled 1,300; on time 1,214.")
    return [
        Evidence("evidence-text", "BC-46-mau.docx", "text", text=text, download=static("interface/samples/page-1.svg")),
        Evidence("evidence-scanning", "BC-47-mau.pdf", "scanning", refresh="?#evidence-scanning"),
        Evidence("evidence-queued", "BC-50-mau.pdf", "scanning"),
        Evidence("evidence-unsafe", "BC-48-mau.xlsm", "unsafe"),
        Evidence("evidence-held", "BC-49-mau.pdf", "held"),
        Evidence("evidence-missing", state="missing"),
        Evidence(
            "evidence-last", "BC-60-mau.pdf", page=_PAGES, pages=_PAGES, zoom=ZOOMS[-1],
            image=static(f"interface/samples/page-{_PAGES}.svg"), previous="?page=1", zoom_out="?page=2&zoom=150",
        ),
    ]  # fmt: skip


def _letters() -> list[Letter]:
    erratum = Letter(
        "erratum",
        _("Office of the council"),
        _at(8, 30, _MONDAY + timedelta(days=2)),
        _("The number of minutes was read from the wrong column."),
        before=f"{figure(340)}",
        after=f"{figure(200)}",
    )
    return [
        Letter(
            "notice",
            _("Office of the council"),
            _at(9, 0),
            _("Intended listing: one dossier over its limit in October 2026."),
            attachments=[Link(_("List of dossiers.xlsx"), "#g-working")],
            errata=[erratum],
        ),
        Letter(
            "reply",
            "Lê B.",
            _at(14, 20, _MONDAY + timedelta(days=1)),
            _("The file was handed over on 20/11; the click came three days later."),
            attachments=[Link(_("Handover note.pdf"), "#g-working")],
        ),
        Letter(
            "decision",
            _("Office of the council"),
            _at(10, 0, _MONDAY + timedelta(days=4)),
            _("Accepted in part: listed as a late click, not as real lateness."),
        ),
    ]


def _jobs(done: int | None) -> list[Job]:
    post, start = reverse("interface:preferences"), "?done=0"
    title = _("Score 250 units")
    if done is None:
        first = Job("job-run", title, 96, _UNITS, cancel=post, refresh="")
    elif done < _UNITS:
        first = Job("job-run", title, done, _UNITS, cancel=post, refresh=f"?done={min(done + 9, _UNITS)}")
    else:
        first = Job("job-run", title, _UNITS, _UNITS, "finished", result=Link(_("Result (XLSX)"), "#g-working"))
    problem = _("The disk is full. Free some space, then go on; nothing that was done is lost.")
    return [
        first,
        Job("job-waiting", _("Export the late list"), 0, None, "waiting", cancel=post),
        Job("job-cancelled", _("Read the result table"), 120, _UNITS, "cancelled", resume=post),
        Job("job-undone", _("Read the list of units"), 0, None, "cancelled", resume=post),
        Job("job-failed", _("Export the dossiers"), 41204, 42347, "failed", problem=problem, resume=post),
        Job("job-done", _("Export the ranking"), 7, 7, "finished", result=Link(_("Result (XLSX)"), start + "#job-run")),
    ]


def _outbox() -> list[OutboxItem]:
    reason = _("The photo is larger than 20 MB.")
    return [
        OutboxItem(_("Photo 2 of item 7"), "refused", _at(9, 41), reason, _("Take it again in normal quality."), "#"),
        OutboxItem(_("Item 3: procedures posted"), "held", _at(9, 38)),
        OutboxItem(_("Item 4: opening hours"), "sending"),
        OutboxItem(_("Item 1: reception desk"), "received", _at(9, 20)),
    ]


def _why() -> WhySheet:
    rest, calendar = _("weekly rest day"), _("Sample calendar of the province, 2026")
    rule, article = _("two and a half working days of eight hours"), _("Sample rule, article 2")
    days = [
        CountedDay(
            date(2026, 11, 20), 0, _("received after 16:00: counting starts with the next working day"), article
        ),
        CountedDay(date(2026, 11, 21), 0, rest, calendar),
        CountedDay(date(2026, 11, 22), 0, rest, calendar),
        CountedDay(_MONDAY, _DAY),
        CountedDay(date(2026, 11, 24), 0, _("day off by decision")),
        CountedDay(date(2026, 11, 25), _DAY),
        CountedDay(date(2026, 11, 26), _HALF_DAY, _("the limit is reached at 11:30"), article),
    ]
    subject = _("Sample dossier 1120-0012, change of a land-use certificate")
    received_at, due_at = _at(16, 40, days[0].on), _at(11, 30, days[-1].on)
    return WhySheet(subject, received_at, due_at, 2 * _DAY + _HALF_DAY, rule, article, days)


def _why_wrong() -> WhySheet:
    """Counted from something else than a reception, by a rule without a source, and a day is missing."""
    days = [CountedDay(_MONDAY, _DAY), CountedDay(date(2026, 11, 24), _HALF_DAY, _("day off by decision"))]
    subject, rule = _("Sample task: publish the list of late dossiers"), _("two working days of eight hours")
    start = _("Counted from the end of")
    return WhySheet(subject, _at(0, 0), _at(11, 30, days[-1].on), 2 * _DAY, rule, "", days, start)
