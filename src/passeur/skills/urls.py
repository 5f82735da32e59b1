"""Addresses of themes, and of what one says of oneself about them."""

from django.urls import path

from .views import managing, mine, themes

app_name = "skills"
_THEME = "communities/<slug:slug>/themes/<slug:theme_slug>/"
urlpatterns = [
    path("me/skills/", mine.statements, name="mine"),
    path("communities/<slug:slug>/themes/", themes.themes, name="themes"),
    path("communities/<slug:slug>/themes/new/", managing.create, name="create"),
    path(_THEME, themes.theme, name="theme"),
    path(f"{_THEME}follow/", themes.follow, name="follow"),
    path(f"{_THEME}declare/", themes.declare, name="declare"),
    path(f"{_THEME}edit/", managing.edit, name="edit"),
    path(f"{_THEME}synonyms/", managing.add_synonym, name="add_synonym"),
    path(f"{_THEME}synonyms/<int:pk>/remove/", managing.remove_synonym, name="remove_synonym"),
    path(f"{_THEME}merge/", managing.merge, name="merge"),
]
