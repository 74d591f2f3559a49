"""Pages to read: the lists of apologies, one letter, the letter to print."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.apologies import shown
from cchc.apologies.addresses import asked_list, letter_crumbs, list_crumbs, to_letter
from cchc.apologies.permissions import may_see_apologies
from cchc.apologies.queries.letters import entries_of, get_letter
from cchc.apologies.rules import rules_on
from cchc.apologies.shown_list import gathered
from cchc.apologies.shown_print import letter_print
from cchc.dossiers.addresses import to_dossier
from cchc.interface.access import needs
from cchc.interface.errors import current_language
from cchc.interface.shapes import Link
from cchc.organizations.narrowing import narrowed_to
from cchc.privacy.disclosing import tell
from cchc.slips.printing import printed_page


@require_safe
@needs(may_see_apologies)
def apologies(request: HttpRequest) -> HttpResponse:
    """What is owed, what will be, letters by where they stand; what was owed and sent in a month."""
    may_see_apologies(request.viewer).require()
    now, narrowing = timezone.now(), narrowed_to(request)
    asked = asked_list(request, localdate(now))
    page = gathered(request, asked, narrowing.unit, now)
    tell(request, people=len(page["rows"]))
    rules = rules_on(localdate(now))
    context = {"now": now, "asked": asked, "narrowing": narrowing, "rules": rules, "crumbs": list_crumbs()}
    context["doubt"] = rules.verification.doubt_in(current_language())
    return render(request, "apologies/list.html", page | context)


@require_safe
@needs(may_see_apologies)
def letter_page(request: HttpRequest, number: int) -> HttpResponse:
    """Where a letter stands, what it says, what may be done now, everything that happened to it."""
    may_see_apologies(request.viewer).require()
    letter = get_letter(request.viewer, number)
    context = {
        "letter": letter,
        "dossier": letter.dossier,
        "shown": shown.LetterLine(letter),
        "why": shown.why_of(letter),
        "offered": shown.offered(request.viewer, letter),
        "history": shown.history_of(entries_of(letter)),
        "crumbs": letter_crumbs(letter),
    }
    return render(request, "apologies/letter.html", context)


@require_safe
@needs(may_see_apologies)
def printed(request: HttpRequest, number: int) -> HttpResponse:
    """The letter as form 04 has it."""
    may_see_apologies(request.viewer).require()
    letter = get_letter(request.viewer, number)
    make, crumbs = partial(letter_print, request, letter), letter_crumbs(letter)
    links = (Link(_("To the letter"), to_letter(letter)),)
    return printed_page(request, "apologies/printed.html", make, crumbs, back=to_dossier(letter.dossier), links=links)
