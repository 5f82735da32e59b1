"""Addresses of the desk. A tab, a community and a page are in the address."""

from django.urls import path

from .views import acting, desk, moves, news

app_name = "desk"

urlpatterns = [
    path("", desk.home, name="home"),
    path("desk/", desk.today, name="today"),
    path("desk/news/", news.news, name="news"),
    path("desk/<slug:slug>/<str:key>/move/<str:name>/", moves.move, name="move"),
    path("desk/<slug:slug>/<str:key>/done/", acting.done, name="done"),
    path("desk/<slug:slug>/<str:key>/snooze/", acting.snooze, name="snooze"),
    path("desk/<slug:slug>/<str:key>/hand/", acting.hand, name="hand"),
    path("desk/steps/<int:pk>/undo/", acting.undo, name="undo"),
]
