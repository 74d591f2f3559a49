"""Templates: none is left over, none carries style or script, which the content policy would refuse."""

import re
from pathlib import Path

import allauth

from tests.support import rooms

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script element with content": re.compile(
        r"<script\b(?![^>]*\ssrc=)(?![^>]*application/(?:ld\+)?json)", re.IGNORECASE
    ),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript address": re.compile(r"""["']\s*javascript:""", re.IGNORECASE),
}
# Django asks for these by itself, and allauth for each of its own, of which ours take the place.
ASKED_FOR_BY_NAME = {"400.html", "403.html", "404.html", "500.html"}
ALLAUTH = Path(allauth.__file__).parent / "templates"


def test_no_style_or_script_stands_in_a_template():
    found = [
        f"{name}: {what}"
        for name, path in rooms.templates().items()
        for what, pattern in INLINE.items()
        if pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_what_counts_as_inline():
    def found(html):
        return [what for what, pattern in INLINE.items() if pattern.search(html)]

    assert found('<p style="color:red">') == ["a style attribute"]
    assert found("<script>x</script>") == ["a script element with content"]
    assert found('<a onclick="x()">') == ["an event attribute"]
    assert found("""<a href="javascript:x()">""") == ["a javascript address"]
    assert not found("""<script src="{% static 'x.js' %}" defer></script><p class="style" data-on="x">""")


def test_every_template_is_used():
    known = rooms.templates()
    sources = {path: path.read_text(encoding="utf-8") for path in [*rooms.python_files(), *known.values()]}
    unused = [
        name
        for name, path in known.items()
        if name not in ASKED_FOR_BY_NAME
        and not (ALLAUTH / name).is_file()
        and not any(name in text for source, text in sources.items() if source != path)
    ]
    assert not unused


def test_every_page_has_a_heading():
    known = {name: path.read_text(encoding="utf-8") for name, path in rooms.templates().items()}
    extends = {name: found[1] for name, text in known.items() if (found := re.search(r'{% extends "([^"]+)" %}', text))}
    filled = re.compile(r"{% block heading %}\s*(?!{% endblock)\S|<h1\b[^>]*>(?!{% block heading)")

    def line(name):
        return [name, *line(extends[name])] if name in extends else [name]

    pages = [line(name) for name in known if "interface/page.html" in line(name) and name not in extends.values()]
    assert len(pages) > 80
    assert [one[0] for one in pages if not any(filled.search(known[part]) for part in one if part in known)] == []
