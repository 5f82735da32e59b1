"""Addresses of outreach."""

from django.urls import path

from . import views

app_name = "outreach"

urlpatterns = [
    path("me/notes/", views.inbox, name="notes"),
    path("me/notes/<int:pk>/reply/", views.reply, name="reply"),
    path("me/notes/<int:pk>/done/", views.done, name="done"),
    path("me/notes/<int:pk>/reopen/", views.reopen, name="reopen"),
    path("me/notes/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
