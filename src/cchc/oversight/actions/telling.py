"""Who is told of a list: those named and the heads of their units, with a record of each; who keeps the list of a
reply; who replied of the decision. In the same transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from cchc.audit.actors import Actor
from cchc.dossiers.actions.telling import end_of
from cchc.notices.actions import Telling, tell
from cchc.oversight import notice_kinds as kinds
from cchc.oversight.models import ListedItem, ListedOfficial, ListNotice, MonthlyList
from cchc.oversight.queries.drafting import heads_of, unit_names, works_at
from cchc.records.text import LocalText


def tell_named(list_: MonthlyList, named: Sequence[ListedOfficial], actor: Actor, now: datetime) -> None:
    """Everybody named, and the heads of the units where the delay was and where those who moved work today."""
    assert list_.noticed_on is not None  # the list is being notified
    of = {"list": list_, "number": list_.notice_number, "noticed_on": list_.noticed_on, "sent_at": now}
    today = localdate(now)
    places = defaultdict[int, set[int]](set)
    work = works_at({one.official_id or 0 for one in named}, today)
    for one in named:
        for unit in {one.unit_id or list_.unit_id, work.get(one.official_id or 0, list_.unit_id)}:
            places[unit].add(one.pk)
    heads = heads_of(places.keys() | {list_.unit_id}, today)
    notices = [ListNotice(recipient_id=one.official_id, listed=one, **of) for one in named]
    notices += [
        ListNotice(recipient_id=head, unit_id=unit, **of) for unit in sorted(heads) for head in heads[unit]
    ]  # fmt: skip
    made = ListNotice.objects.bulk_create(notices)
    names = unit_names([list_.unit_id], today)
    said = {"unit": names[list_.unit_id], "month": month_text(list_), "number": list_.notice_number,
            "noticed_on": list_.noticed_on}  # fmt: skip
    tellings = []
    for notice in made:
        if notice.listed is not None:
            until = notice.listed.reply_until
            assert until is not None  # given with the notice
            more = {"reply_until": end_of(until)}
            tellings.append(Telling(kinds.LIST_NAMED, notice.recipient_id, notice, said | more, due_at=until))
        else:
            people = {"people": len(places.get(notice.unit_id or 0, ()))}
            tellings.append(Telling(kinds.LIST_OF_UNIT, notice.recipient_id, notice, said | people))
    tell(actor=actor, now=now, tellings=tellings)


def tell_replied(item: ListedItem, actor: Actor, now: datetime) -> None:
    """Whoever drafted the list."""
    list_ = item.listed.list
    if list_.drafted_by_id is not None:
        said = {"month": month_text(list_), "code": item.code, "by": item.listed.name}
        tell(actor=actor, now=now, tellings=[Telling(kinds.LIST_REPLIED, list_.drafted_by_id, item, said)])


def tell_decided(item: ListedItem, actor: Actor, now: datetime) -> None:
    """Whoever is named."""
    recipient = item.listed.official_id
    assert recipient is not None  # nothing is decided about queues
    outcome = kinds.ACCEPTED if item.is_left_out else kinds.REFUSED
    said = {"month": month_text(item.listed.list), "code": item.code, "outcome": outcome, "reason": item.reason}
    tell(actor=actor, now=now, tellings=[Telling(kinds.LIST_DECIDED, recipient, item, said)])


def month_text(list_: MonthlyList) -> LocalText:
    """`10/2026`."""
    text = f"{list_.month:%m/%Y}"
    return LocalText(text, text)
