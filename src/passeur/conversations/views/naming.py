"""While one writes: who can be mentioned in this exchange, and the text as it will be, mentions included."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from passeur.communities import policies as community_policies
from passeur.communities import queries as communities
from passeur.foundation import limits
from passeur.foundation.access import signed_in
from passeur.foundation.policies import require

from .. import services
from ..forms.writing import LONGEST
from ..queries import threads
from .finding import community_at, conversation_at, reader

LONGEST_NAME = 60


@signed_in
@require_GET
@limits.limited(limits.NAMING, method="GET")
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Members of the community to mention, those who write in this exchange first."""
    conversation, member = conversation_at(request, pk), reader(request)
    require(community_policies.can_name(member, conversation.community))
    begins = request.GET.get("q", "")[:LONGEST_NAME]
    found = communities.nameable(
        conversation.community, begins, first=threads.writers(conversation), without=member
    )
    return render(request, "communities/_people.html", {"people": found, "begins": begins})


@signed_in
@require_POST
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """What a text will look like once published in that community."""
    community, member = community_at(request, slug), reader(request)
    html = services.preview(request.POST.get("text", "")[:LONGEST], community, by=member).html
    return render(request, "foundation/_markdown_preview.html", {"html": html})
