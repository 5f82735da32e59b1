"""Addresses of communities."""

from django.urls import path

from .views import charter, claims, communities, invitations, members, naming

app_name = "communities"
urlpatterns = [
    path("communities/", communities.index, name="list"),
    path("communities/new/", communities.create, name="create"),
    path("communities/<slug:slug>/", communities.detail, name="detail"),
    path("communities/<slug:slug>/settings/", communities.settings, name="settings"),
    path("communities/<slug:slug>/archive/", communities.archive, name="archive"),
    path("communities/<slug:slug>/charter/", charter.charter, name="charter"),
    path("communities/<slug:slug>/charter/edit/", charter.edit_charter, name="edit_charter"),
    path("communities/<slug:slug>/charter/<int:version>/", charter.charter_version, name="charter_version"),
    path("communities/<slug:slug>/leave/", charter.leave, name="leave"),
    path("communities/<slug:slug>/members/", members.members, name="members"),
    path("communities/<slug:slug>/members/invite/", members.invite, name="invite"),
    path("communities/<slug:slug>/members/<int:pk>/role/", members.change_role, name="change_role"),
    path("communities/<slug:slug>/members/<int:pk>/remove/", members.remove, name="remove"),
    path("communities/<slug:slug>/invitations/<int:pk>/", members.renew_invitation, name="renew_invitation"),
    path("communities/<slug:slug>/people/", naming.people, name="people"),
    path("communities/<slug:slug>/claims/", claims.claims, name="claims"),
    path("communities/<slug:slug>/claims/<int:pk>/", claims.decide, name="decide_claim"),
    path("communities/<slug:slug>/people/<int:pk>/claim/", claims.ask, name="claim"),
    path("invitations/<str:token>/", invitations.accept, name="invitation"),
]
