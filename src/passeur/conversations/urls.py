"""Addresses of conversations. A conversation and each message keep theirs for ever."""

from django.urls import path

from .views import acts, lists, naming, news, outside, search, threads, truth, writing
from .views.editing import edit

app_name = "conversations"

urlpatterns = [
    path("conversations/", lists.everywhere, name="everywhere"),
    path("ask/", writing.ask, name="ask"),
    path("search/", search.results, name="search"),
    path("communities/<slug:slug>/conversations/", lists.in_community, name="list"),
    path("communities/<slug:slug>/new/", writing.choose_kind, name="choose"),
    path("communities/<slug:slug>/new/<str:kind>/", writing.start, name="start"),
    path("communities/<slug:slug>/preview/", naming.preview, name="preview"),
    path("communities/<slug:slug>/similar/", writing.similar, name="similar"),
    path("conversations/<int:pk>/", threads.detail, name="detail"),
    path("conversations/<int:pk>/news/", news.news, name="news"),
    path("conversations/<int:pk>/people/", naming.people, name="people"),
    path("conversations/<int:pk>/reply/", threads.reply, name="reply"),
    path("conversations/<int:pk>/follow/", acts.follow, name="follow"),
    path("conversations/<int:pk>/close/", acts.close, name="close"),
    path("conversations/<int:pk>/reopen/", acts.reopen, name="reopen"),
    path("conversations/<int:pk>/holds/", truth.holds, name="holds"),
    path("conversations/<int:pk>/outdated/", truth.outdated, name="outdated"),
    path("conversations/<int:pk>/said/<int:said>/back/", truth.take_back, name="take-back"),
    path("conversations/<int:pk>/link/", acts.link, name="link"),
    path("conversations/<int:pk>/withdraw/", acts.withdraw, name="withdraw"),
    path("contributions/<int:pk>/", threads.permalink, name="contribution"),
    path("contributions/<int:pk>/comment/", threads.comment, name="comment"),
    path("contributions/<int:pk>/edit/", edit, name="edit"),
    path("contributions/<int:pk>/history/", threads.history, name="history"),
    path("contributions/<int:pk>/accept/", acts.accept, name="accept"),
    path("contributions/<int:pk>/delete/", acts.delete, name="delete"),
    path("contributions/<int:pk>/restore/", acts.restore, name="restore"),
    path("contributions/<int:pk>/react/<str:meaning>/", acts.react, name="react"),
    path("contributions/<int:pk>/spotlight/", acts.spotlight, name="spotlight"),
    path("contributions/<int:pk>/spotlight/end/", acts.end_spotlight, name="end-spotlight"),
    path("from/<slug:kind>/<str:address>/<path:external_id>/", outside.arrive, name="from-outside"),
]
