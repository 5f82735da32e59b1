"""What the foundation does when a session ends: the pages that it keeps open stop being told anything."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from passeur.foundation import live


@receiver(post_delete, sender=Session)
def stop_telling(instance: Session, **_: Any) -> None:
    """Look at once at what its member may still listen to; a session past its time is silent already."""
    member = instance.get_decoded().get(SESSION_KEY) if instance.expire_date > timezone.now() else None
    if member is not None:
        with transaction.atomic():
            live.rights_changed(int(member))
