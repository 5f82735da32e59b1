"""Addresses of the shared interface."""

from django.urls import path

from passeur.foundation import views

app_name = "foundation"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("preview/", views.preview, name="preview"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("palette", views.palette, name="palette"),
]
