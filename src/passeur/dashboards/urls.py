"""Addresses of dashboards."""

from django.urls import path

from . import views

app_name = "dashboards"
urlpatterns = [
    path("dashboards/", views.home, name="home"),
    path("dashboards/definitions/", views.definitions, name="definitions"),
    path("dashboards/<slug:page>/", views.page, name="page"),
    path("dashboards/<slug:page>/list/<slug:tile>/", views.listing, name="list"),
    path("dashboards/<slug:page>/file.<str:form>", views.file, name="file"),
]
