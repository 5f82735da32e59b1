"""Addresses of the records room."""

from django.urls import path, re_path

from .views import clients, courses, descriptions, documents, forwards, people, statements

app_name = "records"
urlpatterns = [
    path("xapi/statements", statements.statements, name="statements"),
    path("xapi/activities/state", documents.state, name="state"),
    path("xapi/activities/profile", documents.activity_profile, name="activity_profile"),
    path("xapi/activities", descriptions.activities, name="activities"),
    path("xapi/agents/profile", documents.agent_profile, name="agent_profile"),
    path("xapi/agents", descriptions.agents, name="agents"),
    path("records/clients/", clients.index, name="clients"),
    path("records/clients/new/", clients.create, name="create_client"),
    path("records/clients/<int:pk>/rotate/", clients.rotate, name="rotate"),
    path("records/clients/<int:pk>/revoke/", clients.revoke, name="revoke"),
    path("records/people/", people.index, name="people"),
    path("records/people/offered/", people.offered, name="offered"),
    path("records/people/<uuid:key>/", people.link, name="link"),
    path("records/people/<uuid:key>/part/", people.part, name="part"),
    path("records/courses/", courses.index, name="courses"),
    path("records/courses/<int:pk>/", courses.tie, name="course"),
    path("records/courses/ties/<int:pk>/untie/", courses.untie, name="untie"),
    path("records/forwards/", forwards.index, name="forwards"),
    path("records/forwards/new/", forwards.create, name="create_forward"),
    path("records/forwards/<int:pk>/", forwards.detail, name="forward"),
    re_path(
        r"^records/forwards/(?P<pk>[0-9]{1,18})/(?P<gesture>pause|resume|again|remove)/$",
        forwards.gesture,
        name="forward_gesture",
    ),
    path("xapi/about", descriptions.about, name="about"),
]
