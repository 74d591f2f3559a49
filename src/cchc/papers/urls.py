"""Addresses of papers, templates and legal bases."""

from django.urls import path

from cchc.papers.views import approvals, bases, basis_imports, drafts, issuing, papers, templates

app_name = "papers"
urlpatterns = [
    path("van-ban/", papers.papers, name="papers"),
    path("van-ban/soan/<slug:code>/", drafts.start, name="start"),
    path("van-ban/<int:number>/", papers.paper_page, name="paper"),
    path("van-ban/<int:number>/soan/", drafts.write, name="draft"),
    path("van-ban/<int:number>/cap-nhat-du-lieu/", drafts.renew, name="renew"),
    path("van-ban/<int:number>/bo/", drafts.discard, name="discard"),
    path("van-ban/<int:number>/phat-hanh/", issuing.issue, name="issue"),
    path("van-ban/<int:number>/ban-ky/", issuing.attach, name="attach"),
    path("trinh-phe-duyet/<int:number>/", approvals.decide, name="decide-approval"),
    path("trinh-phe-duyet/<int:number>/thoi-trinh/", approvals.take_back, name="take-back-approval"),
    path("van-ban/<int:number>/thu-hoi/", issuing.withdraw, name="withdraw"),
    path("van-ban/<int:number>/thay-the/", issuing.put_in_place, name="replace"),
    path("van-ban/<int:number>/tai/<slug:form>/", papers.download, name="download"),
    path("mau-van-ban/", templates.templates, name="templates"),
    path("mau-van-ban/them/<slug:code>/", templates.make, name="template-make"),
    path("mau-van-ban/<slug:code>/", templates.template_page, name="template"),
    path("mau-van-ban/<slug:code>/soan/", templates.write, name="template-write"),
    path("can-cu/", bases.bases, name="bases"),
    path("can-cu/them/<slug:code>/", bases.enter, name="basis-enter"),
    path("can-cu/nhap/<slug:code>/", basis_imports.hand_in, name="bases-hand-in"),
    path("can-cu/nhap/<slug:code>/mau.xlsx", basis_imports.template, name="bases-template"),
    path("can-cu/tep/<int:number>/", basis_imports.import_page, name="bases-import"),
    path("can-cu/tep/<int:number>/thuc-hien/", basis_imports.commit, name="bases-commit"),
    path("can-cu/tep/<int:number>/bo/", basis_imports.set_aside, name="bases-set-aside"),
    path("can-cu/<int:number>/", bases.basis_page, name="basis"),
    path("can-cu/<int:number>/sua/", bases.change, name="basis-change"),
]
