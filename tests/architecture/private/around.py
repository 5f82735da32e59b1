"""What happens around people in private: rituals, introductions, notes, requests, claims, imports, cues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from passeur.channels.tests.factories import ChannelFactory, IdentityFactory, ImportRunFactory
from passeur.communities.choices import ClaimState
from passeur.communities.tests.factories import (
    ClaimFactory,
    InvitationFactory,
)
from passeur.conversations.choices import Kind
from passeur.desk import services as desk
from passeur.desk.tests.factories import ConsultationFactory, StepFactory
from passeur.expertise.models import Contest
from passeur.expertise.tests.factories import ListingFactory, ReferralFactory
from passeur.feed.tests.factories import LessFactory, PassedFactory, SuggestionFactory
from passeur.introductions.tests.factories import IntroductionFactory, MessageFactory, OpenIntroductionFactory
from passeur.outreach.choices import Purpose
from passeur.outreach.tests.factories import NoteFactory
from passeur.records.tests.factories import CourseTieFactory
from passeur.rituals.tests.factories import OccurrenceFactory, RitualFactory
from passeur.writing.tests.factories import DraftFactory

if TYPE_CHECKING:
    from .secret import Secret


def people(made: Secret) -> None:
    mark, things, known, secret = made.mark, made.things, made.people, made.secret
    lcm, member, expert, asked = (
        known["lcm"],
        known["member"],
        known["expert"],
        things["question"],
    )
    ritual = RitualFactory.create(
        community=secret,
        title=mark("ritual").title(),
        text=f"On parle de {mark('text of the ritual')}.",
        place=mark("place of the ritual"),
        owner=known["left"],
        substitute=known["removed"],
    )
    things["occurrence"] = OccurrenceFactory.create(ritual=ritual, done_by=known["left"])
    things["course tie"] = CourseTieFactory.create(community=secret, tied_by=lcm)
    things["steps"] = []
    for name in ("left", "removed", "both", "erased", "member"):
        one = known[name]
        first, second = sorted([one, known["friend"]], key=lambda person: person.pk)
        things[f"introduction of {name}"] = opened = OpenIntroductionFactory.create(
            community=secret,
            first=first,
            second=second,
            reason=f"Parlez de {mark(f'reason of {name}')}.",
            found=[["themes", 0, [mark(f"theme of the introduction of {name}")]]],
            proposed_by=expert,
            by_passeur=False,
        )
        MessageFactory.create(introduction=opened, author=known["friend"], text=mark(f"message to {name}"))
        things[f"note to {name}"] = NoteFactory.create(
            community=secret, by=lcm, to=one, text=f"Bonjour, {mark(f'note to {name}')}", conversation=asked,
            towards=expert, purpose=Purpose.REACH_OUT,
        )  # fmt: skip
        things["steps"].append(
            StepFactory.create(
                community=secret, by=lcm, subject=f"member:{one.pk}", key=f"never-exchanged:{one.pk}",
                rule="never-exchanged", title=mark(f"step on {name}"),
            )
        )  # fmt: skip
        ConsultationFactory.create(community=secret, reader=lcm, member=one)
        if name == "member":
            continue
        ReferralFactory.create(
            conversation=things["discussion"] if name == "erased" else asked,
            member=one,
            asked_by=member,
            reasons=[
                {"kind": "theme_answers", "count": 7, "accepted": 5,
                 "theme": mark(f"theme of the request to {name}"), "theme_id": things["theme"].pk},
                {"kind": "named", "by": mark(f"who named {name}")},
            ],
        )  # fmt: skip
        Contest.objects.create(member=one, theme=things["theme"])
        LessFactory.create(member=one, theme=things["theme"])
        PassedFactory.create(member=one, conversation=asked)
        SuggestionFactory.create(member=one, conversation=things["question"], near=asked)
        for place in (
            f"reply:{asked.pk}",
            f"start:{secret.slug}/question",
            f"edit:{things['told to left'].pk}",
        ):
            DraftFactory.create(
                member=one, place=f"conversations.{place}", fields={"body": ["Mes propres mots."]}
            )
    waiting = sorted([known["left"], expert], key=lambda person: person.pk)
    things["introduction"] = IntroductionFactory.create(
        community=secret, first=waiting[0], second=waiting[1], reason=mark("reason of what waits")
    )
    NoteFactory.create(community=secret, by=known["removed"], to=member, text="Un mot de moi.")
    ListingFactory.create(
        conversation=asked,
        order=[[known["left"].pk, 0.9], [known["both"].pk, 0.8]],
        why={
            str(known[name].pk): [{"kind": "named", "by": mark("name in a list")}]
            for name in ("left", "both")
        },
    )
    things["invitation"] = InvitationFactory.create(community=secret, email=known["invited"].email)
    InvitationFactory.create(
        community=secret, email=f"{mark('address invited')}@orvelle.example", invited_by=lcm
    )
    things["claim"] = ClaimFactory.create(
        community=secret,
        claimant=known["left"],
        imported=known["imported in private"],
        state=ClaimState.REFUSED,
        reason=mark("why a claim was refused"),
        decided_by=lcm,
        decided_at=timezone.now(),
    )
    things["channel"] = channel = ChannelFactory.create(
        community=secret, address=f"{mark('address of a channel')}.example"
    )
    ImportRunFactory.create(channel=channel, problems=[mark("problem of an import")])
    for name in ("left", "imported"):
        IdentityFactory.create(channel=channel, member=known[name])
    for name in [*(f"{kind.value}: answer" for kind in Kind), "told to left", "deleted"]:
        things[name].refresh_from_db()
        things[name].channel, things[name].external_id = channel, str(things[name].pk)
        things[name].save()
    desk.fill(secret)
