"""Themes for tests."""

from __future__ import annotations

from typing import Any

from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import CommunityFactory
from passeur.foundation.text import fold_name

from ..models import DeclaredSkill, Interest, Synonym, Theme


class ThemeFactory(DjangoModelFactory[Theme]):
    """A root, or with `parent=` a theme under it."""

    class Meta:
        model = Theme
        skip_postgeneration_save = True

    community = LazyAttribute(lambda o: o.parent.community if o.parent else CommunityFactory())
    parent = None
    name = Sequence(lambda n: f"Thème {n}")
    folded = LazyAttribute(lambda o: fold_name(o.name))
    slug = Sequence(lambda n: f"theme-{n}")

    @post_generation
    def placed(self: Any, create, extracted, **_):
        if create:
            self.path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
            self.save(update_fields=["path"])


class SynonymFactory(DjangoModelFactory[Synonym]):
    """Another word for a theme."""

    class Meta:
        model = Synonym

    theme = SubFactory(ThemeFactory)
    community = LazyAttribute(lambda o: o.theme.community)
    name = Sequence(lambda n: f"Autre mot {n}")
    folded = LazyAttribute(lambda o: fold_name(o.name))


class DeclaredSkillFactory(DjangoModelFactory[DeclaredSkill]):
    """Somebody can help with a theme."""

    class Meta:
        model = DeclaredSkill

    theme = SubFactory(ThemeFactory)
    member = SubFactory(MemberFactory)


class InterestFactory(DjangoModelFactory[Interest]):
    """Somebody follows a theme."""

    class Meta:
        model = Interest

    theme = SubFactory(ThemeFactory)
    member = SubFactory(MemberFactory)
