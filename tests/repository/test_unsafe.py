"""Text becomes markup in few places, each known here with the reason why nothing that people type comes through it."""

import ast
import re

import pytest

from tests.support import rooms

IN_TEMPLATES = re.compile(r"\|\s*safe(?:seq)?\b|\{%\s*autoescape\s+off|\{%\s*filter\b[^%]*\bsafe")
IN_SCRIPTS = re.compile(
    r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|srcdoc|createContextualFragment|DOMParser|document\.write(?:ln)?"
    r"|eval|new Function|setHTMLUnsafe|execCommand)\b"
)
MARKED = {"mark_safe", "SafeString", "SafeText", "SafeData", "html_safe", "format_html", "format_html_join"}
TEMPLATES = {"mfa/totp/activate_form.html: |safe": "a QR code that allauth draws; the text in it stands in no element"}
SCRIPTS = {
    "autosave.js: DOMParser": "a page of this very site, as its templates escaped it; htmx takes parts of one likewise"
}
PYTHON = {
    "interface/picking.py: SafeString": "twice: `flatatt` escapes what it joins, and a template was rendered",
    "interface/templatetags/asking.py: SafeString": "fixed words for one attribute",
    "interface/templatetags/asking.py: format_html": "translated words of ours around an escaped time",
    "papers/templatetags/papers.py: mark_safe": "a QR code drawn by segno, which does not repeat the text",
}


def scripts():
    return [path for path in rooms.SOURCE.rglob("*.js") if "vendor" not in path.parts]


def test_templates_escape_what_they_show():
    found = {
        f"{name}: {match[0].replace(' ', '')}"
        for name, path in rooms.templates().items()
        for match in IN_TEMPLATES.finditer(path.read_text(encoding="utf-8"))
    }
    assert found == set(TEMPLATES)


def test_scripts_write_text_and_never_markup():
    assert len(scripts()) >= 5
    found = {
        f"{path.name}: {match[0]}"
        for path in scripts()
        for match in IN_SCRIPTS.finditer(path.read_text(encoding="utf-8"))
    }
    assert found == set(SCRIPTS)


def test_python_says_of_little_that_it_is_markup():
    found = {
        f"{path.relative_to(rooms.SOURCE).as_posix()}: {name}"
        for path in rooms.python_files()
        for name in called_unsafe(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == set(PYTHON)


def called_unsafe(tree):
    """Every call that makes markup of a text; `format_html` only where its pattern is not a plain literal, since what
    goes into the braces is escaped. Its pattern may be translated by gettext, never put together.
    """
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        is_pattern = node.args and isinstance(node.args[0], ast.Constant)
        if name in MARKED and not (name == "format_html" and is_pattern):
            yield name
        if name == "__html__":
            yield name


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("mark_safe(x)", ["mark_safe"]),
        ("html.format_html(f'<b>{x}</b>')", ["format_html"]),
        ("format_html('<b>{}</b>' % x)", ["format_html"]),
        ("format_html('<b>{}</b>', x)", []),
        ("SafeString(x)", ["SafeString"]),
        ("x.__html__()", ["__html__"]),
    ],
)
def test_what_counts_as_made_markup(source, found):
    assert list(called_unsafe(ast.parse(source))) == found


def test_what_counts_in_templates_and_scripts():
    for text in ("{{ x|safe }}", "{{ x | safe }}", "{% autoescape off %}", "{{ x|safeseq }}"):
        assert IN_TEMPLATES.search(text), text
    assert not IN_TEMPLATES.search("{{ x|safer }} {% autoescape on %}")
    for text in ("a.innerHTML = b", "new Function(x)", "eval(x)"):
        assert IN_SCRIPTS.search(text), text
    assert not IN_SCRIPTS.search("a.textContent = evaluate(b)")
