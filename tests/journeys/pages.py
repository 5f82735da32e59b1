"""Every page there is, by the name of its address: who looks at it, and with what in it.

An address that answers HTML to a GET is here or in `NO_PAGE` with its reason; a test says when it is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from passeur.accounts.tests.factories import ImportedMemberFactory
from passeur.administration import services as administration
from passeur.communities import queries as communities
from passeur.communities import services as belonging
from passeur.communities.tests.factories import ClaimFactory, MembershipFactory
from passeur.conversations import services as conversations
from passeur.conversations.choices import ClosedReason
from passeur.conversations.tests.factories import SearchMissFactory
from passeur.expertise import services as expertise
from passeur.expertise.choices import DeclineReason
from passeur.introductions import services as introductions
from passeur.notifications.services import tokens
from passeur.outreach import services as outreach
from passeur.outreach.choices import Purpose
from passeur.records import services as records
from passeur.records.choices import Link, Scope
from passeur.records.tests.factories import (
    AgentFactory,
    CourseFactory,
    CourseTieFactory,
    ForwardFactory,
    UndeliveredFactory,
)
from passeur.rituals.tests.factories import OccurrenceFactory
from passeur.sponsors.queries import link_of
from passeur.sponsors.tests.factories import SponsorFactory
from tests.jobs import run_queued
from tests.journeys.village import Village

NO_PAGE = {
    **dict.fromkeys(["administration:model", "dashboards:file", "sponsors:file", "writing:file"], "a file"),
    "metrics": "figures for programs",
    "administration:progress": "a fragment, looked at inside the page of a file that runs",
    "foundation:palette": "a fragment, looked at inside its popover",
    "conversations:similar": "a fragment, looked at inside the page where one asks",
    "communities:people": "a fragment, looked at inside a field that asks for a person",
    "conversations:people": "a fragment, looked at inside a text that mentions somebody",
    "records:offered": "a fragment, looked at inside a field that asks for a person",
    "conversations:news": "a fragment, looked at inside a page that is open",
    "desk:news": "a fragment, looked at inside a desk that is open",
    "expertise:who": "a fragment, looked at inside the page where one asks",
    "dashboards:home": "leads to the first page of figures",
    "desk:home": "leads to the desk or to the feed",
    "conversations:contribution": "leads to the message in its thread",
    "conversations:from-outside": "leads to the message in its thread",
    "accounts:confirm_address": "leads on; the link comes by mail",
    "accounts:export_file": "asks for a proof, then gives a file",
    "mfa_authenticate": "leads to the sign-in until the password was right",
    "mfa_login_webauthn": "leads to the sign-in",
    "mfa_index": "leads to all ways in",
    "mfa_download_recovery_codes": "a file",
    "mfa_deactivate_totp": "asks for a proof; for who has a code generator",
    "mfa_remove_webauthn": "asks for a proof; for who has a passkey",
    "mfa_view_recovery_codes": "asks for a proof; for who has codes",
    "mfa_reauthenticate": "a proof by code; for who has a code generator",
    "mfa_reauthenticate_webauthn": "a proof by passkey; for who has one",
    "notifications:bell": "a fragment, looked at in the frame of every page",
    "notifications:open": "leads to what the notification is about",
    **dict.fromkeys(
        [
            "records:about",
            "records:activities",
            "records:activity_profile",
            "records:agent_profile",
            "records:agents",
            "records:state",
            "records:statements",
        ],
        "for programs",
    ),
    "account_set_password": "leads to the change of password: no account here is without one",
}


@dataclass(frozen=True, slots=True)
class PageToSee:
    """`at` gives the arguments of the address; `who` is a person of the village, or nobody."""

    name: str
    who: str | None = "agathe"
    at: Callable[[Village], tuple[Any, ...]] = lambda village: ()
    query: str = ""
    state: str = ""
    prepare: Callable[[Village], None] | None = None

    def address(self, village: Village) -> str:
        return reverse(self.name, args=self.at(village)) + self.query

    def __str__(self) -> str:
        return f"{self.name} {self.state}".strip()


def live_on(village: Village) -> None:
    """What only some pages need: requests, a note, a claim, an invitation, a closed question."""
    expertise.refer(conversation=village.waiting, to=village.farid, by=village.agathe)
    declined = expertise.refer(conversation=village.second, to=village.farid, by=village.agathe)
    expertise.decline_referral(referral=declined, reason=DeclineReason.NO_TIME, by=village.farid)
    village.things["referral"] = expertise.refer(
        conversation=village.third, to=village.noemie, by=village.agathe
    )
    village.things["note"] = outreach.write(
        community=village.lines,
        to=village.lucie,
        by=village.agathe,
        purpose=Purpose.WELCOME,
        text="Bonjour !",
    )
    imported = ImportedMemberFactory.create(name="galet44")
    MembershipFactory.create(community=village.lines, member=imported)
    village.things["imported"] = imported
    village.things["claim"] = ClaimFactory.create(
        community=village.lines, claimant=village.lucie, imported=imported
    )
    village.things["invitation"] = belonging.invite(
        community=village.lines, email="romane@saline.example", by=village.agathe
    )
    _invite_by_files(village)
    conversations.close(conversation=village.discussion, reason=ClosedReason.OBSOLETE, by=village.agathe)
    conversations.spotlight(
        contribution=village.accepted, reason="Un réglage que chacun peut reprendre.", by=village.agathe
    )
    conversations.say_it_no_longer_holds(
        conversation=village.resolved, reason="La courroie a changé de modèle en mars.", by=village.agathe
    )
    conversations.say_it_holds(conversation=village.experience, by=village.agathe)
    conversations.follow(conversation=village.answered, by=village.agathe)
    SearchMissFactory.create(community=village.lines, words="lubrifiant alimentaire", times=4)
    village.things["sponsor"] = SponsorFactory.create(
        community=village.lines, email="direction@saline.example", named_by=village.agathe
    )
    village.things["introduction"] = introductions.propose(
        community=village.lines,
        first=village.lucie,
        second=village.farid,
        by=village.agathe,
        reason="Lucie conduit la ligne que Farid répare.",
    )
    met = introductions.propose(
        community=village.lines,
        first=village.noemie,
        second=village.farid,
        by=village.agathe,
        reason="Vos capteurs se répondent.",
    )
    for one in (village.noemie, village.farid):
        introductions.accept(introduction=met, by=one)
    village.things["met"] = met
    made = records.create(name="Moodle", scopes=[Scope.WRITE, Scope.STATE], by=village.armand)
    village.things["program"] = made.client
    village.things["agent"] = AgentFactory.create(name="L. Fontaine")
    AgentFactory.create(name="Farid B.", member=village.farid, link=Link.HAND)
    village.things["course"] = CourseFactory.create()
    CourseTieFactory.create(course=village.things["course"], community=village.lines)
    CourseFactory.create(name={"fr": "Lire un plan électrique", "en": "Reading a wiring plan"})
    village.things["refusing"] = UndeliveredFactory.create(
        forward__name="Magasin du groupe", forward__failures=2, forward__last_error="HTTP 503"
    ).forward
    ForwardFactory.create(name="Rapports", paused_at=timezone.now())
    village.things["occurrence"] = OccurrenceFactory.create(
        ritual__community=village.lines, ritual__owner=village.agathe, ritual__substitute=village.lucie
    )
    run_queued()


def _invite_by_files(village: Village) -> None:
    """One file that waits to be looked at, and one that was carried out."""
    written = (
        "adresse;nom;communauté;rôle;langue\n"
        "nina.berger@saline.example;Nina Berger;Atelier du soir;;fr\n"
        "gilles@saline.example;Gilles Texier;Maintenance des lignes;expertise ou formation interne;\n"
        "lucie@saline.example;Lucie Fontaine;Maintenance des lignes;;\n"
        "nina.berger@saline.example;;atelier du soir;;\n"
        "sans-fin@saline;;Atelier du soir;;\n"
        "omar@saline.example;Omar Sy;Atelier du matin;;\n"
    )
    village.things["batch_done"] = administration.check(
        table=administration.read(b"adresse\nnoah@saline.example"),
        by=village.armand,
        place=village.workshop,
    )
    administration.launch(batch=village.batch_done, by=village.armand)
    administration.carry_on(village.batch_done.pk)
    village.things["batch"] = administration.check(
        table=administration.read(written.encode()), by=village.armand
    )


def lines(village: Village) -> tuple[str]:
    return (village.lines.slug,)


def workshop(village: Village) -> tuple[str]:
    return (village.workshop.slug,)


def of(name: str) -> Callable[[Village], tuple[int]]:
    return lambda village: (getattr(village, name).pk,)


def message(name: str) -> Callable[[Village], tuple[int]]:
    """The opening of a conversation."""
    return lambda village: (getattr(village, name).contributions.order_by("pk")[0].pk,)


def theme(village: Village) -> tuple[str, str]:
    return (village.lines.slug, village.belts.slug)


def new(kind: str) -> Callable[[Village], tuple[str, str]]:
    return lambda village: (village.lines.slug, kind)


def cue(move: str) -> Callable[[Village], tuple[str, str, str]]:
    return lambda village: (village.lines.slug, f"newcomer-unheard:{village.newcomer.pk}", move)


def board(slug: str) -> Callable[[Village], tuple[str]]:
    return lambda village: (slug,)


PAGES = [
    PageToSee("account_login", None),
    PageToSee("account_login", None, query="?next=/desk/", state="sent there"),
    PageToSee("account_signup", None),
    PageToSee("account_inactive", None),
    PageToSee("account_logout", "lucie"),
    PageToSee("account_reset_password", None),
    PageToSee("account_reset_password_done", None),
    PageToSee("account_reset_password_from_key", None, at=lambda village: ("1", "nothing-such")),
    PageToSee("account_reset_password_from_key_done", None),
    PageToSee("account_change_password", "lucie"),
    PageToSee("accounts:profile", "lucie", of("lucie"), state="one's own"),
    PageToSee("accounts:profile", "lucie", of("farid"), state="somebody who knows"),
    PageToSee("accounts:profile", "agathe", of("imported"), state="imported"),
    PageToSee("accounts:edit_profile", "lucie"),
    PageToSee("accounts:preferences", "lucie"),
    PageToSee("accounts:known", "lucie"),
    PageToSee("accounts:known", "rachel", state="in none"),
    PageToSee("accounts:security", "lucie"),
    PageToSee("accounts:address", "lucie"),
    PageToSee("accounts:export", "lucie"),
    PageToSee("accounts:erase", "lucie"),
    PageToSee("accounts:erased", None),
    PageToSee("account_reauthenticate", "lucie"),
    PageToSee("mfa_activate_totp", "lucie"),
    PageToSee("mfa_add_webauthn", "lucie"),
    PageToSee("mfa_generate_recovery_codes", "lucie"),
    PageToSee("notifications:list", "farid"),
    PageToSee("notifications:list", "rachel", state="empty"),
    PageToSee("notifications:preferences", "lucie"),
    PageToSee(
        "notifications:unsubscribe", None, lambda village: (tokens.token_for(village.lucie, ["reply"]),)
    ),
    PageToSee("writing:drafts", "lucie"),
    PageToSee("administration:people", "armand"),
    PageToSee("administration:people", "armand", query="?show=imported&q=zzz", state="nobody"),
    PageToSee("administration:person", "armand", of("lucie")),
    PageToSee("administration:person", "armand", of("imported"), state="imported"),
    PageToSee("administration:close", "armand", of("lucie")),
    PageToSee("administration:end_factors", "armand", of("lucie")),
    PageToSee("administration:administrator", "armand", of("lucie")),
    PageToSee("administration:erase", "armand", of("lucie")),
    PageToSee("administration:remove", "armand", lambda village: (village.lucie.pk, village.lines.pk)),
    PageToSee("administration:roles", "armand"),
    PageToSee("administration:invitations", "armand"),
    PageToSee("administration:invitations", "armand", query="?q=zzz", state="nobody"),
    PageToSee("administration:files", "armand"),
    PageToSee("administration:file", "armand", of("batch")),
    PageToSee("administration:file", "armand", of("batch_done"), state="done"),
    PageToSee("administration:communities", "armand"),
    PageToSee("administration:communities", "armand", query="?show=archived", state="none"),
    PageToSee("administration:log", "armand"),
    PageToSee("administration:log", "armand", query="?act=nothing", state="unknown act"),
    PageToSee("communities:list"),
    PageToSee("communities:list", "rachel", state="in none"),
    PageToSee("communities:create"),
    PageToSee("communities:detail", "lucie", lines),
    PageToSee("communities:detail", "agathe", workshop, state="empty"),
    PageToSee("communities:detail", "rachel", lines, state="not a member"),
    PageToSee("communities:settings", at=lines),
    PageToSee("communities:charter", "lucie", lines),
    PageToSee("communities:charter", "rachel", lines, state="joining"),
    PageToSee("communities:edit_charter", at=lines),
    PageToSee("communities:charter_version", "lucie", lambda village: (village.lines.slug, 1)),
    PageToSee("communities:leave", "lucie", lines),
    PageToSee("communities:members", at=lines),
    PageToSee("communities:members", at=lines, query="?q=zzz", state="nobody of that name"),
    PageToSee("communities:invite", at=lines),
    PageToSee("communities:remove", at=lambda village: (village.lines.slug, village.gilles.pk)),
    PageToSee("communities:claims", at=lines),
    PageToSee("communities:claims", at=workshop, state="empty"),
    PageToSee("communities:claim", "gilles", lambda village: (village.lines.slug, village.imported.pk)),
    PageToSee("communities:invitation", None, lambda village: (communities.token_of(village.invitation),)),
    PageToSee("communities:invitation", None, lambda village: ("nothing-such",), state="ended"),
    PageToSee("skills:mine", "lucie"),
    PageToSee("skills:mine", "rachel", state="empty"),
    PageToSee("skills:themes", at=lines),
    PageToSee("skills:themes", at=workshop, state="empty"),
    PageToSee("skills:create", at=lines),
    PageToSee("skills:theme", "lucie", theme),
    PageToSee("skills:edit", at=theme),
    PageToSee("conversations:everywhere", "lucie"),
    PageToSee("conversations:everywhere", query="?kind=nothing", state="unknown filter"),
    PageToSee("conversations:list", "lucie", lines),
    PageToSee("conversations:list", "agathe", workshop, state="empty"),
    PageToSee("conversations:ask"),
    PageToSee("conversations:ask", "rachel", state="in none"),
    PageToSee("conversations:search", "lucie"),
    PageToSee("conversations:search", "lucie", query="?q=courroie", state="found"),
    PageToSee("conversations:search", "lucie", query="?q=zygomatique", state="nothing"),
    PageToSee("conversations:choose", at=lines),
    PageToSee("conversations:start", "lucie", new("question"), query="?title=Ma+courroie+saute"),
    PageToSee("conversations:start", "lucie", new("experience"), state="experience"),
    PageToSee("conversations:start", "agathe", new("announcement"), state="announcement"),
    PageToSee("conversations:detail", "agathe", of("waiting"), state="asked of somebody"),
    PageToSee("conversations:detail", "lucie", of("second"), state="waiting"),
    PageToSee("conversations:detail", "lucie", of("resolved"), state="resolved"),
    PageToSee("conversations:detail", "agathe", of("unhelped"), state="not helped"),
    PageToSee("conversations:detail", "lucie", of("discussion"), state="closed, with comments"),
    PageToSee("conversations:detail", "rachel", of("experience"), state="not a member"),
    PageToSee("conversations:close", at=of("waiting")),
    PageToSee("conversations:outdated", at=of("resolved")),
    PageToSee("conversations:link", at=of("waiting")),
    PageToSee("conversations:comment", "lucie", message("third")),
    PageToSee("conversations:edit", "lucie", message("waiting")),
    PageToSee("conversations:history", "lucie", of("message")),
    PageToSee("conversations:spotlight", at=message("experience")),
    PageToSee("feed:mine", "lucie"),
    PageToSee("feed:mine", "rachel", state="in none"),
    PageToSee("feed:mine", "noemie", query="?view=all", state="all, choosing themes"),
    PageToSee("feed:settings", "lucie"),
    PageToSee("expertise:referrals", "farid"),
    PageToSee("expertise:referrals", "rachel", state="empty"),
    PageToSee("expertise:decline", "noemie", of("referral")),
    PageToSee("introductions:mine", "lucie"),
    PageToSee("introductions:mine", "rachel", state="empty"),
    PageToSee("introductions:exchange", "noemie", of("met")),
    PageToSee("introductions:propose", at=of("lucie")),
    PageToSee("introductions:proposed", at=lines),
    PageToSee("introductions:proposed", at=workshop, state="empty"),
    PageToSee("records:clients", "armand"),
    PageToSee("records:create_client", "armand"),
    PageToSee("records:revoke", "armand", lambda village: (village.things["program"].pk,)),
    PageToSee("records:people", "armand"),
    PageToSee("records:courses", "agathe"),
    PageToSee("records:courses", "armand", state="administrator"),
    PageToSee("records:courses", "agathe", query="?q=zzz", state="empty"),
    PageToSee("records:course", "agathe", lambda village: (village.things["course"].pk,)),
    PageToSee("records:forwards", "armand"),
    PageToSee("records:create_forward", "armand"),
    PageToSee("records:forward", "armand", lambda village: (village.things["refusing"].pk,)),
    PageToSee("records:people", "armand", query="?show=linked", state="linked"),
    PageToSee("records:people", "armand", query="?q=zzz", state="empty"),
    PageToSee("records:link", "armand", lambda village: (village.things["agent"].pk,)),
    *[
        PageToSee("dashboards:page", at=board(slug), state=slug)
        for slug in ("pulse", "response", "themes", "content", "network", "what-works")
    ],
    PageToSee("dashboards:page", at=board("response"), query="?period=dates", state="days to choose"),
    PageToSee("dashboards:definitions"),
    PageToSee("foundation:accessibility", "lucie"),
    PageToSee("foundation:accessibility", None, state="a stranger"),
    PageToSee("dashboards:page", at=board("response"), query="?period=7", state="unknown period"),
    PageToSee("dashboards:list", at=lambda village: ("themes", "started")),
    PageToSee("sponsors:named", at=lines),
    PageToSee("sponsors:named", at=workshop, state="empty"),
    PageToSee("sponsors:preview", at=lines),
    PageToSee("sponsors:answer", None, lambda village: (link_of(village.things["sponsor"]),)),
    PageToSee("sponsors:stop", None, lambda village: (link_of(village.things["sponsor"]),)),
    PageToSee("rituals:plan", at=lines),
    PageToSee("rituals:plan", at=workshop, state="empty"),
    PageToSee("rituals:create", at=lines),
    PageToSee("rituals:edit", at=lambda village: (village.lines.slug, village.occurrence.ritual.pk)),
    PageToSee("rituals:hold", at=of("occurrence")),
    PageToSee("outreach:notes", "lucie"),
    PageToSee("outreach:notes", "rachel", state="empty"),
    PageToSee("outreach:reply", "lucie", of("note")),
    PageToSee("desk:today"),
    PageToSee("desk:today", query="?view=week", state="week"),
    PageToSee("desk:today", query="?view=snoozed", state="snoozed, empty"),
    PageToSee("desk:today", query="?view=done", state="done, empty"),
    PageToSee("desk:today", query="?community=atelier-du-soir", state="empty"),
    PageToSee("desk:move", at=cue("answer")),
]
