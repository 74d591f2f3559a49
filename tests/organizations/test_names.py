"""What units are called: in Vietnamese, and in English for readers of English where there is such a name."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from cchc.organizations.actions.units import Standing, found_unit
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import name_above, name_on, placed_on
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
