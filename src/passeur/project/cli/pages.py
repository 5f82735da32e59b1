"""The help of a command: what it does, examples, what it prints, how it ends."""

from collections.abc import Sequence

from passeur.foundation.terminal import gettext as _


def page(
    *paragraphs: str,
    examples: Sequence[tuple[str, str]] = (),
    prints: str = "",
    codes: Sequence[tuple[int, str]] = (),
) -> str:
    """A help text for click; the first paragraph's first sentence is the command's short help."""
    parts = list(paragraphs)
    if examples:
        width = max(len(command) for command, _why in examples)
        lines = [f"  {command:{width}}  {why}".rstrip() for command, why in examples]
        parts.append("\b\n" + "\n".join([_("Exemples :"), *lines]))
    if prints:
        parts.append(_("Affiche : {what}").format(what=prints))
    endings = [
        (0, _("fait")),
        *codes,
        (1, _("refusé, avec une phrase qui dit pourquoi")),
        (2, _("mal appelé")),
    ]
    endings.append((130, _("interrompu (Ctrl-C)")))
    lines = [f"  {code:<4} {meaning}" for code, meaning in endings]
    parts.append("\b\n" + "\n".join([_("Codes de sortie :"), *lines]))
    return "\n\n".join(parts)
