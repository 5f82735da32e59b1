"""What can be wrong with a backup or a restoration, one sentence each."""

from pathlib import Path

from passeur.foundation.errors import PasseurError
from passeur.foundation.terminal import gettext as _


class BackupError(PasseurError):
    """Nothing was made or changed; the sentence says why and what to do."""


class AlreadyThere(BackupError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{path} existe déjà : donnez un autre nom, ou un dossier où Passeur le choisira.").format(
                path=path
            )
        )


class NoRoom(BackupError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            _(
                "Le disque de {folder} est plein : libérez de la place puis recommencez ; rien n’est resté à "
                "moitié écrit."
            ).format(folder=folder)
        )


class NoFolder(BackupError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("Le dossier {folder} n’existe pas : créez-le, puis recommencez.").format(folder=folder)
        )


class NoProgram(BackupError):
    def __init__(self, name: str, version: int, found: list[int]) -> None:
        super().__init__(
            _(
                "Il faut {name} de PostgreSQL {version} ou plus récent, et cette machine a : {found}. "
                "Installez le paquet client de PostgreSQL {version}, puis recommencez."
            ).format(name=name, version=version, found=", ".join(map(str, found)) or _("aucun"))
        )


class ProgramFailed(BackupError):
    def __init__(self, name: str, said: str) -> None:
        super().__init__(_("{name} s’est arrêté : {said}").format(name=name, said=said))


class NotABackup(BackupError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            _(
                "{path} n’est pas une sauvegarde de Passeur, ou il lui manque la fin : prenez une autre "
                "sauvegarde."
            ).format(path=path)
        )


class Damaged(BackupError):
    def __init__(self, path: Path, part: str) -> None:
        super().__init__(
            _(
                "La sauvegarde {path} est abîmée ({part} n’est plus ce qui y a été écrit) : prenez une "
                "autre sauvegarde."
            ).format(path=path, part=part)
        )


class TooNew(BackupError):
    def __init__(self, version: str, more: list[str]) -> None:
        names = f" ({', '.join(more[:3])})" if more else ""
        super().__init__(
            _(
                "Cette sauvegarde vient d’un Passeur plus récent, {version}{names} : installez cette "
                "version, puis recommencez."
            ).format(version=version, names=names)
        )


class ServerTooOld(BackupError):
    def __init__(self, made: int, here: int) -> None:
        super().__init__(
            _(
                "Cette sauvegarde vient d’un PostgreSQL {made} et le serveur est un PostgreSQL {here} : "
                "restaurez-la sur un PostgreSQL {made} ou plus récent."
            ).format(made=made, here=here)
        )


class NotEmpty(BackupError):
    def __init__(self, what: str) -> None:
        super().__init__(
            _(
                "Il y a déjà quelque chose ici ({what}), et rien n’a été touché : restaurez dans un autre "
                "DATA_DIR et une base vide, ou déplacez d’abord ce qui est là."
            ).format(what=what)
        )


class NoExtension(BackupError):
    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "Cette sauvegarde a besoin de l’extension « {name} » : faites-la ajouter à la base par qui "
                "administre le serveur (CREATE EXTENSION {name}), puis recommencez."
            ).format(name=name)
        )


class OtherKey(BackupError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "La clé secrète de cette sauvegarde n’est pas là : donnez-la dans SECRET_KEY. Si elle est "
                "perdue, --other-key restaure sans elle : sessions, liens envoyés, brouillons des "
                "appareils et générateurs de codes ne serviront plus."
            )
        )


class NoLedger(BackupError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Qui a été effacé depuis cette sauvegarde ? Donnez le registre avec --erasures FICHIER "
                "(passeur-erasures.jsonl, à côté des sauvegardes et dans l’ancien DATA_DIR), ou dites "
                "--no-erasures si personne ne l’a été."
            )
        )


class LedgerUnreadable(BackupError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            _(
                "Le registre des effacements {path} est illisible : prenez-en une autre copie, à côté d’une "
                "sauvegarde plus récente."
            ).format(path=path)
        )


class RestoredOtherwise(BackupError):
    def __init__(self, table: str, expected: int, found: int) -> None:
        super().__init__(
            _(
                "La table {table} a {found} lignes au lieu de {expected} : la restauration est annulée, "
                "rien n’en reste."
            ).format(table=table, found=found, expected=expected)
        )


class Unfinished(BackupError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            _(
                "Une restauration dans {folder} s’est arrêtée en chemin : relancez la même commande "
                "« passeur restore », elle reprend du début."
            ).format(folder=folder)
        )
