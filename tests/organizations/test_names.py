"""What units are called: in Vietnamese, and in English for readers of English where there is such a name."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from cchc.organizations.actions.units import Standing, found_unit, give_supervision
from cchc.organizations.models import Account, Unit
from cchc.organizations.queries.units import name_above, name_on, placed_on
from cchc.organizations.viewers import viewer_of
from cchc.records.errors import DomainError
from cchc.records.sources import Source
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY, official, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune() -> Unit:
    province = found_unit(
        **BY_TESTS, code="tinh", starts_on=LONG_AGO, standing=Standing("province", "tỉnh Mẫu", None, "Model Province")
    )
    return found_unit(
        **BY_TESTS, code="xa", starts_on=LONG_AGO, standing=Standing("commune", "xã Ẵng", province, "Ang Commune")
    )


@pytest.mark.parametrize(
    ("language", "name", "above"), [("vi", "xã Ẵng", "tỉnh Mẫu"), ("en", "Ang Commune", "Model Province")]
)
def test_a_query_names_units_in_the_readers_language(commune, language, name, above):
    with override(language):
        assert Unit.objects.annotate(name=name_on(TODAY, "pk")).get(code="xa").name == name
        assert placed_on(TODAY).annotate(above=name_above(TODAY)).get(unit=commune).above == above


def test_without_an_english_name_it_is_the_vietnamese_one(commune):
    plain = unit("phong", commune, name="Văn phòng")
    person = client_of(official("cb", "Lê Văn Ba", plain))
    page = person.get("/en/don-vi/phong/").content.decode()
    assert "Văn phòng" in page and "Ang Commune" in page and "xã Ẵng" not in page
    assert "xã Ẵng" in person.get("/don-vi/phong/").content.decode()
    assert "Văn phòng" in person.get("/en/can-bo/cb/").content.decode()


@pytest.mark.requirement(128)
@pytest.mark.parametrize("odd", ["\u200b", "\u202e", "\ufeff", "\xad", "\ue000", "b" * 220])
def test_a_name_copied_from_elsewhere_keeps_nobody_from_their_desk(commune, odd):
    """Each page of theirs failed: an event holds no such name. Some of it is not kept, the rest is not told."""
    person = official("cb", f"Lê{odd} Văn Ba", commune)
    assert person.name == f"Lê{odd} Văn Ba" or person.name == "Lê Văn Ba"
    client = client_of(person)
    assert client.get("/ban-lam-viec/").status_code == 200
    assert client.post("/thong-bao/cach-nhan/", {"language": "vi"}).status_code in {200, 302, 422}
    assert viewer_of(Account.objects.get(official=person), TODAY).actor().name.isprintable()


def test_no_unit_follows_itself(commune):
    with pytest.raises(DomainError, match="supervises_itself"):
        give_supervision(**BY_TESTS, supervisor=commune, unit=commune, starts_on=TODAY, source=Source("QĐ 1"))
