"""What Passeur imports, it asks for itself: a package brought by another may leave with it."""

import ast
import itertools
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOR_TYPES = {"django-stubs-ext"}
"""Only a type checker reads its import; `django-stubs` brings it."""


def imported():
    """The packages (of the index) that the product imports, tests apart, with a file that does."""
    names: dict[str, Path] = {}
    for path in sorted((ROOT / "src").rglob("*.py")):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules = [node.module]
            else:
                continue
            names |= dict.fromkeys((module.partition(".")[0] for module in modules), path)
    provided = metadata.packages_distributions()
    return {
        canonical(provided[name][0]): path
        for name, path in names.items()
        if name not in sys.stdlib_module_names and name in provided and name not in ("passeur", "tests")
    }


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def package_of(line):
    """The package of a line such as `django>=5.2` or `psycopg[binary]`."""
    return canonical(re.split(r"[^\w.-]", line, maxsplit=1)[0])


def declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]
    names = {package_of(line) for line in lines}
    extras = {
        canonical(part)
        for line in lines
        if (found := re.match(r"([\w.-]+)\[([\w,]+)\]", line))
        for part in [f"{found[1]}-{extra}" for extra in found[2].split(",")]
    }
    return names | extras


def test_every_package_that_is_imported_is_declared():
    found = imported()
    assert {"django", "cryptography", "beautifulsoup4"} <= found.keys()
    assert {name: path for name, path in found.items() if name not in declared() | FOR_TYPES} == {}


def test_every_declared_package_is_locked():
    locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements/dev.txt").read_text(), re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = {package_of(line) for line in project["dependencies"]}
    assert asked <= locked
