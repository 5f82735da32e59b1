"""The list of decisions is whole, and names each as it names itself."""

from pathlib import Path

RECORDS = Path(__file__).resolve().parents[2] / "docs" / "decisions"


def test_each_decision_is_listed_by_its_own_title():
    listed = [line for line in (RECORDS / "README.md").read_text().splitlines() if line.startswith("- ")]
    records = sorted(RECORDS.glob("0*.md"))
    titles = [record.read_text().splitlines()[0].removeprefix("# ") for record in records]
    assert listed == [
        f"- {record.name[:4]}: [{title}]({record.name})"
        for record, title in zip(records, titles, strict=True)
    ]
