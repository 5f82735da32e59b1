"""Where a static file lies, for tests that read it."""

from pathlib import Path

from django.contrib.staticfiles import finders


def static_file(name: str) -> Path:
    """The file that `{% static name %}` serves."""
    found = finders.find(name)
    assert isinstance(found, str), f"no static file is called {name}"
    return Path(found)
