"""Addresses of rituals."""

from django.urls import path

from . import views

app_name = "rituals"
urlpatterns = [
    path("communities/<slug:slug>/rituals/", views.plan, name="plan"),
    path("communities/<slug:slug>/rituals/new/", views.create, name="create"),
    path("communities/<slug:slug>/rituals/<int:pk>/", views.edit, name="edit"),
    path("communities/<slug:slug>/rituals/<int:pk>/<str:gesture>/", views.gesture, name="gesture"),
    path("rituals/<int:pk>/hold/", views.hold, name="hold"),
]
