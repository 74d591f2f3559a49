"""DOCX that an official goes on editing: real styles, headings, repeating table heads, Times New Roman by name."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm

from cchc.documents.composition import compose
from cchc.documents.docx_parts import Writer
from cchc.documents.layout import Layout
from cchc.documents.model import Document
from cchc.documents.pieces import Composed, Leaf

_ZIP_DATE: Final = (2000, 1, 1, 0, 0, 0)
_STYLES_KEPT: Final = frozenset({"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "Header", "HeaderChar"})
_PARTS_LEFT_OUT: Final = frozenset({"stylesWithEffects", "customXml", "thumbnail", "numbering"})
_WORD_2013: Final = "15"  # without it Word opens the file in compatibility mode


def write_docx(document: Document, layout: Layout) -> bytes:
    """The paper as DOCX, the same bytes every time."""
    composed = compose(document, layout)
    file: Any = docx.Document()
    _describe(file, composed)
    _prune(file)
    _set_font(file, layout.font)
    writer = Writer(file, composed)
    for at, leaf in enumerate(composed.leaves):
        section = file.sections[0] if at == 0 else file.add_section(WD_SECTION.NEW_PAGE)
        _set_up(section, leaf)
        writer.header(section, leaf)
        writer.pieces(file, leaf.pieces, leaf.page.room)
        writer.spacer(file)
    target = BytesIO()
    file.save(target)
    return _undated(target.getvalue())


def _describe(file: Any, composed: Composed) -> None:
    properties, made = file.core_properties, datetime(*composed.on.timetuple()[:3], tzinfo=UTC)
    properties.title, properties.author, properties.language = composed.title[:255], composed.author[:255], "vi-VN"
    properties.comments, properties.last_modified_by, properties.revision = "", "", 1
    properties.created = properties.modified = made
    for setting in file.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_2013)


def _prune(file: Any) -> None:
    """Leave out what no paper uses of the library's template: 150 styles, a picture of itself, lists, old parts."""
    styles = file.styles.element
    for style in list(styles.iter(qn("w:style"))):
        if style.get(qn("w:styleId")) not in _STYLES_KEPT:
            styles.remove(style)
    for relations in (file.part.rels, file.part.package.rels):
        for id, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in _PARTS_LEFT_OUT:
                del relations[id]


def _set_font(file: Any, name: str) -> None:
    """One font for every script, Vietnamese as the language."""
    styles = file.styles
    fonts = styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(attribute), name)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
    plain = styles["Normal"].paragraph_format
    plain.space_before = plain.space_after = 0
    plain.line_spacing = 1


def _set_up(section: Any, leaf: Leaf) -> None:
    page = leaf.page
    section.orientation = WD_ORIENT.LANDSCAPE if page.is_landscape else WD_ORIENT.PORTRAIT
    for name, length in {
        "page_width": page.width,
        "page_height": page.height,
        "top_margin": page.top,
        "bottom_margin": page.bottom,
        "left_margin": page.left,
        "right_margin": page.right,
        "header_distance": page.header,
        "footer_distance": page.header,
    }.items():
        setattr(section, name, Mm(float(length)))
    section.different_first_page_header_footer = True
    for header in (section.header, section.first_page_header):
        header.is_linked_to_previous = False
    _number_from_one(section._sectPr)


def _number_from_one(properties: Any) -> None:
    """A section is begun as a copy of the one before, numbering included."""
    if properties.find(qn("w:pgNumType")) is None:
        numbers = OxmlElement("w:pgNumType")
        numbers.set(qn("w:start"), "1")
        properties.find(qn("w:pgMar")).addnext(numbers)


def _undated(content: bytes) -> bytes:
    """The same archive without the moment at which it was made."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(target, "w", ZIP_DEFLATED) as copy:
        for name in source.namelist():
            copy.writestr(ZipInfo(name, _ZIP_DATE), source.read(name), ZIP_DEFLATED)
    return target.getvalue()
