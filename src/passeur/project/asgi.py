"""What each web process serves: streams of live updates by themselves, and every page through Django."""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "passeur.project.settings")
_pages = get_wsgi_application()  # first: it starts Django, which the rest needs

from passeur.foundation.live import endpoint, hub  # noqa: E402
from passeur.project.serve import leaving  # noqa: E402
from passeur.project.serve.bridge import Bridge, Message, Receive, Send  # noqa: E402


class Site:
    """An ASGI application: `/live/` beside everything else."""

    def __init__(self, pages: Any, *, threads: int) -> None:
        self._pages = Bridge(pages, threads=threads)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request, or the life of the process."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            serve = endpoint.live if scope["path"] == endpoint.PATH else self._pages
            await serve(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    hub.open()
    leaving.watch(hub.end_all)
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await hub.close()
    await send({"type": "lifespan.shutdown.complete"})


application = Site(_pages, threads=int(os.environ.get("PASSEUR_THREADS") or 4))
