"""Addresses of the administration."""

from django.urls import path

from .views import accounts, log, people

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
    path("administration/log/", log.log, name="log"),
    path("administration/log/export/", log.export_log, name="export_log"),
]
