"""The product's addresses, and those of the floors."""

from django.urls import include, path
from floors import floor

urlpatterns = [
    path("floor/<slug:name>/<int:community>/<int:key>/", floor),
    path("", include("passeur.project.urls")),
]
