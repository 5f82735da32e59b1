"""Mail to people: rendered in the recipient's language, as text and HTML, for a job to send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation


def post(to: str, template: str, *, language: str, context: Mapping[str, Any]) -> None:
    """Send the templates `<template>_subject.txt`, `.txt` and `.html`.

    They get `origin` (the address of this Passeur, without a slash) and `language`.
    It waits for the mail server: call it in jobs.
    """
    with translation.override(language):
        filled = {"origin": settings.ORIGIN, **context, "language": language}
        subject = " ".join(render_to_string(f"{template}_subject.txt", filled).split())
        message = EmailMultiAlternatives(subject, render_to_string(f"{template}.txt", filled), to=[to])
        message.attach_alternative(render_to_string(f"{template}.html", filled), "text/html")
    message.send()
