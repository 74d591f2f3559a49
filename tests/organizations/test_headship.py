"""A unit has one head at a time: on the pages, in the actions, in a file."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from cchc.audit.recording import unguarded
from cchc.organizations.actions.correcting import RightPosting, correct_posting
from cchc.organizations.actions.people import end_posting, post_official
from cchc.organizations.importing.planning import plan_import
from cchc.organizations.importing.register import Scope
from cchc.organizations.models import Posting
from cchc.organizations.queries.people import heads_of
from cchc.organizations.queries.register import register_for
from cchc.records.errors import DomainError
from cchc.records.words import say
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY, official, unit
from tests.factories.workbooks import rows_with

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(84)]
DAY = timedelta(days=1)


@pytest.fixture
def commune():
    return unit("xa", unit("tinh"), name="xã Ẵng Mẫu")


@pytest.fixture
def former(commune):
    return official("cu", "Lò Văn Ẵng", commune, post="Chủ tịch", is_head=True)


@pytest.fixture
def successor(commune):
    return official("moi", "Trần Thị Bình", commune, post="Phó Chủ tịch")


def refused(act) -> str:
    with pytest.raises(DomainError) as refusal:
        act()
    return say(refusal.value.problems[0].message, "vi")


def test_a_second_head_is_refused_by_name_until_the_former_no_longer_heads(commune, former, successor):
    lead = partial(
        post_official, **BY_TESTS, official=successor, unit=commune, post="Chủ tịch", starts_on=TODAY, is_head=True
    )
    said = refused(lead)
    assert "xã Ẵng Mẫu" in said and "Lò Văn Ẵng" in said and "chưa có ngày cuối" in said
    assert heads_of([commune.pk], TODAY)[commune.pk] == former
    end_posting(**BY_TESTS, posting=former.postings.get(), ends_on=TODAY - DAY, reason="Nghỉ hưu")
    lead()
    assert heads_of([commune.pk], TODAY)[commune.pk] == successor


def test_a_posting_is_not_corrected_into_a_second_head(commune, former, successor):
    refused(partial(correct_posting, **BY_TESTS, posting=successor.postings.get(), reason="Ghi nhầm",
                    right=RightPosting("Chủ tịch", True, LONG_AGO)))  # fmt: skip
    correct_posting(
        **BY_TESTS, posting=former.postings.get(), right=RightPosting("Chủ tịch", False, LONG_AGO), reason="Ghi nhầm"
    )
    correct_posting(
        **BY_TESTS, posting=successor.postings.get(), right=RightPosting("Chủ tịch", True, LONG_AGO), reason="Ghi nhầm"
    )
    assert heads_of([commune.pk], TODAY)[commune.pk] == successor


def test_of_two_that_are_noted_already_the_newest_heads(commune, former, successor):
    """As older data may hold it: whoever was entered first does not win."""
    for newest, other in ((former, successor), (successor, former)):
        with unguarded():
            Posting.objects.filter(official=other).update(is_head=True, starts_on=LONG_AGO)
            Posting.objects.filter(official=newest).update(is_head=True, starts_on=TODAY - DAY)
        assert heads_of([commune.pk], TODAY)[commune.pk] == newest


def planned(*rows):
    given = rows_with((), rows)
    return plan_import(given, register_for(given, TODAY), Scope())


def test_the_trial_run_of_a_file_names_who_heads_it(commune, former, successor):
    lead = {"code": "moi", "name": "Trần Thị Bình", "unit": "xa", "post": "Chủ tịch"}
    lead |= {"is_head": "Có", "starts_on": TODAY}
    (told,) = planned(lead).problems
    assert told.code == "organizations.head_taken" and told.place.row
    assert "Lò Văn Ẵng" in say(told.message, "vi")
    leave = {"code": "cu", "name": "Lò Văn Ẵng", "unit": "xa", "post": "Chủ tịch", "ends_on": TODAY - DAY}
    for rows in ((leave, lead), (lead, leave)):
        assert not planned(*rows).problems, "whichever row comes first"
    third = lead | {"code": "ba", "name": "Y Ba"}
    (told,) = planned(leave, lead, third).problems
    assert "Trần Thị Bình" in say(told.message, "vi")
