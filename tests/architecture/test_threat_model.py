"""Each test that the threat model names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "explanation" / "security.md").read_text()
NAMED = re.findall(r"^- `([^`]+)::(test_\w+)`$", TEXT, re.MULTILINE)


def test_every_test_that_the_threat_model_names_is_there():
    assert len(NAMED) > 20
    gone = [f"{path}::{name}" for path, name in NAMED if f"def {name}(" not in (ROOT / path).read_text()]
    assert gone == []


def test_every_threat_names_a_test():
    parts = TEXT.split("\n## ")[1:-1]
    assert [part.splitlines()[0] for part in parts if "::test_" not in part] == []
