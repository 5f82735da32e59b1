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


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_style_handler_or_script_is_written_into_a_template(path):
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"<[^>]*\sstyle\s*=", text), "style="
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text), "on*="
    assert not re.search(r"<[^>]*\shx-on", text), "hx-on"
    assert "<style" not in text
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text)), "inline script"
    assert "javascript:" not in text
    assert "js:{" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_icon_a_template_names_is_drawn(path, drawn):
    named = {one or other for one, other in ICON.findall(path.read_text())}
    assert named <= drawn, "draw it with: make frontend"


def test_every_icon_python_names_is_drawn(drawn):
    for path in SOURCE.glob("*/**/*.py"):
        if "tests" not in path.parts:
            named = {one or other for one, other in ICON_IN_PYTHON.findall(path.read_text())}
            assert named <= drawn, f"{name(path)}: draw it with: make frontend"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_icon_is_drawn_past_the_tag(path):
    assert "icons.svg#" not in path.read_text()
