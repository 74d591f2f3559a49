"""Addresses of units, people and one's own account."""

from django.urls import path

from cchc.organizations.views import account

app_name = "organizations"
urlpatterns = [
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/thay-mat/", account.act_for, name="act-for"),
]
