"""Addresses of introductions."""

from django.urls import path

from . import views

app_name = "introductions"
urlpatterns = [
    path("me/introductions/", views.mine, name="mine"),
    path("me/introductions/<int:pk>/", views.exchange, name="exchange"),
    path("me/introductions/<int:pk>/accept/", views.accept, name="accept"),
    path("me/introductions/<int:pk>/decline/", views.decline, name="decline"),
    path("me/introductions/<int:pk>/reconsider/", views.reconsider, name="reconsider"),
    path("members/<int:pk>/introduce/", views.propose, name="propose"),
    path("communities/<slug:slug>/introductions/", views.proposed, name="proposed"),
]
