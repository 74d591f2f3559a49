"""Names that are picked: what a text means, what is asked back, what stays on the page."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from cchc.interface.forms import ActionForm
from cchc.interface.hosting.picking import Unclear, get_pick_kind, likely, meant
from cchc.interface.picking import PickField, PickManyField
from cchc.records.errors import DomainError

KIND = "interface.sample"


class Form(ActionForm):
    one = PickField(KIND, label="Một")
    other = PickField(KIND, label="Khác", required=False)
    many = PickManyField(KIND, label="Nhiều")


def form(**data: str | list[str]) -> Form:
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    made = Form(query)
    made.pick_as(None)
    return made


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("xa-mau-mot", "xa-mau-mot"),
        ("Xã Mẫu Một (xa-mau-mot)", "xa-mau-mot"),
        ("xã cũ gì đó (xa-mau-hai)", "xa-mau-hai"),
        ("Xã Mẫu Một", "xa-mau-mot"),
        ("  xa mau   mot ", "xa-mau-mot"),
    ],
)
def test_a_code_a_line_or_a_whole_name_means_one_thing(text, value):
    assert meant(get_pick_kind(KIND), None, text).value == value


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("Văn phòng", ["van-phong-mot", "van-phong-hai"]),
        ("xã mẫu", ["xa-mau-mot", "xa-mau-hai"]),
        ("mẫu một", ["xa-mau-mot"]),
        ("Văn phòng (khong-co)", ["van-phong-mot", "van-phong-hai"]),
    ],
)
def test_part_of_a_name_or_a_name_of_two_is_asked_back(text, choices):
    with pytest.raises(Unclear) as caught:
        meant(get_pick_kind(KIND), None, text)
    assert [one.value for one in caught.value.choices] == choices
    assert caught.value.code == "interface.pick_unclear"


def test_what_nothing_is_called_is_refused():
    with pytest.raises(DomainError) as caught:
        meant(get_pick_kind(KIND), None, "Xã Không Có")
    assert caught.value.code == "interface.pick_unknown"
    assert likely(get_pick_kind(KIND), None, "") and not likely(get_pick_kind(KIND), None, "không có")
    with pytest.raises(DomainError) as caught:
        get_pick_kind("interface.nothing")
    assert caught.value.code == "interface.pick_kind_not_found"


def test_a_form_keeps_what_was_typed_and_says_which_may_be_meant():
    given = form(one="văn phòng", other="Xã Mẫu Một")
    assert not given.is_valid()
    page = str(given["one"])
    assert "Văn phòng (van-phong-mot), Văn phòng (van-phong-hai)" in str(given.errors)
    assert 'value="văn phòng"' in page and 'value="van-phong-hai"' in page and "Xã Mẫu Hai" in page
    assert 'value="Xã Mẫu Một (xa-mau-mot)"' in str(given["other"]), "what was understood says so"


def test_a_choice_below_the_line_counts_until_the_line_is_changed():
    chosen = {"one__choice": "van-phong-hai", "one__sought": "văn phòng"}
    first = form(one="văn phòng", **chosen)
    assert first.is_valid() and first.cleaned_data["one"] == "van-phong-hai"
    second = form(one="Xã Mẫu Một", **chosen)
    assert second.is_valid() and second.cleaned_data["one"] == "xa-mau-mot"


def test_several_come_ticked_and_typed_each_once_and_in_order():
    given = form(one="xa-mau-mot", many=["xa-mau-hai"], many__text="Xã Mẫu Một; xa-mau-hai\nvan-phong-hai")
    assert given.is_valid()
    assert given.cleaned_data["many"] == ["xa-mau-hai", "xa-mau-mot", "van-phong-hai"]


def test_of_several_only_what_is_unclear_stays_in_the_line():
    given = form(one="xa-mau-mot", many=["xa-mau-hai"], many__text="Xã Mẫu Một; Văn phòng; Xã Lạ")
    assert not given.is_valid()
    assert len(given.errors["many"]) == 2
    page = str(given["many"])
    assert 'value="Văn phòng; Xã Lạ"' in page
    assert page.count("checked") - page.count("data-picked-line") == 2, "both that were understood stay picked"
    assert page.index('value="xa-mau-hai" checked') < page.index('value="xa-mau-mot" checked')


def test_of_several_a_text_is_answered_by_ticking_one_of_those_offered():
    typed = {"one": "xa-mau-mot", "many__text": "Văn phòng", "many": ["van-phong-hai"]}
    assert not form(**typed).is_valid(), "it may mean the other one"
    answered = form(**typed, many__sought="Văn phòng")
    assert answered.is_valid() and answered.cleaned_data["many"] == ["van-phong-hai"]
    assert not form(**typed | {"many": ["xa-mau-hai"]}, many__sought="Văn phòng").is_valid()


def test_looking_up_offers_and_judges_nothing():
    given = form(one="mẫu", many=["xa-mau-hai"])
    given.look_up("one")
    assert not given.errors and 'value="xa-mau-hai"' in str(given["one"]) and "xa-mau-mot" in str(given["one"])
    assert 'value="xa-mau-hai" checked' in str(given["many"])
    given = form(one="lạ")
    given.look_up("one")
    assert list(given.errors) == ["one"] and 'value="lạ"' in str(given["one"])
    given = form(one="", many__text="văn phòng")
    given.look_up("many")
    assert not given.errors and str(given["many"]).count("van-phong-") == 2


def test_the_first_value_of_a_field_is_shown_by_its_name():
    made = Form(initial={"one": "xa-mau-mot", "many": ["xa-mau-hai", "xa-mau-mot"]})
    made.pick_as(None)
    assert 'value="Xã Mẫu Một (xa-mau-mot)"' in str(made["one"])
    assert "Xã Mẫu Hai" in str(made["many"]) and "Xã Mẫu Một" in str(made["many"])


@pytest.mark.django_db
def test_suggestions_are_for_those_who_have_signed_in(client):
    sample = client.get("/chon/interface.sample/", {"q": "van phong"})
    assert sample.status_code == 200 and sample.content.decode().count('role="option"') == 2
    assert "2 mục phù hợp" in sample.content.decode()
    assert client.get("/chon/organizations.unit/", {"q": "xa"}).status_code == 403
    assert client.get("/chon/khong.co/").status_code == 404
