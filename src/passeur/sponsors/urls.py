"""Addresses of sponsors."""

from django.urls import path

from .views import answering, listing

app_name = "sponsors"

urlpatterns = [
    path("communities/<slug:slug>/sponsors/", listing.listing, name="named"),
    path("communities/<slug:slug>/sponsors/report/", listing.preview, name="preview"),
    path("communities/<slug:slug>/sponsors/report.pdf", listing.file, name="file"),
    path("communities/<slug:slug>/sponsors/<int:pk>/take-off/", listing.take_off, name="take_off"),
    path("reports/<str:token>/", answering.answer, name="answer"),
    path("reports/<str:token>/stop/", answering.stop, name="stop"),
]
