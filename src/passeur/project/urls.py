"""Addresses of the whole product."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("passeur.foundation.urls")),
]
