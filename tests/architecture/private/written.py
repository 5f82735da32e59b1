"""What was written in private: themes, conversations of each kind, files, versions, mentions, links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from passeur.conversations import services as conversations
from passeur.conversations.choices import Kind, LinkKind, Meaning
from passeur.conversations.tests.factories import (
    ConversationLinkFactory,
    ReactionFactory,
    SearchMissFactory,
)
from passeur.skills.tests.factories import (
    DeclaredSkillFactory,
    InterestFactory,
    SynonymFactory,
    ThemeFactory,
)
from passeur.writing import services as writing
from passeur.writing.tests.factories import stored

if TYPE_CHECKING:
    from .secret import Secret


def themes(made: Secret) -> None:
    mark, things = made.mark, made.things
    above = ThemeFactory.create(
        community=made.secret,
        name=mark("theme").title(),
        slug=mark("address of the theme"),
        description=f"Tout sur {mark('description of the theme')}.",
    )
    below = ThemeFactory.create(parent=above, name=mark("theme below"), slug=mark("address of theme below"))
    things |= {"theme": above, "theme below": below}
    things["synonym"] = SynonymFactory.create(theme=above, name=mark("synonym"))
    for name in ("both", "left", "removed", "erased"):
        DeclaredSkillFactory.create(member=made.people[name], theme=above)
        InterestFactory.create(member=made.people[name], theme=below)


def conversations_of_each_kind(made: Secret) -> None:
    mark, things, people = made.mark, made.things, made.people
    expert, member, left = people["expert"], people["member"], people["left"]
    things["file"] = stored(member, f"%PDF-1.7 {mark('inside the file')}".encode(), f"{mark('file')}.pdf")
    things["picture"] = stored(member, name=f"{mark('picture')}.png")
    shown = " ".join(writing.markdown_of(one) for one in (things["file"], things["picture"]))
    for kind in Kind:
        by = people["lcm"] if kind == Kind.ANNOUNCEMENT else member
        things[kind.value] = made_here = conversations.start_conversation(
            community=made.secret,
            kind=kind,
            title=f"Faut-il {mark(f'{kind.value}: title')} ?",
            body=f"Voici {mark(f'{kind.value}: body')}. {shown if by == member else ''}",
            themes=[things["theme"], things["theme below"]],
            by=by,
        )
        things[f"{kind.value}: answer"] = answer = conversations.contribute(
            conversation=made_here, body=f"Je crois que {mark(f'{kind.value}: answer')}.", by=expert
        )
        conversations.comment(on=answer, body=f"Même {mark(f'{kind.value}: comment')}.", by=people["lcm"])
    asked, answer = things["question"], things["question: answer"]
    conversations.edit(
        contribution=answer, body=f"Plutôt {mark('second version')}.", by=expert, version=answer.version
    )
    opening = asked.contributions.get(part="opening")
    conversations.edit(
        contribution=opening,
        title=f"Vraiment {mark('second title')} ?",
        body=f"{opening.body}\n\n{mark('second body')}",
        by=member,
        version=opening.version,
    )
    for name in ("left", "removed", "both", "erased"):
        conversations.contribute(
            conversation=things["discussion"],
            body=f"@{people[name].handle} {mark(f'mention of {name}')}\n\n> {mark(f'quote for {name}')}",
            by=member,
        )
        conversations.follow(conversation=asked, by=people[name])
        ReactionFactory.create(contribution=answer, member=people[name], meaning=Meaning.HELPS)
    things["file of left"] = brought = stored(
        left, f"%PDF-1.7 {mark('inside the file of left')}".encode(), "plan.pdf"
    )
    conversations.contribute(conversation=things["discussion"], body=writing.markdown_of(brought), by=left)
    # Asked by who will leave, answered there: what they are told of it is of the community.
    things["asked by left"] = conversations.start_conversation(
        community=made.secret, kind=Kind.QUESTION, title="Comment partir ?", body="Je pars.", by=left
    )
    things["told to left"] = told = conversations.contribute(
        conversation=things["asked by left"], body=f"Par {mark('answer to who left')}.", by=expert
    )
    conversations.accept_answer(answer=told, question=things["asked by left"], by=left)
    things["deleted"] = deleted = conversations.contribute(
        conversation=things["discussion"], body=f"Trop {mark('deleted text')}.", by=expert
    )
    conversations.delete(contribution=deleted, by=expert)
    conversations.say_it_no_longer_holds(
        conversation=things["asked by left"],
        reason=f"Selon {mark('why it no longer holds')}.",
        by=people["lcm"],
    )
    conversations.spotlight(contribution=answer, reason=f"Pour {mark('spotlight')}.", by=people["lcm"])
    SearchMissFactory.create(community=made.secret, words=mark("missed search"), times=9)
    # Somebody who reads both says that two questions are close: they alone see one beside the other.
    ConversationLinkFactory.create(source=things["open question"], target=asked, kind=LinkKind.RELATED)
    ConversationLinkFactory.create(source=asked, target=things["open question"], kind=LinkKind.DUPLICATE)
