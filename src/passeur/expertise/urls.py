"""Addresses of expertise."""

from django.urls import path

from .views import contests, panel, requests

app_name = "expertise"

urlpatterns = [
    path("me/skills/<int:theme>/contest/", contests.contest, name="contest"),
    path("me/skills/<int:theme>/accept/", contests.accept, name="accept_again"),
    path("me/referrals/", requests.referrals, name="referrals"),
    path("referrals/<int:pk>/accept/", requests.accept, name="accept"),
    path("referrals/<int:pk>/decline/", requests.decline, name="decline"),
    path("referrals/<int:pk>/withdraw/", panel.withdraw, name="withdraw"),
    path("conversations/<int:pk>/refer/", panel.refer, name="refer"),
    path("communities/<slug:slug>/who/", panel.who, name="who"),
]
