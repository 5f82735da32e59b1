"""Addresses of drafts and files."""

from django.urls import path

from .views import drafts, files

app_name = "writing"

urlpatterns = [
    path("me/drafts/", drafts.mine, name="drafts"),
    path("drafts/save/", drafts.save, name="save"),
    path("drafts/state/", drafts.state, name="state"),
    path("drafts/keep/", drafts.keep, name="keep"),
    path("drafts/discard/", drafts.discard, name="discard"),
    path("drafts/swap/", drafts.swap, name="swap"),
    path("files/", files.upload, name="upload"),
    path("files/<str:key>/<str:name>", files.file, name="file"),
]
