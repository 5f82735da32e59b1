"""The help of a command: what it does, examples, what it prints, how it ends."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from passeur.foundation.terminal import gettext as _

WIDEST = 96


def page(
    *paragraphs: str,
    examples: Sequence[tuple[str, str]] = (),
    prints: str = "",
    codes: Mapping[int, str] = MappingProxyType({}),
) -> str:
    """A help text for click; `codes` says what an exit code means where it means more than usual."""
    parts = list(paragraphs)
    if examples:
        parts.append("\b\n" + "\n".join([_("Exemples :"), *_examples(examples)]))
    if prints:
        parts.append(_("Affiche : {what}").format(what=prints))
    meanings = {
        0: _("fait"),
        1: _("refusé, avec une phrase qui dit pourquoi"),
        2: _("mal appelé"),
        130: _("interrompu (Ctrl-C)"),
    } | dict(codes)
    lines = [f"  {code:<4} {meaning}" for code, meaning in sorted(meanings.items())]
    parts.append("\b\n" + "\n".join([_("Codes de sortie :"), *lines]))
    return "\n\n".join(parts)


def _examples(examples: Sequence[tuple[str, str]]) -> list[str]:
    """In two columns where they fit, else each explanation under its command."""
    width = max(len(command) for command, _why in examples)
    if width + max(len(why) for _command, why in examples) + 4 <= WIDEST:
        return [f"  {command:{width}}  {why}".rstrip() for command, why in examples]
    lines = []
    for command, why in examples:
        lines += [f"  {command}", *([f"      {why}"] if why else [])]
    return lines
