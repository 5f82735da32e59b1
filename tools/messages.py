"""`make messages`: bring the catalogues up to the messages in the code, without GNU gettext.

The messages are French. The French catalogue, written here, repeats them with the spaces that typography
asks for and the plural rule of French (zero is singular). The English one must be complete; a test holds it
to that. Files of translations given as arguments are filled in first, a line each: French<TAB>English,
context<TAB>French<TAB>English, or singular<TAB>plural<TAB>English singular<TAB>English plural.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

import hatch_build
from passeur.foundation import typography

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "passeur"
ENGLISH = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
FRENCH = SOURCE / "locale" / "fr" / "LC_MESSAGES" / "django.po"

# Which arguments of a call are the context, the message and its plural.
CALLS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"], (None, 0, None)),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (None, 0, 1)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], (0, 1, None)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], (0, 1, 2)),
}
_STRING = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_IN_TEMPLATE = re.compile(
    rf"\b(gettext|_|ngettext|pgettext|npgettext)\(\s*{_STRING}(?:\s*,\s*{_STRING})?(?:\s*,\s*{_STRING})?"
)
HEADER = {
    "Project-Id-Version": "Passeur",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
_VALUE = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
_MARK = "\ue100"
PLURALS = {"en": "nplurals=2; plural=(n != 1);", "fr": "nplurals=2; plural=(n > 1);"}


@dataclass(slots=True)
class Message:
    """A message of the code, and the files it is in."""

    text: str
    plural: str | None = None
    context: str | None = None
    places: set[str] = field(default_factory=set)


class NotConstant(Exception):
    """A message that is computed, which no catalogue can hold."""


def extract(source: Path = SOURCE) -> dict[tuple[str | None, str], Message]:
    """Every message of the Python files and the templates."""
    found: dict[tuple[str | None, str], Message] = {}
    for path in sorted(source.rglob("*")):
        parts = path.relative_to(source).parts
        if "tests" in parts or "migrations" in parts or "static" in parts:
            continue
        if path.suffix == ".py":
            messages = _in_python(path)
        elif "templates" in parts and path.is_file():
            messages = _in_template(path)
        else:
            continue
        for message in messages:
            known = found.setdefault((message.context, message.text), message)
            known.plural = known.plural or message.plural
            known.places.add(path.relative_to(source).as_posix())
    return found


def _in_python(path: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(path.read_text(), str(path))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if (
            name in CALLS
            and node.args
            and not isinstance(node.args[0], ast.Name | ast.Attribute | ast.Starred)
        ):
            yield _message(name, [_constant(path, argument) for argument in node.args[:3]])


def _constant(path: Path, argument: ast.expr) -> str:
    if isinstance(argument, ast.Constant):
        return str(argument.value)
    if isinstance(argument, ast.JoinedStr):
        raise NotConstant(f"{path}:{argument.lineno}: a message must not be an f-string")
    return ""


def _in_template(path: Path) -> Iterator[Message]:
    for match in _IN_TEMPLATE.finditer(templatize(path.read_text(), origin=str(path))):
        name, *strings = match.groups()
        yield _message(name, [ast.literal_eval(string) for string in strings if string])


def _message(name: str, strings: list[str]) -> Message:
    context, text, plural = CALLS[name]
    return Message(
        strings[text],
        plural=None if plural is None else strings[plural],
        context=None if context is None else strings[context],
    )


Messages = dict[tuple[str | None, str], Message]


def french(messages: Messages) -> polib.POFile:
    """Every message as French typesets it: narrow spaces, no-break spaces, apostrophes."""
    made = update(polib.POFile(), messages, "fr")
    for entry in made:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: typeset(entry.msgid), 1: typeset(entry.msgid_plural)}
        else:
            entry.msgstr = typeset(entry.msgid)
    return made


def typeset(text: str) -> str:
    """The message with French spaces; what stands for a value, and HTML, are left as they are."""
    values = iter(_VALUE.findall(text))
    return re.sub(_MARK, lambda _: next(values), typography.french_html(_VALUE.sub(_MARK, text)))


def update(catalogue: polib.POFile, messages: Messages, language: str = "en") -> polib.POFile:
    """The catalogue of exactly these messages, with the translations that it had."""
    had = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    made = polib.POFile(wrapwidth=100)
    made.metadata = HEADER | {"Language": language, "Plural-Forms": PLURALS[language]}
    for key, message in sorted(messages.items(), key=lambda item: (item[1].text, item[0][0] or "")):
        old = had.get(key)
        entry = polib.POEntry(
            msgid=message.text,
            msgctxt=message.context,
            occurrences=[(place, "") for place in sorted(message.places)],
            flags=_flags(message),
        )
        if message.plural is None:
            entry.msgstr = old.msgstr if old else ""
        else:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = (old.msgstr_plural if old else None) or {0: "", 1: ""}
        made.append(entry)
    return made


def _flags(message: Message) -> list[str]:
    if re.search(r"%\(\w+\)[sd]", message.text):
        return ["python-format"]
    return ["python-brace-format"] if re.search(r"\{\w*[^}]*\}", message.text) else []


def fill(catalogue: polib.POFile, table: Path) -> None:
    """Take the translations of a table into the catalogue."""
    entries = {(entry.msgctxt, entry.msgid, entry.msgid_plural): entry for entry in catalogue}
    for line in table.read_text().splitlines():
        cells = [cell.replace("\\n", "\n") for cell in line.split("\t")]
        if len(cells) == 2 and (entry := entries.get((None, cells[0], ""))):
            entry.msgstr = cells[1]
        elif len(cells) == 3 and (entry := entries.get((cells[0], cells[1], ""))):
            entry.msgstr = cells[2]
        elif len(cells) == 4 and (entry := entries.get((None, cells[0], cells[1]))):
            entry.msgstr_plural = {0: cells[2], 1: cells[3]}


def main(tables: list[str]) -> int:
    """Update, fill, compile; exit 1 while a message has no translation."""
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    old = polib.pofile(str(ENGLISH)) if ENGLISH.exists() else polib.POFile()
    messages = extract()
    french(messages).save(str(FRENCH))
    catalogue = update(old, messages)
    for table in tables:
        fill(catalogue, Path(table))
    catalogue.save(str(ENGLISH))
    hatch_build.compile_catalogues()
    waiting = catalogue.untranslated_entries()
    for entry in waiting:
        print(f"{', '.join(place for place, _line in entry.occurrences)}\t{entry.msgid}")
    print(f"{len(catalogue)} messages, {len(waiting)} without translation.")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
