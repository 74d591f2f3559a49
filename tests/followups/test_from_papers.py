"""An issued paper becomes a directive: what stands on it is filled in, once, and each page shows the other."""

from __future__ import annotations

import pytest

from cchc.files.models import Citation
from cchc.files.sending import Sender
from cchc.followups.actions.directives import Paper, enter_directive
from cchc.followups.models import Directive
from cchc.papers.actions.issuing import withdraw_paper
from cchc.papers.actions.signed import attach_signed
from cchc.papers.models import Paper as IssuedPaper
from cchc.records.errors import DomainError
from tests.factories import papers
from tests.factories.clients import client_of
from tests.factories.files import trusted
from tests.factories.followups import directive
from tests.factories.organizations import BY_TESTS, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def issued(people) -> IssuedPaper:
    return papers.issued(people.province)


def attach(paper: IssuedPaper, person) -> None:
    with trusted(b"%PDF-1.7 signed", "01.pdf") as upload:
        attach_signed(
            **BY_TESTS, paper=paper, upload=upload, sender=Sender(person, None, paper.unit), denies_state_secret=True,
            reports=(),
        )  # fmt: skip


def made(people, paper: IssuedPaper) -> Directive:
    said = Paper(paper.full_number, TODAY, paper.issuer, "Kết quả")
    return enter_directive(
        **BY_TESTS, paper=said, unit=people.province, watcher=people.office, addressees=[people.commune], made_of=paper
    )


@pytest.mark.requirement(57)
def test_what_stands_on_the_paper_is_filled_in_and_the_pages_show_each_other(people):
    law = papers.basis(people.province)
    draft = papers.draft(people.province, law)
    paper = papers.issue_paper(**BY_TESTS, paper=draft, issuing=papers.Issuing(TODAY))
    attach(paper, people.officer)
    officer = client_of(people.officer)
    address = f"/van-ban-chi-dao/tu-van-ban/{paper.pk}/"
    assert address in officer.get(f"/van-ban/{paper.pk}/").content.decode()
    start = officer.get(address).context["form"].initial
    assert (start["number"], start["issued_on"], start["signer"]) == ("01/BC-UBND", TODAY, "Lê Thị Ẵng")
    assert start["title"] == "Kết quả cải cách hành chính năm 2026 của tỉnh Mẫu"
    typed = {
        **{name: start[name] for name in ("number", "issued_by", "title", "signer", "bases")},
        "issued_on": "23/11/2026", "legal_basis": "", "kinds": ["commune"], "units": "", "watcher": "van-phong",
    }  # fmt: skip
    entered = officer.post(address, typed)
    directive_made = Directive.objects.get()
    assert entered["Location"] == f"/van-ban-chi-dao/{directive_made.pk}/"
    assert directive_made.paper == paper and [one.basis for one in directive_made.bases.all()] == [law]
    cited = Citation.objects.get(subject_type="followups.Directive", subject_id=str(directive_made.pk))
    assert cited.file == paper.signed_files.get().file
    page = officer.get(entered["Location"]).content.decode()
    assert f'href="/van-ban/{paper.pk}/"' in page and "01.pdf" in page and "Đã phát hành" in page
    of_paper = officer.get(f"/en/van-ban/{paper.pk}/").content.decode()
    assert entered["Location"] in of_paper and "Sent out as a directive" in of_paper and address not in of_paper


def test_a_paper_becomes_one_directive_at_most_and_only_while_it_stands(people, issued):
    first = made(people, issued)
    with pytest.raises(DomainError, match="paper_is_directive"):
        made(people, issued)
    officer = client_of(people.officer)
    again = officer.get(f"/van-ban-chi-dao/tu-van-ban/{issued.pk}/")
    assert again.status_code == 422 and "đã được lập thành văn bản chỉ đạo 01/BC-UBND" in again.content.decode()
    withdraw_paper(**BY_TESTS, paper=issued, reason="Sai số liệu")
    assert "Đã thu hồi" in officer.get(f"/van-ban-chi-dao/{first.pk}/").content.decode()
    second = papers.issued(people.province)
    withdraw_paper(**BY_TESTS, paper=second, reason="Sai số liệu")
    assert "tu-van-ban" not in officer.get(f"/van-ban/{second.pk}/").content.decode()
    for number in (second.pk, papers.draft(people.province).pk):
        assert officer.get(f"/van-ban-chi-dao/tu-van-ban/{number}/").status_code == 422
        with pytest.raises(DomainError, match="paper_ended"):
            made(people, IssuedPaper.objects.get(pk=number))
    assert Directive.objects.count() == 1


def test_only_who_enters_directives_of_its_unit_is_offered_it(people, issued):
    clerk, address = client_of(people.clerk), f"/van-ban-chi-dao/tu-van-ban/{issued.pk}/"
    assert address not in clerk.get(f"/van-ban/{issued.pk}/").content.decode()
    assert clerk.get(address).status_code == clerk.post(address, {}).status_code == 403
    made(people, issued)
    other = client_of(people.other_chairman)
    assert (
        "van-ban-chi-dao/" + str(Directive.objects.get().pk) not in other.get(f"/van-ban/{issued.pk}/").content.decode()
    )


def test_what_was_typed_stays_when_it_is_refused(people, issued):
    directive(people.province, [people.commune], number=issued.full_number)
    typed = {
        "number": issued.full_number, "issued_on": "23/11/2026", "issued_by": "UBND", "title": "Trích yếu tự ghi",
        "kinds": ["commune"], "units": "", "watcher": "van-phong",
    }  # fmt: skip
    answer = client_of(people.officer).post(f"/van-ban-chi-dao/tu-van-ban/{issued.pk}/", typed)
    assert answer.status_code == 422 and "đã được nhập" in answer.content.decode()
    assert "Trích yếu tự ghi" in answer.content.decode()
