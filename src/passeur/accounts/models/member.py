"""A member: a person with, or for imported people without, an account."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from passeur.foundation.folded import Folded, NameWords
from passeur.foundation.prepared import Asked, planned_once
from passeur.foundation.text import fold

from ..choices import Appearance, Language
from ..protocols import looks


class MemberManager(BaseUserManager["Member"]):
    """Makes members."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Member:
        """A person who can sign in with `email`."""
        fields.setdefault("handle", self.free_handle(fields.get("name", "")))
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Member:
        """An administrator."""
        return self.create_user(email, password, is_administrator=True, is_superuser=True, **fields)

    def free_handle(self, name: str) -> str:
        """A handle for `@mentions` made of the name, with a number where it is taken."""
        stem = slugify(fold(name))[:60] or "membre"
        taken = set(self.filter(handle__startswith=stem).values_list("handle", flat=True))
        return next(handle for n in count(1) if (handle := stem if n == 1 else f"{stem}-{n}") not in taken)

    def get(self, *conditions: Any, **named: Any) -> Member:
        """As ever. By the key alone, which each request of somebody asks, the SQL is worked out once."""
        key = named.get("pk")
        found: Member | None = None
        if conditions or len(named) != 1 or type(key) is not int or type(self) is not MemberManager:
            found = super().get(*conditions, **named)
        elif rows := _by_key(key=key):
            found = rows[0]
        if found is None:
            raise self.model.DoesNotExist(f"No member {key}")
        return found

    def get_by_natural_key(self, username: str | None) -> Member:
        return self.get(email=(username or "").lower())


@planned_once
def _by_key(key: Asked) -> models.QuerySet[Member]:
    return Member.objects.filter(pk=key)


class Member(AbstractBaseUser, PermissionsMixin):
    """A person. Without an e-mail address nobody can sign in as them (imported, not yet claimed)."""

    last_login = None  # when somebody was last here is nobody's business

    email = models.EmailField(
        _("adresse électronique"),
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": _("Cette adresse est déjà celle d’un membre.")},
    )
    name = models.CharField(_("nom"), max_length=150)
    handle = models.SlugField(
        _("nom court"),
        max_length=80,
        unique=True,
        null=True,
        blank=True,
        help_text=_("Pour vous mentionner : @nom-court."),
    )
    job = models.CharField(_("métier"), max_length=120, blank=True)
    team = models.CharField(_("équipe"), max_length=120, blank=True)
    site = models.CharField(_("site"), max_length=120, blank=True)
    bio = models.TextField(_("en quelques mots"), blank=True, max_length=600)

    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    is_machine = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged"
    )
    sign_in_epoch = models.PositiveIntegerField(
        default=0, editable=False, help_text="raised to end all sessions at once"
    )

    language = models.CharField(_("langue"), max_length=5, choices=Language, default=Language.FRENCH)
    time_zone = models.CharField(_("fuseau horaire"), max_length=64, default="Europe/Paris")
    appearance = models.CharField(_("apparence"), max_length=6, choices=Appearance, default=Appearance.SYSTEM)
    shortcuts = models.BooleanField(_("raccourcis clavier"), default=True)

    receives_questions = models.BooleanField(_("recevoir des questions où je peux aider"), default=True)
    weekly_cap = models.PositiveSmallIntegerField(
        _("demandes par semaine au plus"),
        default=3,
        validators=[MinValueValidator(0), MaxValueValidator(20)],
    )
    paused_until = models.DateField(_("en pause jusqu’au"), null=True, blank=True)
    introducible = models.BooleanField(_("être proposé pour une présentation"), default=True, db_default=True)

    objects: ClassVar[MemberManager] = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("membre")
        verbose_name_plural = _("membres")
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="member_email_lower_case"),
            models.CheckConstraint(condition=~models.Q(email=""), name="member_email_null_not_empty"),
        ]
        indexes = [
            models.Index(fields=["name"]),
            models.Index(Folded("name"), "id", name="member_folded_name"),
            GinIndex(NameWords("name"), name="member_name_words"),
        ]

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **options: Any
    ) -> Member:
        """A member as kept; somebody who was erased has no name any more, in the reader's language."""
        member = super().from_db(db, field_names, values, **options)
        if member.__dict__.get("erased_at") is not None and "name" in member.__dict__:
            member.name = gettext("Membre parti")
        return member

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return looks.first_name(self.name, is_erased=self.erased_at is not None)

    @property
    def initials(self) -> str:
        """One or two letters: of the first and the last word of the name."""
        return looks.initials(self.name, is_erased=self.erased_at is not None)

    @property
    def is_imported(self) -> bool:
        """Came with an import: has no account, and nobody can sign in as them."""
        return self.email is None and self.erased_at is None and not self.is_machine

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # What a session must hold to stay open: it ends with the password, or when the epoch is raised.
        held = f"{self.password}:{self.sign_in_epoch}"
        return salted_hmac("passeur.accounts.session", held, secret=secret, algorithm="sha256").hexdigest()

    @property
    def tint(self) -> int:
        """Which of the six avatar tints, drawn from the member's key."""
        return looks.tint(self.pk)
