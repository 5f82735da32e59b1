"""The addresses of allauth that exist here, under the names that it looks for."""

from django.urls import path, re_path

from ..views import security, sign_in

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
    path("prove/", security.reauthenticate, name="account_reauthenticate"),
    path("prove/code/", security.reauthenticate_by_code, name="mfa_reauthenticate"),
    path("prove/passkey/", security.reauthenticate_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("login/second/", security.second_step, name="mfa_authenticate"),
    path("login/passkey/", security.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("factors/", security.index, name="mfa_index"),
    path("factors/generator/add/", security.add_generator, name="mfa_activate_totp"),
    path("factors/generator/remove/", security.remove_generator, name="mfa_deactivate_totp"),
    path("factors/passkeys/add/", security.add_passkey, name="mfa_add_webauthn"),
    path("factors/passkeys/<int:pk>/remove/", security.remove_passkey, name="mfa_remove_webauthn"),
    path("factors/codes/", security.show_codes, name="mfa_view_recovery_codes"),
    path("factors/codes/make/", security.make_codes, name="mfa_generate_recovery_codes"),
    path("factors/codes/file/", security.download_codes, name="mfa_download_recovery_codes"),
]
