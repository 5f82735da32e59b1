"""Templates of every room keep to the strict policy of the browser, and to what exists."""

import re
from pathlib import Path

import pytest

import passeur
from passeur.foundation.tests.files import static_file

SOURCE = Path(passeur.__file__).parent
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
ICON = re.compile(r"""\{%\s*icon\s+["']([\w-]+)["']|\bicon=["']([\w-]+)["']""")
ICON_IN_PYTHON = re.compile(r"""\bIcon\(\s*["']([\w-]+)["']|\bicon\s*(?::\s*\w+\s*)?=\s*["']([\w-]+)["']""")


def name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.fixture(scope="module")
def drawn() -> set[str]:
    return set(re.findall(r'<symbol id="([\w-]+)"', static_file("foundation/icons.svg").read_text()))


# All templates in one test: there are hundreds, and each takes less than what surrounds a test.
def test_no_style_handler_or_script_is_written_into_a_template():
    assert {name(path): wrong for path in TEMPLATES if (wrong := forbidden(path.read_text()))} == {}


FORBIDDEN = (
    r"<[^>]*\sstyle\s*=",
    r"<[^>]*\son[a-z]+\s*=",
    r"<[^>]*\shx-on",
    "<style",
    "javascript:",
    r"js:\{",
)


def forbidden(text: str) -> list[str]:
    """What stands in a template that the policy of the browser forbids."""
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.DOTALL)
    inline = [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag]
    return [found[0] for pattern in FORBIDDEN if (found := re.search(pattern, text))] + inline


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">', "<a\nonclick = 'go()'>", '<div hx-on:click="go()">', "<style>",
        "<script>go()</script>", '<a href="javascript:go()">', "<div hx-vals='js:{a: 1}'>",
    ],
)  # fmt: skip
def test_each_of_them_would_be_noticed(text):
    assert forbidden(f"<h1>Bonjour</h1>{text}")
    assert not forbidden(f"{{# {text} #}}<script src='/static/there.js'></script>")


def test_every_icon_a_template_names_is_drawn(drawn):
    named = {path: {one or other for one, other in ICON.findall(path.read_text())} for path in TEMPLATES}
    # To draw them: make frontend
    assert {name(path): icons - drawn for path, icons in named.items() if icons - drawn} == {}


def test_every_icon_python_names_is_drawn(drawn):
    for path in SOURCE.glob("*/**/*.py"):
        if "tests" not in path.parts:
            named = {one or other for one, other in ICON_IN_PYTHON.findall(path.read_text())}
            assert named <= drawn, f"{name(path)}: draw it with: make frontend"


def test_no_icon_is_drawn_past_the_tag():
    assert [name(path) for path in TEMPLATES if "icons.svg#" in path.read_text()] == []
