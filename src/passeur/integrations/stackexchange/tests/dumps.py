"""Small dumps in the published form, written by us: a bakery's questions and answers."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

HEAD = '\ufeff<?xml version="1.0" encoding="utf-8"?>\n'

USERS = [
    {"Id": "-1", "CreationDate": "2020-01-01T00:00:00.000", "DisplayName": "Community"},
    {"Id": "1", "CreationDate": "2020-01-02T08:00:00.000", "DisplayName": "Ada Farine"},
    {"Id": "2", "CreationDate": "2020-01-03T08:00:00.000", "DisplayName": "Bruno Levain"},
    {"Id": "3", "CreationDate": "2020-01-04T08:00:00.000", "DisplayName": "Chloé Fournil"},
]
TAGS = [{"Id": "1", "TagName": "levain", "Count": "2"}, {"Id": "2", "TagName": "cuisson", "Count": "1"}]
POSTS = [
    {
        "Id": "10",
        "PostTypeId": "1",
        "AcceptedAnswerId": "11",
        "CreationDate": "2020-02-01T09:00:00.000",
        "Score": "3",
        "Body": "<p>Mon levain ne lève pas, pourquoi ?</p>\n",
        "OwnerUserId": "1",
        "Title": "Pourquoi mon levain ne lève-t-il pas ?",
        "Tags": "<levain><cuisson>",
    },
    {
        "Id": "11",
        "PostTypeId": "2",
        "ParentId": "10",
        "CreationDate": "2020-02-01T10:00:00.000",
        "Score": "5",
        "Body": '<p>Trop froid : <a href="https://bread.example.com/questions/20/x">voir ici</a>.</p>'
        "<script>alert(1)</script>",
        "OwnerUserId": "2",
        "LastEditDate": "2020-02-02T10:00:00.000",
    },
    {
        "Id": "12",
        "PostTypeId": "2",
        "ParentId": "10",
        "CreationDate": "2020-02-03T10:00:00.000",
        "Score": "-1",
        "Body": "<p>Ajoutez de l’eau.</p>",
        "OwnerDisplayName": "Parti Loin",
    },
    {
        "Id": "20",
        "PostTypeId": "1",
        "CreationDate": "2020-03-01T09:00:00.000",
        "Score": "0",
        "Body": "<p>Encore un levain plat.</p>",
        "OwnerUserId": "3",
        "Title": "Levain plat",
        "Tags": "|levain|",
        "ClosedDate": "2020-03-02T09:00:00.000",
    },
    {"Id": "30", "PostTypeId": "5", "CreationDate": "2020-03-01T09:00:00.000", "Score": "0", "Body": "wiki"},
]
COMMENTS = [
    {
        "Id": "1",
        "PostId": "11",
        "Score": "2",
        "Text": "@BrunoLevain Merci, `25 °C` alors ?",
        "CreationDate": "2020-02-01T11:00:00.000",
        "UserId": "1",
    },
    {
        "Id": "2",
        "PostId": "10",
        "Score": "0",
        "Text": "Quelle farine <T65> & eau ?",
        "CreationDate": "2020-02-01T09:30:00.000",
        "UserId": "3",
    },
]
VOTES = [
    {"Id": "1", "PostId": "11", "VoteTypeId": "1", "CreationDate": "2020-02-05T00:00:00.000"},
    {"Id": "2", "PostId": "11", "VoteTypeId": "2", "CreationDate": "2020-02-02T00:00:00.000"},
    {"Id": "3", "PostId": "11", "VoteTypeId": "2", "CreationDate": "2020-02-02T00:00:00.000"},
    {"Id": "4", "PostId": "11", "VoteTypeId": "3", "CreationDate": "2020-02-02T00:00:00.000"},
    {"Id": "5", "PostId": "12", "VoteTypeId": "3", "CreationDate": "2020-02-04T00:00:00.000"},
    {"Id": "6", "PostId": "10", "VoteTypeId": "5", "CreationDate": "2020-02-04T00:00:00.000"},
]
LINKS = [
    {
        "Id": "1",
        "CreationDate": "2020-03-01T12:00:00.000",
        "PostId": "20",
        "RelatedPostId": "10",
        "LinkTypeId": "3",
    },
    {
        "Id": "2",
        "CreationDate": "2020-03-01T12:00:00.000",
        "PostId": "20",
        "RelatedPostId": "999",
        "LinkTypeId": "1",
    },
]
BADGES = [{"Id": "1", "UserId": "1", "Name": "Student", "Date": "2020-02-01T09:00:00.000"}]

Rows = list[dict[str, str]]
FILES: dict[str, Rows] = {
    "Users": USERS,
    "Tags": TAGS,
    "Posts": POSTS,
    "Comments": COMMENTS,
    "Votes": VOTES,
    "PostLinks": LINKS,
    "Badges": BADGES,
}


def write(folder: Path, **files: Rows | None) -> Path:
    """A dump in `folder`: the bakery's, with the files given instead; None leaves a file out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in {**FILES, **files}.items():
        if rows is not None:
            (folder / f"{name}.xml").write_text(HEAD + text(name, rows), encoding="utf-8")
    return folder


def text(name: str, rows: Rows) -> str:
    lines = [f"  <row {' '.join(f'{key}={_quoted(value)}' for key, value in row.items())} />" for row in rows]
    return "\n".join([f"<{name.lower()}>", *lines, f"</{name.lower()}>"])


def changed(rows: Rows, number: str, **values: str | None) -> Rows:
    """`rows` with other values in the one of that number; None takes an attribute away."""
    return [
        {key: value for key, value in {**row, **values}.items() if value is not None}
        if row["Id"] == number
        else row
        for row in rows
    ]


def without(rows: Rows, *numbers: str) -> Rows:
    return [row for row in rows if row["Id"] not in numbers]


def _quoted(value: str) -> str:
    return quoteattr(value, {"\n": "&#xA;"})
