"""Parts of a page that htmx asks for: which page is it?"""

from urllib.parse import urlsplit

from django.http import HttpRequest


def page_of(request: HttpRequest) -> str:
    """The page that asked for the fragment, as path and query; the front page where that is not said."""
    parts = urlsplit(request.headers.get("HX-Current-URL", ""))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
