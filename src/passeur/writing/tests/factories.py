"""Drafts and files for tests."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory
from PIL import Image

from passeur.accounts.tests.factories import MemberFactory

from .. import services
from ..models import Attachment, Blob, Draft, Publication, Use


class DraftFactory(DjangoModelFactory[Draft]):
    """An answer begun."""

    class Meta:
        model = Draft

    member = SubFactory(MemberFactory)
    place = Sequence(lambda n: f"conversations.reply:{n}")
    fields = LazyFunction(lambda: {"body": ["Gardez la plus récente."]})


class PublicationFactory(DjangoModelFactory[Publication]):
    """A form that was published."""

    class Meta:
        model = Publication

    member = SubFactory(MemberFactory)
    sheet = Sequence(lambda n: f"feuille{n}")
    digest = "0" * 64


class BlobFactory(DjangoModelFactory[Blob]):
    """Bytes that are in the database only; `picture` and `document` make whole files."""

    class Meta:
        model = Blob

    sha256 = Sequence(lambda n: f"{n:064x}")
    size = 1000
    content_type = "application/pdf"


class AttachmentFactory(DjangoModelFactory[Attachment]):
    """A file that somebody brought."""

    class Meta:
        model = Attachment

    blob = SubFactory(BlobFactory)
    owner = SubFactory(MemberFactory)
    name = "plan.pdf"


class UseFactory(DjangoModelFactory[Use]):
    """A text that shows a file."""

    class Meta:
        model = Use

    attachment = SubFactory(AttachmentFactory)
    kind = "conversations.contribution"
    object_id = 1


def image_bytes(kind="PNG", *, size=(40, 30), colour="teal", **options) -> bytes:
    """An image as a camera or a program writes it."""
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, kind, **options)
    return made.getvalue()


def stored(by, content: bytes | None = None, name: str = "photo.png") -> Attachment:
    """A file that is really there."""
    return brought(by, image_bytes() if content is None else content, name).attachment


def brought(by, content: bytes, name: str) -> services.Brought:
    """The same, with what is said beside it."""
    return services.store(content=io.BytesIO(content), name=name, by=by)


def shown_in(text: int, *, by) -> Attachment:
    """A file that is really there, and that the contribution of that key shows."""
    made = stored(by, b"%PDF-1.7 un plan", "plan.pdf")
    UseFactory.create(attachment=made, object_id=text)
    return made


def sent(content: bytes | None = None, name: str = "photo.png") -> SimpleUploadedFile:
    """A file as a browser sends it; what it says of its type counts for nothing."""
    return SimpleUploadedFile(name, image_bytes() if content is None else content, content_type="text/html")
