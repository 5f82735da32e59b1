"""Addresses of notifications."""

from django.urls import path

from .views import leaving, listing, preferences

app_name = "notifications"

urlpatterns = [
    path("me/notifications/", listing.index, name="list"),
    path("me/notifications/bell/", listing.bell, name="bell"),
    path("me/notifications/read/", listing.read_all, name="read_all"),
    path("me/notifications/preferences/", preferences.preferences, name="preferences"),
    path("me/notifications/mail-again/", preferences.mail_again, name="mail_again"),
    path("me/notifications/<int:pk>/", listing.follow, name="open"),
    path("unsubscribe/<str:token>/", leaving.unsubscribe, name="unsubscribe"),
]
