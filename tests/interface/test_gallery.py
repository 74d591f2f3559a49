"""The gallery shows every component in both languages."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.django_db
TAGS = Path(__file__).parents[2] / "src" / "cchc" / "interface" / "templatetags"
GALLERY = Path(__file__).parents[2] / "src" / "cchc" / "interface" / "templates" / "interface" / "gallery"


@pytest.mark.parametrize(
    ("address", "words"), [("/thanh-phan/", "Thành phần giao diện"), ("/en/thanh-phan/", "Components of the interface")]
)
def test_it_renders(client, address, words):
    response = client.get(address)
    assert response.status_code == 200
    assert f"<h1>{words}</h1>" in response.content.decode()


def test_no_english_is_left_in_the_vietnamese_page(client):
    page = client.get("/thanh-phan/").content.decode()
    for word in ("Overdue", "Ranking of", "Next step", "Where is this", "working day"):
        assert word not in page


def test_every_component_is_shown():
    written = "".join(path.read_text(encoding="utf-8") for path in GALLERY.glob("*.html"))
    modules = [path.read_text(encoding="utf-8") for path in TAGS.glob("*.py")]
    assert sum("@register.simple_block_tag" in source for source in modules) >= 4
    for source in modules:
        for name in re.findall(
            r"^@register\.(?:simple_tag|inclusion_tag|simple_block_tag).*\ndef (\w+)", source, re.MULTILINE
        ):
            assert f"{{% {name} " in written, name


def test_the_dialog_opens_without_javascript(client):
    assert (
        '<dialog id="close-round" aria-labelledby="close-round-title" open>'
        in client.get("/thanh-phan/?confirm=close-round").content.decode()
    )
