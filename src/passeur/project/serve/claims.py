"""What must be free before anything starts: the port, and the data folder."""

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from passeur.foundation.errors import PasseurError
from passeur.foundation.postgres.lease import open_lock
from passeur.foundation.terminal import gettext as _


class PortUnusable(PasseurError):
    """Nobody can be served on that port; the sentence says why and what to do."""


class AlreadyServing(PasseurError):
    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(
            _(
                "Un Passeur sert déjà ce dossier de données ({folder} ; {holder}) : arrêtez-le, "
                "ou choisissez un "
                "autre dossier avec DATA_DIR."
            ).format(folder=folder, holder=holder or "?")
        )


def require_port(host: str, port: int) -> None:
    """Raise unless `port` can be listened on now."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise PortUnusable(_sentence(error, host, port)) from error
    except OverflowError as error:
        raise PortUnusable(_("Le port {port} n’existe pas.").format(port=port)) from error


def _sentence(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return _(
            "Le port {port} de {host} est déjà pris par un autre programme : arrêtez-le, ou "
            "choisissez un autre "
            "port (PORT={other})."
        ).format(port=port, host=host, other=port + 1)
    if error.errno == errno.EACCES:
        return _(
            "Ce compte n’a pas le droit d’écouter sur le port {port} : choisissez-en un au-dessus de 1023 "
            "(PORT=8000), un serveur mandataire fera le reste."
        ).format(port=port)
    return _("Impossible d’écouter sur {host}:{port} : {detail}.").format(
        host=host, port=port, detail=error.strerror or error
    )


@contextmanager
def data_folder(folder: Path, address: str) -> Iterator[None]:
    """Be the only `serve` of a data folder; the claim goes with the process, even a killed one."""
    with open_lock(folder / "serve.lock") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyServing(folder, file.read().strip()) from None
        file.truncate()
        file.write(f"{os.getpid()}, {address}")
        file.flush()
        yield
        file.seek(0)
        file.truncate()
