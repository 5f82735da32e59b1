"""A page stays light: 10 kB of style and 75 kB of fonts, compressed, for a page in a Latin language."""

import gzip
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.staticfiles import finders
from django.core.management import call_command

import passeur
from passeur.foundation.tests.files import static_file

STYLE, FONTS, OWN_SCRIPT, NAMING = 10_000, 75_000, 8_000, 3_000
SHARED = ["foundation/tokens.css", "foundation/components.css"]


def compressed(*names: str) -> int:
    return sum(len(gzip.compress(static_file(name).read_bytes(), 9)) for name in names)


def room_styles() -> list[str]:
    rooms = [config.label for config in apps.get_app_configs() if config.name.startswith("passeur.")]
    own = [f"{room}/{room}.css" for room in rooms if finders.find(f"{room}/{room}.css")]
    return [*own, "foundation/gate.css"]


@pytest.mark.parametrize("own", room_styles())
def test_the_style_of_a_page_is_within_its_budget(own):
    assert compressed(*SHARED, own) <= STYLE


def pages_with_styles() -> dict[str, list[str]]:
    """By template, every style that it may ask for beside those of all pages."""
    source = Path(passeur.__file__).parent
    found = {}
    for path in source.glob("*/templates/**/*.html"):
        names = re.findall(r"""static ['"]([\w/.-]+\.css)['"]""", path.read_text())
        found[str(path.relative_to(source))] = [name for name in names if name not in SHARED]
    return {name: styles for name, styles in found.items() if styles}


@pytest.mark.parametrize(("page", "styles"), pages_with_styles().items())
def test_all_the_styles_of_a_page_together_are_within_the_budget(page, styles):
    assert compressed(*SHARED, *styles) <= STYLE


def test_the_fonts_of_a_latin_page_are_within_their_budget():
    assert (
        compressed("foundation/fonts/figtree-latin.woff2", "foundation/fonts/literata-latin.woff2") <= FONTS
    )


def test_our_own_script_is_small():
    folder = static_file("foundation/js/passeur.js").parent
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in folder.glob("*.js")) <= OWN_SCRIPT


def test_the_script_that_offers_people_is_small_and_comes_only_when_a_field_asks():
    assert compressed("foundation/naming/people.js") <= NAMING
    asking = static_file("foundation/js/editor.js").read_text()
    assert 'import("../naming/people.js")' in asking
    assert "naming" not in static_file("foundation/js/passeur.js").read_text()


@pytest.mark.parametrize("letter", ["é", "œ", "ł", "ő", "ș", "\u202f", "’", "−"])
def test_each_letter_of_a_name_has_a_font_that_says_it_has_it(letter):
    css = static_file("foundation/tokens.css").read_text()
    ranges = [
        (int(start, 16), int(end or start, 16))
        for start, end in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", css)
    ]
    assert any(start <= ord(letter) <= end for start, end in ranges)


def test_every_file_a_style_asks_for_is_there():
    for name in [*SHARED, *room_styles()]:
        path = static_file(name)
        for wanted in re.findall(r"url\(([^)\"']+)\)", path.read_text()):
            assert (path.parent / wanted).exists(), f"{name} asks for {wanted}"


def test_static_files_can_be_collected_under_the_names_browsers_keep(settings, tmp_path):
    """Every address in a style and every import in a script leads to a file that is there."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "passeur.foundation.storage.HashedStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    script = next((tmp_path / "foundation" / "js").glob("passeur.*.js")).read_text()
    assert re.search(r'import ?"\./keyboard\.\w{12}\.js"', script)
    editor = next((tmp_path / "foundation" / "js").glob("editor.*.js")).read_text()
    assert re.search(r'import\("\.\./naming/people\.\w{12}\.js"\)', editor)
    style = next((tmp_path / "foundation").glob("tokens.*.css")).read_text()
    assert re.search(r"figtree-latin\.\w{12}\.woff2", style)
