"""The addresses of allauth that exist here, under the names that it looks for."""

from django.urls import path, re_path

from ..views import sign_in

urlpatterns = [
    path("login/", sign_in.sign_in, name="account_login"),
    path("logout/", sign_in.sign_out, name="account_logout"),
    path("inactive/", sign_in.inactive, name="account_inactive"),
    path("signup/", sign_in.by_invitation, name="account_signup"),
    path("password/change/", sign_in.change_password, name="account_change_password"),
    path("password/set/", sign_in.set_password, name="account_set_password"),
    path("password/reset/", sign_in.reset, name="account_reset_password"),
    path("password/reset/done/", sign_in.reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in.new_password,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", sign_in.new_password_done, name="account_reset_password_from_key_done"),
]
