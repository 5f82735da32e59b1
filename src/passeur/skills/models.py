"""Themes of a community as a tree with synonyms; the skills and interests that people state."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.Model):
    """A node of a community's taxonomy. A merged theme stays and points at the one that took it over.

    `folded` is the name without case or accents; `path` the keys from the root: /1/5/9/.
    """

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="themes")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    name = models.CharField(_("nom"), max_length=80)
    folded = models.CharField(max_length=120, editable=False)
    slug = models.SlugField(max_length=100)
    description = models.TextField(_("description"), blank=True, max_length=400)
    path = models.CharField(max_length=400, editable=False, default="")
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )

    class Meta:
        verbose_name = _("thème")
        verbose_name_plural = _("thèmes")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["community", "slug"], name="theme_slug_once"),
            models.UniqueConstraint(
                fields=["community", "folded"], condition=models.Q(merged_into=None), name="theme_name_once"
            ),
        ]
        indexes = [models.Index(fields=["path"], opclasses=["text_pattern_ops"], name="theme_path")]

    def __str__(self) -> str:
        return self.name

    @property
    def ancestor_keys(self) -> list[int]:
        """The keys on the way from the root, the theme's own left out."""
        return [int(key) for key in self.path.strip("/").split("/")[:-1]]

    @property
    def depth(self) -> int:
        """0 for a root."""
        return self.path.count("/") - 2


class Synonym(models.Model):
    """Another word for a theme; `folded` (no case, no accents) is unique in the community."""

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="synonyms")
    name = models.CharField(max_length=80)
    folded = models.CharField(max_length=120, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["community", "folded"], name="synonym_once")]

    def __str__(self) -> str:
        return self.name


class DeclaredSkill(models.Model):
    """A theme that a person says they can help with."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="declared_skills"
    )
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="declared_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "theme"], name="declared_skill_once")]
        indexes = [models.Index(fields=["theme", "member"], name="declared_skill_of_theme")]

    def __str__(self) -> str:
        return f"{self.member} · {self.theme}"


class Interest(models.Model):
    """A theme that a person follows or would like to learn."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="interests")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="followers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "theme"], name="interest_once")]

    def __str__(self) -> str:
        return f"{self.member} · {self.theme}"
