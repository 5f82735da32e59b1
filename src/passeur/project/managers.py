"""The first person who can sign in, made from the command line."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from passeur.accounts import queries as accounts_queries
from passeur.accounts import services as accounts
from passeur.channels.services import bulk
from passeur.communities import queries as communities
from passeur.communities.choices import Role
from passeur.foundation.errors import PasseurError
from passeur.foundation.terminal import gettext as _


class Unacceptable(PasseurError):
    """An address or a password that will not do; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Made:
    """The account, and the link to choose a password where none was given."""

    email: str
    link: str | None


def create(*, email: str, name: str, password: str | None) -> Made:
    """Open an administrator's account. Without a password, whoever has the link chooses it."""
    try:
        validate_email(email)
        if password is not None:
            validate_password(password)
    except ValidationError as error:
        raise Unacceptable(_("Refusé : {why}").format(why=" ".join(error.messages))) from error
    member = accounts.open_account(email=email, name=name, password=password, is_administrator=True)
    return Made(str(member.email), None if password else _link(member))


def name_administrator(*, email: str) -> None:
    """Let the member with this address administer; nothing changes for somebody who does."""
    member = accounts_queries.by_email(email)
    if member is None or not member.is_active:
        raise Unacceptable(
            _("Personne ne se connecte avec {email} : donnez --name pour ouvrir le compte.").format(
                email=email
            )
        )
    if not member.is_administrator:
        accounts.name_administrator(member=member, by=None)


def appoint(member: Any, community: Any) -> bool:
    """Make somebody the LCM of a community that an import left without one; false where there is one."""
    if communities.animators(community):
        return False
    row = {
        "community_id": community.pk,
        "member_id": member.pk,
        "role": Role.LCM,
        "joined_at": timezone.now(),
    }
    bulk.insert_rows("communities.Membership", [row])
    return True


def appoint_by_name(*, email: str, slug: str) -> None:
    """Make the member with this address the LCM of the community with this slug."""
    member = accounts_queries.by_email(email.strip().lower())
    community = communities.by_slug(member, slug) if member else None
    if member is None or community is None:
        raise Unacceptable(
            _("Personne ne se connecte avec {email}, ou il n’y a pas de communauté « {slug} ».").format(
                email=email, slug=slug
            )
        )
    if not appoint(member, community):
        raise Unacceptable(
            _(
                "La communauté « {slug} » a déjà quelqu’un qui l’anime : "
                "c’est à cette personne d’en nommer d’autres."
            ).format(slug=slug)
        )


def appoint_where_nobody_is(email: str) -> None:
    """Make a member the LCM of each community that they see and nobody leads."""
    member = accounts_queries.by_email(email)
    if member is not None:
        for community in communities.visible_communities(member):
            appoint(member, community)


def _link(member: Any) -> str:
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    words = {"uidb36": user_pk_to_url_str(member), "key": default_token_generator.make_token(member)}
    return settings.ORIGIN + reverse("account_reset_password_from_key", kwargs=words)
