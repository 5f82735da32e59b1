"""Nothing is there for show: no empty function, no note of what should be, nothing of one machine."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sorted(
    path
    for folder in ("src", "tests", "tools", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
OF_A_MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/|https?://[^\s\"')]*/simple/?")
TEXTS = {
    ".py",
    ".md",
    ".txt",
    ".toml",
    ".yaml",
    ".yml",
    ".html",
    ".css",
    ".js",
    ".mjs",
    ".json",
    ".po",
    ".cfg",
    "",
}


def tracked() -> list[Path]:
    """What is committed, or would be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and path.suffix in TEXTS]


def is_hollow(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (bool(body) and all(isinstance(line, ast.Pass) for line in body)) or any(
        isinstance(line, ast.Raise) and "NotImplementedError" in ast.dump(line) for line in body
    )


def function(source: str) -> ast.FunctionDef:
    (node,) = ast.parse(source).body
    assert isinstance(node, ast.FunctionDef)
    return node


def test_every_function_does_something():
    hollow = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in PYTHON
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and is_hollow(node)
    ]
    assert hollow == []


@pytest.mark.parametrize(
    "source", ["def f():\n pass", "def f():\n 'Doc.'\n pass", "def f():\n raise NotImplementedError"]
)
def test_what_is_hollow(source):
    assert is_hollow(function(source))


def test_a_function_with_only_a_docstring_or_an_ellipsis_is_a_declaration():
    assert not is_hollow(function("def f():\n ..."))


def test_no_note_of_unfinished_work():
    notes = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert notes == []


def test_nothing_names_the_machine_it_was_made_on():
    named = [
        f"{path.relative_to(ROOT)}:{number} {line.strip()[:80]}"
        for path in tracked()
        if path != Path(__file__) and "vendor" not in path.parts
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if OF_A_MACHINE.search(line)
    ]
    assert named == []


def test_no_file_is_too_long_to_read():
    long = {
        str(path.relative_to(ROOT)): count
        for path in PYTHON
        if (count := len(path.read_text().splitlines())) > 400
    }
    assert long == {}
