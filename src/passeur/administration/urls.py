"""Addresses of the administration."""

from django.urls import path

from .views import accounts, batches, communities, invitations, log, people, roles

app_name = "administration"
urlpatterns = [
    path("administration/", people.people, name="people"),
    path("administration/people/<int:pk>/", people.person, name="person"),
    path("administration/people/<int:pk>/sessions/", accounts.end_sessions, name="end_sessions"),
    path("administration/people/<int:pk>/link/", accounts.send_link, name="send_link"),
    path("administration/people/<int:pk>/factors/", accounts.end_factors, name="end_factors"),
    path("administration/people/<int:pk>/close/", accounts.close, name="close"),
    path("administration/people/<int:pk>/reopen/", accounts.reopen, name="reopen"),
    path("administration/people/<int:pk>/erase/", accounts.erase, name="erase"),
    path("administration/people/<int:pk>/administrator/", accounts.administrator, name="administrator"),
    path("administration/people/<int:pk>/invite/", roles.invite, name="invite_person"),
    path("administration/people/<int:pk>/communities/<int:community>/role/", roles.give, name="role"),
    path("administration/people/<int:pk>/communities/<int:community>/remove/", roles.remove, name="remove"),
    path("administration/roles/", roles.roles, name="roles"),
    path("administration/invitations/", invitations.invitations, name="invitations"),
    path("administration/invitations/<int:pk>/", invitations.invitation, name="invitation"),
    path("administration/invitations/files/", batches.files, name="files"),
    path("administration/invitations/files/model.csv", batches.model, name="model"),
    path("administration/invitations/files/<int:pk>/", batches.file, name="file"),
    path("administration/invitations/files/<int:pk>/progress/", batches.progress, name="progress"),
    path("administration/invitations/files/<int:pk>/run/", batches.run, name="run"),
    path("administration/invitations/files/<int:pk>/drop/", batches.drop, name="drop"),
    path("administration/invitations/files/<int:pk>/export/", batches.export, name="export_file"),
    path("administration/communities/", communities.communities, name="communities"),
    path("administration/communities/<int:pk>/archive/", communities.archive, name="archive"),
    path("administration/log/", log.log, name="log"),
    path("administration/log/export/", log.export_log, name="export_log"),
]
