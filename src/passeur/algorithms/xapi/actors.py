"""Agents and groups, checked (xAPI 1.0.3, Data 2.4.2; 2.0, 4.2.2.1)."""

from __future__ import annotations

from . import rules
from .errors import Invalid
from .pieces import Json, a_string, an_array, an_irl, an_object, only

IDENTIFIERS = frozenset({"mbox", "mbox_sha1sum", "openid", "account"})
_AGENT = IDENTIFIERS | {"objectType", "name"}
_GROUP = _AGENT | {"member"}
_ACCOUNT = frozenset({"homePage", "name"})


def an_actor(value: Json, where: str) -> None:
    """An agent, or a group that says that it is one."""
    if an_object(value, where).get("objectType") == "Group":
        a_group(value, where)
    else:
        an_agent(value, where)


def an_agent(value: Json, where: str) -> None:
    given = an_object(value, where)
    if given.get("objectType", "Agent") != "Agent":
        raise Invalid(f"{where}.objectType", "expected Agent")
    only(given, _AGENT, where)
    _name(given, where)
    if _identifier(given, where) is None:
        raise Invalid(where, "an agent needs one of mbox, mbox_sha1sum, openid and account")


def a_group(value: Json, where: str) -> None:
    given = an_object(value, where)
    if given.get("objectType") != "Group":
        raise Invalid(f"{where}.objectType", "expected Group")
    only(given, _GROUP, where)
    _name(given, where)
    identifier = _identifier(given, where)
    if "member" in given:
        members = an_array(given["member"], f"{where}.member")
        for number, member in enumerate(members):
            an_agent(member, f"{where}.member[{number}]")
        if not members and identifier is None:
            raise Invalid(f"{where}.member", "a group without an identifier needs members")
    elif identifier is None:
        raise Invalid(where, "a group needs members, or one of mbox, mbox_sha1sum, openid and account")


def _name(given: dict[str, Json] | Json, where: str) -> None:
    if "name" in given:
        a_string(given["name"], f"{where}.name")


def _identifier(given: Json, where: str) -> str | None:
    """The one way by which it is known; None where there is none."""
    found = [name for name in given if name in IDENTIFIERS]
    if not found:
        return None
    if len(found) > 1:
        raise Invalid(where, f"is identified in more than one way: {', '.join(sorted(found))}")
    kind: str = found[0]
    value, place = given[kind], f"{where}.{kind}"
    if kind == "account":
        account = an_object(value, place)
        only(account, _ACCOUNT, place)
        an_irl(account.get("homePage"), f"{place}.homePage")
        a_string(account.get("name"), f"{place}.name")
        return kind
    a_string(value, place)
    if kind == "mbox" and not rules.is_mailbox(value):
        raise Invalid(place, "expected mailto: and an address, such as mailto:lea@example.org")
    if kind == "mbox_sha1sum" and not rules.is_sha1(value):
        raise Invalid(place, "expected the 40 hexadecimal digits of a SHA-1")
    if kind == "openid" and not rules.is_iri(value):
        raise Invalid(place, "expected a URI")
    return kind


def an_authority(value: Json, where: str) -> None:
    """An agent, or the pair of an application and its user, a group of two without an identifier."""
    an_actor(value, where)
    if value.get("objectType") == "Group" and (
        len(value.get("member", ())) != 2 or not IDENTIFIERS.isdisjoint(value)
    ):
        raise Invalid(where, "a group that vouches has exactly two members and no identifier")
