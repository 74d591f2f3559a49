"""Addresses of units, people and one's own account."""

from django.urls import path

from cchc.organizations.views import account, people, switching, units

app_name = "organizations"
urlpatterns = [
    path("don-vi/", units.tree, name="units"),
    path("don-vi/<slug:code>/", units.unit_page, name="unit"),
    path("don-vi/<slug:code>/sua/", units.change, name="unit-change"),
    path("don-vi/<slug:code>/them/", units.found, name="unit-found"),
    path("don-vi/<slug:code>/nhap-vao/", units.merge, name="unit-merge"),
    path("don-vi/<slug:code>/can-bo/them/", people.enter, name="official-enter"),
    path("can-bo/", people.officials, name="officials"),
    path("can-bo/<slug:code>/", people.official_page, name="official"),
    path("can-bo/<slug:code>/dieu-dong/", people.transfer, name="official-transfer"),
    path("can-bo/<slug:code>/vai-tro/", people.grant, name="official-grant"),
    path("can-bo/<slug:code>/vai-tro/<int:grant_id>/thu-hoi/", people.withdraw, name="official-withdraw"),
    path("can-bo/<slug:code>/tai-khoan/", people.give_account, name="official-account"),
    path("dang-nhap/vai/", switching.switch, name="switch"),
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/thay-mat/", account.act_for, name="act-for"),
]
