"""Indexes that give the newest of a theme, of an author, of the stories and of the solutions of a community.

Made while the product serves: they lock nothing that is being written.
"""

from __future__ import annotations

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("conversations", "0002_who_edited")]
    operations = [
        AddIndexConcurrently(
            "conversation",
            models.Index(fields=["author", "-last_activity_at"], name="conversation_author_active"),
        ),
        AddIndexConcurrently(
            "conversation",
            models.Index(
                fields=["community", "-created_at"],
                condition=models.Q(kind__in=["experience", "announcement"]),
                name="conversation_told",
            ),
        ),
        AddIndexConcurrently(
            "conversation",
            models.Index(
                fields=["community", "-accepted_at"],
                condition=models.Q(accepted_at__isnull=False),
                name="conversation_resolved",
            ),
        ),
        AddIndexConcurrently(
            "conversationtheme",
            models.Index(fields=["theme", "-conversation"], name="conversation_theme_newest"),
        ),
    ]
