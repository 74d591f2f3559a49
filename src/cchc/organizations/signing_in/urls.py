"""Addresses of signing in. The names are those that allauth looks up; what is not here does not exist."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as provincial
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.usersessions import views as sessions
from django.urls import path

from cchc.organizations.signing_in.second_factor import written_down

urlpatterns = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("tai-khoan/mat-khau/", account.password_change, name="account_change_password"),
    path("tai-khoan/xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("tai-khoan/dong/", account.signup, name="account_signup"),  # closed: allauth looks its name up
    path("tai-khoan/da-khoa/", account.account_inactive, name="account_inactive"),
    path("tai-khoan/hai-lop/", second_factor.index, name="mfa_index"),
    path("dang-nhap/hai-lop/", second_factor.authenticate, name="mfa_authenticate"),
    path("tai-khoan/xac-nhan/hai-lop/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("tai-khoan/hai-lop/bat/", written_down(totp.activate_totp), name="mfa_activate_totp"),
    path("tai-khoan/hai-lop/tat/", written_down(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("tai-khoan/hai-lop/ma-du-phong/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "tai-khoan/hai-lop/ma-du-phong/tao/",
        written_down(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "tai-khoan/hai-lop/ma-du-phong/tep/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
    path("tai-khoan/phien/", sessions.list_usersessions, name="usersessions_list"),
    path("dang-nhap/tinh/<str:provider_id>/", openid.login, name="openid_connect_login"),
    path("dang-nhap/tinh/<str:provider_id>/ve/", openid.callback, name="openid_connect_callback"),
    path("dang-nhap/tinh-huy/", provincial.login_cancelled, name="socialaccount_login_cancelled"),
    path("dang-nhap/tinh-loi/", provincial.login_error, name="socialaccount_login_error"),
    path("tai-khoan/dong/tinh/", provincial.signup, name="socialaccount_signup"),
]
