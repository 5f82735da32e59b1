"""Rooms meet at their doors only: never another room's models, views or forms."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "passeur"
DOORS = {"services", "queries", "policies", "events", "protocols", "choices", "errors"}
WHOLE = {"foundation", "algorithms"}
LENT = {"factories", "told"}
"""What tests of a room lend to those of others: how its things are made, how the measures hear of them."""
ROOMS = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything a file imports from the product, whole names where they are known."""
    package = ["passeur", *path.relative_to(SOURCE).parts[:-1]]
    tree = ast.parse(path.read_text())
    typing_only = _typing_only(tree)
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*package[: len(package) - node.level + 1], *([base] if base else [])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def _typing_only(tree: ast.Module) -> set[int]:
    """Imports under `if TYPE_CHECKING:` name types in signatures: nothing is reached through them."""
    return {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for child in ast.walk(node)
    }


def is_a_door(importer: Path, name: str) -> bool:
    parts = name.split(".")
    if parts[0] != "passeur" or len(parts) < 3:
        return True
    room = parts[1]
    own = importer.relative_to(SOURCE).parts[0]
    if own == "project" and room == "integrations":
        return True  # the roof wires each connector, which is a folder with its own front
    if room == own or room in WHOLE or room not in ROOMS or parts[2] in DOORS:
        return True
    in_tests = "tests" in importer.relative_to(SOURCE).parts
    return in_tests and parts[2] == "tests" and (len(parts) < 4 or parts[3] in LENT)


FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_goes_through_the_doors_of_others(room):
    crossings = [
        f"{path.relative_to(SOURCE)}:{line} imports {name}"
        for path in FILES
        if path.relative_to(SOURCE).parts[0] == room
        for line, name in imports_of(path)
        if not is_a_door(path, name)
    ]
    assert crossings == []


@pytest.mark.parametrize(
    ("name", "passes"),
    [
        ("passeur.skills.models.Theme", False),
        ("passeur.skills.queries.tree", True),
        ("passeur.skills.views", False),
        ("passeur.foundation.text.fold", True),
        ("passeur.desk.models.Action", True),
        ("django.db.models", True),
        ("passeur.skills.tests.factories.ThemeFactory", False),
    ],
)
def test_what_counts_as_a_door(name, passes):
    assert is_a_door(SOURCE / "desk" / "views.py", name) is passes


def test_tests_may_use_the_factories_of_other_rooms_and_nothing_else_of_their_tests():
    importer = SOURCE / "desk" / "tests" / "test_cues.py"
    assert is_a_door(importer, "passeur.skills.tests.factories.ThemeFactory")
    assert not is_a_door(importer, "passeur.skills.tests.test_tree")
