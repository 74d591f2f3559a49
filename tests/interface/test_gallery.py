"""The gallery shows every component in both languages."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from cchc.interface.templatetags import asking, components, working
from tests.support.branches import watched_ways

pytestmark = pytest.mark.django_db
COMPONENTS = Path(__file__).parents[2] / "src" / "cchc" / "interface" / "templates" / "interface" / "components"
PAGES = (
    "/thanh-phan/", "/thanh-phan/?confirm=close-round", "/thanh-phan/?done=0", "/thanh-phan/?why=wrong",
    "/thanh-phan/?mau-loai=a", "/thanh-phan/phieu/", "/thanh-phan/danh-sach/",
)  # fmt: skip
NOT_SHOWN = (
    "neither csrf_token",  # every page of the gallery has its token against forged forms
    "if keeps_draft",  # what the gallery sends is a preference: nothing is to be kept of it
    "neither form.errors",  # a form without errors has no summary
    "neither problems",  # where nothing was refused, nothing is said
    ": if focus",  # a summary takes the focus when it appears: the gallery leaves it where it is
    "heat_matrix.html:8: neither note",  # one matrix is enough: what a caption without a note looks like, tables show
    "neither paper.number",  # a line of a printed form that is left away
    "neither paper.subtitle",
)


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


@pytest.fixture(scope="module")
def shown(django_db_blocker):
    """The gallery's pages as one text, and the ways their templates went."""
    with watched_ways() as ways, django_db_blocker.unblock():
        text = "".join(Client().get(address).content.decode() for address in PAGES)
    return text, ways


def test_every_component_is_shown_in_every_state(shown):
    """A component's template that the gallery does not render, or a branch of it that it never takes, fails here."""
    _, ways = shown
    names = {f"interface/components/{path.name}" for path in COMPONENTS.glob("*.html")}
    assert names - ways.rendered == set()
    missed = [line for name in sorted(names) for line in ways.missed(name)]
    assert [line for line in missed if not line.endswith(NOT_SHOWN)] == []


@pytest.mark.parametrize(
    ("known", "pattern"),
    [
        (components.STATUS_WORDS, 'class="chip is-{}"'),
        (("primary", "secondary", "quiet", "danger"), 'class="button {}"'),
        (components._NOTICE_ICONS, 'class="notice kind-{}"'),
        (asking.DRAFTS, 'class="draft is-{}"'),
        (working._LETTERS, 'class="letter kind-{}"'),
    ],
)
def test_every_kind_is_shown(shown, known, pattern):
    text, _ = shown
    assert [kind for kind in known if pattern.format(kind) not in text] == []


@pytest.mark.parametrize("known", [working._EVIDENCE, working._JOBS, working._OUTBOX])
def test_every_state_s_word_is_shown(shown, known):
    text, _ = shown
    with override("vi"):
        assert [str(state[2]) for state in known.values() if state and str(state[2]) not in text] == []


def test_a_branch_that_is_never_taken_is_noticed():
    with watched_ways() as ways:
        render_to_string("interface/components/refusal.html", {"sentence": "Không được.", "next_step": ""})
        render_to_string("interface/components/tabs.html", {"label": "", "links": []})
    refusal = "interface/components/refusal.html"
    assert list(ways.missed(refusal)) == [f"{refusal}:1: if next_step"]
    assert ways.rendered == {refusal, "interface/components/tabs.html"}


def test_the_dialog_opens_without_javascript(client):
    assert (
        '<dialog id="close-round" aria-labelledby="close-round-title" open>'
        in client.get("/thanh-phan/?confirm=close-round").content.decode()
    )
