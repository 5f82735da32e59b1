"""Addresses of people and of one's own pages."""

from django.urls import path

from ..views import profiles

app_name = "accounts"
urlpatterns = [
    path("people/<int:pk>/", profiles.profile, name="profile"),
    path("me/profile/", profiles.edit_profile, name="edit_profile"),
    path("me/preferences/", profiles.preferences, name="preferences"),
]
