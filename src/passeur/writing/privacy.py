"""What the writing room holds about a person: texts not yet published, and the files they brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.accounts.protocols import (
    Attachment,
    Fate,
    Known,
    Move,
    PersonalData,
    Traces,
    holds_personal_data,
)

from . import models, queries, services
from .adapters import disk
from .protocols import places

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json


@holds_personal_data
class DraftsAndFiles(PersonalData):
    """Drafts are read by their writer alone; files by whoever may read the text that shows them."""

    order = 15
    covers = {
        "draft.member": "deleted",
        "draft.place": "deleted with the draft; keys only",
        "draft.fields": "deleted; out of the drafts of others the name is taken",
        "draft.set_aside": "deleted; out of the drafts of others the name is taken",
        "publication.member": "deleted",
        "publication.sheet": "random; deleted",
        "publication.digest": "of words that were published; deleted",
        "publication.address": "an address of ours; deleted",
        "attachment.owner": "deleted; the texts keep the description in words",
        "attachment.name": "deleted; a name in it is taken out of the files of others",
        "attachment.key": "random; deleted",
        "blob.sha256": "of the bytes; deleted with the last attachment",
        "blob.content_type": "a sort of file",
        "use.kind": "the name of a sort of text",
    }

    def known(self, member: Member) -> Iterable[Known]:
        if count := models.Draft.objects.filter(member=member).count():
            yield Known(
                ngettext("Un brouillon", "%(n)s brouillons", count) % {"n": count},
                _("Ne rien perdre de ce que vous écrivez"),
                _("Vous ; qui modifie le même texte apprend que vous en avez un brouillon"),
                _("90 jours après votre dernière modification"),
                (Move(_("Voir"), reverse("writing:drafts")),),
            )
        if count := models.Attachment.objects.filter(owner=member).count():
            told = {"n": count, "size": filesizeformat(queries.space_taken(member))}
            yield Known(
                ngettext(
                    "Un fichier que vous avez joint (%(size)s)",
                    "%(n)s fichiers que vous avez joints (%(size)s)",
                    count,
                )
                % told,
                _("Montrer ce que vous expliquez"),
                _("Qui peut lire le texte où il est"),
                _("Tant qu’un texte le montre"),
            )

    def export(self, member: Member) -> Mapping[str, Json]:
        drafts = models.Draft.objects.filter(member=member).order_by("pk")
        files = models.Attachment.objects.filter(owner=member).select_related("blob").order_by("pk")
        open_now = places(member, set(drafts.values_list("place", flat=True)))
        return {
            "drafts": (
                {
                    # Of a place that is closed to them its number, or nothing: a name is its community's.
                    "place": draft.place
                    if draft.place in open_now or draft.place.partition(":")[2].isdigit()
                    else draft.place.partition(":")[0],
                    "fields": draft.fields,
                    "set_aside": draft.set_aside,
                    "created_at": draft.created_at,
                    "saved_at": draft.saved_at,
                }
                for draft in drafts.iterator(chunk_size=500)
            ),
            "files": (
                {
                    "name": file.name,
                    "path": f"files/{_path_of(file)}",
                    "type": file.blob.content_type,
                    "bytes": file.blob.size,
                    "joined_at": file.created_at,
                }
                for file in files.iterator(chunk_size=500)
            ),
        }

    def attachments(self, member: Member) -> Iterable[Attachment]:
        files = models.Attachment.objects.filter(owner=member).select_related("blob").order_by("pk")
        for file in files.iterator(chunk_size=500):
            try:
                content = disk.read(file.blob.sha256)
            except OSError:
                continue  # its bytes are gone; the list above still says that it was there
            yield Attachment(_path_of(file), content)

    def fate(self, member: Member) -> Fate:
        return Fate(
            goes=(
                _("vos brouillons"),
                _("les images et les fichiers que vous avez joints ; leur description reste dans le texte"),
            )
        )

    def erase(self, member: Member, traces: Traces) -> None:
        services.erase_writer(member, traces)


def _path_of(file: models.Attachment) -> str:
    """One folder for each, so that two of the same name do not meet."""
    return f"{file.pk}/{file.name}"
