"""Mail to people: rendered in the recipient's language, as text and HTML, for a job to send."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac

PATIENCE = 12
"""Tries of a job that mails, waiting 2, 4, 8 … seconds in between: more than two hours in all."""

AUTOMATIC = {
    # A machine wrote this (RFC 3834): no absence notice answers it. Exchange reads its own header.
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "All",
}


_BREAKS = re.compile(r"[^\S\u00a0\u202f]+")  # all white space but the spaces of French typography


def domain() -> str:
    """The domain in the name of which mail leaves."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def message_id(key: str) -> str:
    """The Message-ID of what `key` names: always the same, so that a second copy is known to be one."""
    return f"<{salted_hmac('passeur.mail', key, algorithm='sha256').hexdigest()[:32]}@{domain()}>"


def compose(
    to: str,
    template: str,
    *,
    language: str,
    context: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
    envelope: str = "",
) -> EmailMultiAlternatives:
    """The message of the templates `<template>_subject.txt`, `.txt` and `.html`.

    They get `origin` (the address of this Passeur, without a slash) and `language`. `envelope` is where the
    mail server sends it back to, when that is not the address it comes from.
    """
    with translation.override(language):
        filled = {"origin": settings.ORIGIN, **context, "language": language}
        subject = _BREAKS.sub(" ", render_to_string(f"{template}_subject.txt", filled)).strip()
        message = EmailMultiAlternatives(subject, render_to_string(f"{template}.txt", filled), to=[to])
        message.attach_alternative(render_to_string(f"{template}.html", filled), "text/html")
    message.extra_headers = {**AUTOMATIC, **(headers or {})}
    if envelope:
        message.extra_headers["From"] = message.from_email
        message.from_email = envelope
    return message


def post(to: str, template: str, *, language: str, context: Mapping[str, Any], key: str = "") -> None:
    """Compose and send at once. It waits for the mail server: call it in jobs, with `retry=PATIENCE`.

    `key` names the message, so that it keeps its Message-ID when its job runs again.
    """
    headers = {"Message-ID": message_id(key)} if key else None
    compose(to, template, language=language, context=context, headers=headers).send()
