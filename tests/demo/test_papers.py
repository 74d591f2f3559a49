"""The demonstration's templates and legal bases: real ones marked as unchecked, samples marked as samples."""

from __future__ import annotations

import pytest
import time_machine

from cchc.demo.province import load_sample_province
from cchc.organizations.models import Unit
from cchc.papers.actions.drafts import draft_paper
from cchc.papers.composing import unknown_in
from cchc.papers.models import LegalBasis, TextTemplate
from cchc.papers.queries.bases import bases_for, doubts
from cchc.papers.queries.templates import versions_for
from tests.factories.organizations import BY_TESTS, NOW, TODAY

pytestmark = pytest.mark.django_db


@time_machine.travel(NOW, tick=False)
def test_a_commune_drafts_from_the_templates_and_bases_of_its_province():
    load_sample_province(NOW)
    commune = Unit.objects.get(code="xa-kon-braih-23497")
    versions = list(versions_for(commune, TODAY))
    assert len(versions) == TextTemplate.objects.filter(is_sample=True).count() == 2
    for version in versions:
        paper = draft_paper(**BY_TESTS, unit=commune, kind=version.template.kind, template=version)
        assert unknown_in(paper) == ()
    assert paper.issuer == "Ủy ban nhân dân xã Kon Braih"
    bases = list(bases_for(commune, TODAY))
    assert len(bases) == LegalBasis.objects.filter(verified=False).exclude(doubt="").count() == 4
    ended = [basis for basis in bases if any(doubt.is_out_of_force for doubt in doubts(basis, TODAY))]
    assert [(basis.number, basis.replaced_by.number) for basis in ended] == [("110/2004/NĐ-CP", "30/2020/NĐ-CP")]
