"""Addresses of the feed. A tab and a community are in the address."""

from django.urls import path

from .views import gestures, pages

app_name = "feed"
urlpatterns = [
    path("feed/", pages.mine, name="mine"),
    path("feed/settings/", pages.settings, name="settings"),
    path("feed/round/", gestures.been_round, name="round"),
    path("feed/round/undo/", gestures.back_to_before, name="unround"),
    path("feed/choose/", gestures.choose, name="choose"),
    path("feed/themes/<int:pk>/<str:gesture>/", gestures.on_theme, name="theme"),
    path("feed/conversations/<int:pk>/<str:gesture>/", gestures.on_conversation, name="conversation"),
]
