"""Addresses of the whole product."""

from django.urls import URLPattern, URLResolver, include, path

from passeur.project.metrics import door

urlpatterns: list[URLPattern | URLResolver] = [
    path("metrics", door.figures, name="metrics"),
    path("", include("passeur.foundation.urls")),
    path("accounts/", include("passeur.accounts.urls.sign_in")),
    path("", include("passeur.accounts.urls")),
    path("", include("passeur.writing.urls")),
    path("", include("passeur.communities.urls")),
    path("", include("passeur.skills.urls")),
    path("", include("passeur.conversations.urls")),
    path("", include("passeur.notifications.urls")),
    path("", include("passeur.records.urls")),
    path("", include("passeur.outreach.urls")),
    path("", include("passeur.introductions.urls")),
    path("", include("passeur.rituals.urls")),
    path("", include("passeur.dashboards.urls")),
    path("", include("passeur.sponsors.urls")),
    path("", include("passeur.desk.urls")),
    path("", include("passeur.feed.urls")),
    path("", include("passeur.administration.urls")),
    path("", include("passeur.expertise.urls")),
]

handler400 = "passeur.foundation.views.malformed"
handler500 = "passeur.foundation.views.broken"
