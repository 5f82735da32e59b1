"""Addresses of the records room."""

from django.urls import path

from .views import descriptions, documents, statements

app_name = "records"
urlpatterns = [
    path("xapi/statements", statements.statements, name="statements"),
    path("xapi/activities/state", documents.state, name="state"),
    path("xapi/activities/profile", documents.activity_profile, name="activity_profile"),
    path("xapi/activities", descriptions.activities, name="activities"),
    path("xapi/agents/profile", documents.agent_profile, name="agent_profile"),
    path("xapi/agents", descriptions.agents, name="agents"),
    path("xapi/about", descriptions.about, name="about"),
]
