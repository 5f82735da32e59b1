"""Addresses of people and of one's own pages."""

from django.urls import path

from ..views import known, profiles, security

app_name = "accounts"
urlpatterns = [
    path("people/<int:pk>/", profiles.profile, name="profile"),
    path("me/profile/", profiles.edit_profile, name="edit_profile"),
    path("me/preferences/", profiles.preferences, name="preferences"),
    path("me/known/", known.known, name="known"),
    path("me/known/choose/", known.choose, name="choose"),
    path("me/export/", known.export, name="export"),
    path("me/export/file/", known.export_file, name="export_file"),
    path("me/erase/", known.erase, name="erase"),
    path("erased/", known.erased, name="erased"),
    path("me/address/", known.address, name="address"),
    path("address/<str:token>/", known.confirm_address, name="confirm_address"),
    path("me/security/", security.security, name="security"),
    path("me/security/sessions/<int:pk>/end/", security.end_session, name="end_session"),
    path("me/security/sessions/end/", security.end_others, name="end_others"),
]
