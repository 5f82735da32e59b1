"""Files: the bytes, once each; who brought them under which name; and the texts that show them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """The part of a file's address that nobody can guess (131 bits)."""
    return get_random_string(22)


class Blob(models.Model):
    """Bytes on the disk, under the SHA-256 of their content. `width` and `height`, in px, are of images."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def is_image(self) -> bool:
        """Whether it may be shown in a page."""
        return self.width is not None


class Attachment(models.Model):
    """A file that somebody brought. Its address is drawn by lot: the same bytes brought twice have two.

    `owner` is None once that person is erased and others still need the file.
    """

    key = models.CharField(max_length=22, unique=True, default=new_key)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="attachments")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="attachments"
    )
    name = models.CharField(_("nom"), max_length=120)
    created_at = models.DateTimeField(default=timezone.now)
    loose_since = models.DateTimeField(
        null=True, default=timezone.now, db_default=Now(), db_index=True, help_text="since no text shows it"
    )

    class Meta:
        verbose_name = _("fichier")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.name


class Use(models.Model):
    """A text, in its present or an earlier version, shows a file. `kind` is that of a `Holder`."""

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="uses", db_index=False)
    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attachment", "kind", "object_id"], name="file_use_once")
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="file_use_of_text")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
