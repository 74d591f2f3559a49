"""Addresses of units, people and one's own account."""

from django.urls import path

from cchc.organizations.views import account, deputies, disclosures, following, imports, people, switching, units

app_name = "organizations"
urlpatterns = [
    path("don-vi/", units.tree, name="units"),
    path("don-vi/<slug:code>/", units.unit_page, name="unit"),
    path("don-vi/<slug:code>/sua/", units.change, name="unit-change"),
    path("don-vi/<slug:code>/them/", units.found, name="unit-found"),
    path("don-vi/<slug:code>/nhap-vao/", units.merge, name="unit-merge"),
    path("don-vi/<slug:code>/lich/", following.calendar, name="unit-calendar"),
    path("don-vi/<slug:code>/theo-doi/", following.supervision, name="unit-supervision"),
    path("don-vi/<slug:code>/theo-doi/<int:number>/thoi/", following.supervision_end, name="unit-supervision-end"),
    path("don-vi/<slug:code>/can-bo/them/", people.enter, name="official-enter"),
    path("can-bo/", people.officials, name="officials"),
    path("can-bo/<slug:code>/", people.official_page, name="official"),
    path("can-bo/<slug:code>/sua/", people.change, name="official-change"),
    path("can-bo/<slug:code>/dieu-dong/", people.transfer, name="official-transfer"),
    path("can-bo/<slug:code>/vai-tro/", people.grant, name="official-grant"),
    path("can-bo/<slug:code>/vai-tro/<int:grant_id>/thu-hoi/", people.withdraw, name="official-withdraw"),
    path("can-bo/<slug:code>/uy-quyen/", deputies.name_deputy, name="official-deputy"),
    path("can-bo/<slug:code>/uy-quyen/<int:number>/thoi/", deputies.end, name="official-deputy-end"),
    path("can-bo/<slug:code>/tai-khoan/", people.give_account, name="official-account"),
    path("dang-nhap/vai/", switching.switch, name="switch"),
    path("nhap-danh-sach/", imports.hand_in, name="imports"),
    path("nhap-danh-sach/mau.xlsx", imports.template, name="import-template"),
    path("nhap-danh-sach/dang-co.xlsx", imports.export, name="import-export"),
    path("nhap-danh-sach/<int:number>/", imports.import_page, name="import"),
    path("nhap-danh-sach/<int:number>/loi.xlsx", imports.problems, name="import-problems"),
    path("nhap-danh-sach/<int:number>/thay-doi.xlsx", imports.changes, name="import-changes"),
    path("nhap-danh-sach/<int:number>/kiem-tra-lai/", imports.check_again, name="import-check"),
    path("nhap-danh-sach/<int:number>/thuc-hien/", imports.commit, name="import-commit"),
    path("nhap-danh-sach/<int:number>/bo/", imports.set_aside, name="import-set-aside"),
    path("can-bo/<slug:code>/ai-da-xem/", disclosures.of_official, name="official-disclosures"),
    path("thoi-han-luu-giu/", disclosures.retention, name="retention"),
    path("nhat-ky-xem/", disclosures.all_disclosures, name="disclosures"),
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/thay-mat/", account.act_for, name="act-for"),
]
