"""Which list of the desk is asked for, and what its page depends on beside what is read for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language

from passeur.communities import queries as communities

from ..choices import View

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

WHERE = ("community", "view", "page")
"""What the address of a list says."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A list of all communities of a manager, or of the one of that `slug`; `said` is its address."""

    manager: Member
    managed: list[Community]
    slug: str
    view: View
    page: int
    said: str

    @property
    def chosen(self) -> list[Community]:
        return [one for one in self.managed if one.slug == self.slug] if self.slug else self.managed

    @property
    def community(self) -> Community | None:
        """The only one, if one was chosen."""
        return self.chosen[0] if self.slug else None

    @property
    def says_where(self) -> bool:
        """Whether a line has to say of which community it is."""
        return not self.slug and len(self.managed) > 1

    @property
    def key(self) -> tuple[object, ...]:
        """All that a page is drawn of and that is not read for it."""
        rows = tuple(
            tuple(getattr(one, field.attname) for field in one._meta.concrete_fields) for one in self.managed
        )
        clock = timezone.get_current_timezone_name()
        return (self.slug, self.said, self.manager.first_name, rows, get_language(), clock)


def manager_of(request: HttpRequest) -> Member:
    """The member behind a `signed_in` view."""
    return cast("Member", request.user)


def asked_of(request: HttpRequest, said: Mapping[str, str]) -> Asked:
    """A tab, a community and a page number; unknown ones are not found."""
    manager = manager_of(request)
    view, page = said.get("view") or View.TODAY, said.get("page", "")
    if view not in View.values:
        raise Http404
    asked = Asked(
        manager,
        communities.led_by(manager),
        said.get("community", ""),
        View(view),
        int(page) if page.isascii() and page.isdecimal() else 1,
        urlencode({name: said[name] for name in WHERE if said.get(name)}),
    )
    if not asked.chosen and asked.slug:
        raise Http404
    return asked
