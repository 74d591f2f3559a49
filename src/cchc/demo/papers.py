"""Legal bases and templates of the demonstration, entered by actions for the province and all units below it."""

from __future__ import annotations

from datetime import date, datetime
from importlib import resources

from cchc.demo.loading import LOADER
from cchc.organizations.models import Unit
from cchc.papers.actions.bases import BasisFacts, change_basis, enter_basis
from cchc.papers.actions.templates import make_template
from cchc.papers.examples import known_examples
from cchc.papers.models import LegalBasis
from cchc.records.schema import Fields, as_date, as_items, as_text, reading
from cchc.records.sources import Source, Validity
from cchc.records.yaml_text import Node, read_yaml

_FILE = "papers.yaml"


def load_sample_papers(unit: Unit, now: datetime, since: date) -> None:
    """The bases, and the sample texts of all rooms as templates from `since` on. Into a library without any of them."""
    content = (resources.files("cchc.demo") / _FILE).read_bytes()
    with reading(read_yaml(content, f"cchc/demo/{_FILE}")) as fields:
        _enter_bases(as_items(fields.need("bases")), as_text(fields.need("doubt")), unit, now)
    for example in known_examples().values():
        make_template(
            actor=LOADER, now=now, code=example.code, unit=unit, kind=example.kind, vocabulary=example.vocabulary,
            name=example.name, texts=example.texts, starts_on=since, source=Source(example.source), is_sample=True,
        )  # fmt: skip


def _enter_bases(nodes: tuple[Node, ...], doubt: str, unit: Unit, now: datetime) -> None:
    """Enter all, then say which replaces which."""
    entered: dict[str, tuple[LegalBasis, BasisFacts]] = {}
    replaced: dict[str, str] = {}
    for node in nodes:
        with reading(node) as of_one:
            key, facts = as_text(of_one.need("key")), _facts(of_one, doubt)
            entered[key] = enter_basis(actor=LOADER, now=now, unit=unit, facts=facts), facts
            if (by := of_one.maybe("replaced_by", as_text)) is not None:
                replaced[key] = by
    for key, by in replaced.items():
        basis, facts = entered[key]
        change_basis(actor=LOADER, now=now, basis=basis, facts=facts, replaced_by=entered[by][0])


def _facts(fields: Fields, doubt: str) -> BasisFacts:
    return BasisFacts(
        kind=as_text(fields.need("kind")),
        number=as_text(fields.need("number")),
        issued_on=as_date(fields.need("issued_on")),
        issuer=as_text(fields.need("issuer")),
        title=as_text(fields.need("title")),
        validity=Validity(as_date(fields.need("from")), fields.maybe("to", as_date)),
        source=Source(""),
        doubt=doubt,
    )
