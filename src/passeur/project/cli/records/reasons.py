"""Why a statement is refused, in the language of the terminal.

The store says it in English, to programs and to their logs. The same sentences are recognised here by what
does not change in them; a test holds this table to all that the store may say of an import.
"""

import re
from collections.abc import Mapping

from passeur.foundation.terminal import gettext
from passeur.foundation.terminal import gettext_noop as _

OF_A_PLACE: Mapping[str, str] = {
    "a group needs members, or one of mbox, mbox_sha1sum, openid and account": _(
        "il faut à un groupe des membres (member), ou mbox, mbox_sha1sum, openid ou account"
    ),
    "a group that vouches has exactly two members and no identifier": _(
        "un groupe qui se porte garant a exactement deux membres et pas d’identifiant"
    ),
    "a group without an identifier needs members": _("il faut des membres à un groupe sans identifiant"),
    "a signature is application/octet-stream": _("une signature est en application/octet-stream"),
    "an agent needs one of mbox, mbox_sha1sum, openid and account": _(
        "il faut à un agent mbox, mbox_sha1sum, openid ou account"
    ),
    "an interaction of type {kind} has none": _("une interaction de type {kind} n’en a pas"),
    "byte {place} is not UTF-8": _("l’octet {place} n’est pas de l’UTF-8"),
    "does not end with its boundary": _("ne finit pas par sa limite (boundary)"),
    "expected Activity": _("« Activity » est attendu"),
    "expected Activity, Agent, Group or StatementRef": _(
        "« Activity », « Agent », « Group » ou « StatementRef » est attendu"
    ),
    "expected Activity, Agent, Group or StatementRef or SubStatement": _(
        "« Activity », « Agent », « Group », « StatementRef » ou « SubStatement » est attendu"
    ),
    "expected Agent": _("« Agent » est attendu"),
    "expected Group": _("« Group » est attendu"),
    "expected StatementRef": _("« StatementRef » est attendu"),
    "expected a JSON object": _("un objet JSON est attendu"),
    "expected a SHA-2 in hexadecimal digits": _("un SHA-2 en chiffres hexadécimaux est attendu"),
    "expected a URI": _("une URI est attendue"),
    "expected a UUID, such as 5b1f6a0e-3c1d-4a53-9f1e-1d1c7a3c8f10": _(
        "un UUID est attendu, comme 5b1f6a0e-3c1d-4a53-9f1e-1d1c7a3c8f10"
    ),
    "expected a date and time of ISO 8601, such as 2026-11-28T09:30:00Z": _(
        "une date et une heure ISO 8601 sont attendues, comme 2026-11-28T09:30:00Z"
    ),
    "expected a duration of ISO 8601, such as PT1H30M": _("une durée ISO 8601 est attendue, comme PT1H30M"),
    "expected a language tag of RFC 5646, such as fr or en-GB": _(
        "une langue de la RFC 5646 est attendue, comme fr ou en-GB"
    ),
    "expected a number": _("un nombre est attendu"),
    "expected a number between min and max": _("un nombre entre min et max est attendu"),
    "expected a number from -1 to 1": _("un nombre de -1 à 1 est attendu"),
    "expected a number of bytes": _("un nombre d’octets est attendu"),
    "expected a string": _("un texte est attendu"),
    "expected an Internet media type, such as image/png": _(
        "un type de média Internet est attendu, comme image/png"
    ),
    "expected an absolute IRI, such as https://example.org/thing": _(
        "une IRI absolue est attendue, comme https://example.org/thing"
    ),
    "expected an address, such as https://example.org/page": _(
        "une adresse est attendue, comme https://example.org/page"
    ),
    "expected an array": _("un tableau est attendu"),
    "expected an object": _("un objet est attendu"),
    "expected at least one type": _("un type au moins est attendu"),
    "expected context{kind}": _("« context{kind} » est attendu"),
    "expected less than max": _("moins que max est attendu"),
    "expected mailto: and an address, such as mailto:lea@example.org": _(
        "mailto: et une adresse sont attendus, comme mailto:lea@example.org"
    ),
    "expected one of {names}": _("l’un de ceux-ci est attendu : {names}"),
    "expected one statement a line, not an array": _("une trace par ligne est attendue, pas un tableau"),
    "expected the 40 hexadecimal digits of a SHA-1": _(
        "les 40 chiffres hexadécimaux d’un SHA-1 sont attendus"
    ),
    "expected true or false": _("true ou false est attendu"),
    "expected {what}": _("« {what} » est attendu"),
    "has a header that cannot be read, or one given twice": _(
        "a un en-tête illisible, ou qui est là deux fois"
    ),
    "has a header that is not text": _("a un en-tête qui n’est pas du texte"),
    "has more than {count} bytes of headers": _("a plus de {count} octets d’en-têtes"),
    "has more than {count} characters: put what is long into an attachment": _(
        "a plus de {count} caractères : mettez ce qui est long dans une pièce jointe"
    ),
    "has more than {count} parts": _("a plus de {count} parties"),
    "has no empty line between its headers and its content": _(
        "n’a pas de ligne vide entre ses en-têtes et son contenu"
    ),
    "holds a null character": _("contient un caractère nul"),
    "holds a number of too many digits": _("contient un nombre de trop de chiffres"),
    "holds half a character (a surrogate without its other half)": _(
        "contient la moitié d’un caractère (un demi-codet sans l’autre)"
    ),
    "is identified in more than one way: {ways}": _("est identifié de plus d’une manière : {ways}"),
    "is longer than {count} bytes": _("a plus de {count} octets"),
    "is nested more than {count} levels deep": _("est imbriqué sur plus de {count} niveaux"),
    "is not a JSON Web Signature in compact form": _("n’est pas une JSON Web Signature en forme compacte"),
    "is not signed with RS256, RS384 or RS512": _("n’est pas signé en RS256, RS384 ou RS512"),
    "is there twice": _("est là deux fois"),
    "lacks its {name}": _("il y manque {name}"),
    "more than {count} bytes of JSON are not read at once: send less at a time": _(
        "plus de {count} octets de JSON ne sont pas lus d’un coup : envoyez-en moins à la fois"
    ),
    "multipart/mixed needs a boundary": _("il faut une limite (boundary) à multipart/mixed"),
    "names a certificate (x5c) that cannot be read": _("nomme un certificat (x5c) illisible"),
    "names a certificate (x5c) without an RSA key": _("nomme un certificat (x5c) sans clé RSA"),
    "not JSON from character {place}": _("n’est plus du JSON à partir du caractère {place}"),
    "signs another statement than this one": _("signe une autre trace que celle-ci"),
    "stands only where the object is an activity": _("n’a sa place que si l’objet est une activité"),
    "the key {key} is given twice": _("la clé {key} est là deux fois"),
    "the key {key} is not an IRI": _("la clé {key} n’est pas une IRI"),
    "the signature must come with the statement": _("la signature doit venir avec la trace"),
    "was not made by the certificate (x5c) that it names": _(
        "n’a pas été faite par le certificat (x5c) qu’elle nomme"
    ),
    "what voids names the statement that it voids (objectType StatementRef)": _(
        "ce qui annule nomme la trace qu’il annule (objectType StatementRef)"
    ),
    "xAPI knows no property {name} here": _("xAPI ne connaît pas de propriété {name} ici"),
    "{tag} is not a language tag of RFC 5646, such as fr or en-GB": _(
        "{tag} n’est pas une langue de la RFC 5646, comme fr ou en-GB"
    ),
    "{word} is not a number that can be kept": _("{word} n’est pas un nombre qui se garde"),
}
"""What follows the place in the statement (`statement.actor.mbox: …`)."""

ALONE: Mapping[str, str] = {
    "A statement with the id {id} is there already, and says something else.": _(
        "Une trace d’identifiant {id} est déjà là, et dit autre chose."
    ),
    "An array may have {count} MB at most: write one statement a line.": _(
        "Un tableau a {count} Mo au plus : écrivez une trace par ligne."
    ),
    "Statement {id} is about others through too many statements: at most {deepest} in a row, and {most} "
    "pairs at once. Name what it is about itself.": _(
        "La trace {id} porte sur d’autres à travers trop de traces : {deepest} de suite au plus, et {most} "
        "paires à la fois. Nommez ce sur quoi elle porte."
    ),
    "The id {id} is given to two statements of this file.": _(
        "L’identifiant {id} est donné à deux traces de ce fichier."
    ),
    "a page has more than {count} MB with its attachments": _(
        "une page a plus de {count} Mo avec ses pièces jointes"
    ),
    "an address of a store begins with https:// and has no user, no ? and no #": _(
        "l’adresse d’un magasin commence par https:// et n’a ni utilisateur, ni « ? », ni « # »"
    ),
    "the attachment {sha2} has more than {count} MB: only its statement came": _(
        "la pièce jointe {sha2} a plus de {count} Mo : seule sa trace est venue"
    ),
    "the attachment {sha2} is not what its hash says: only its statement came": _(
        "la pièce jointe {sha2} n’est pas ce que dit son empreinte : seule sa trace est venue"
    ),
    "the next page is said to be on another server": _("la page suivante serait sur un autre serveur"),
    "what it answers is no page of statements": _("ce qu’il répond n’est pas une page de traces"),
    "what it answers is no page of statements: {why}": _(
        "ce qu’il répond n’est pas une page de traces : {why}"
    ),
}
"""Whole sentences."""

_ID = re.compile(r" \(id [^()]{1,36}\)$")
_VALUE = re.compile(r"\\\{(\w+)\\\}")


def in_words(why: str) -> str:
    """What the store says, as the terminal says it; what is in no table (another server's words) stays."""
    named = _ID.search(why)
    said, after = (why[: named.start()], named[0]) if named else (why, "")
    for pattern, words in _PATTERNS:
        if found := pattern.fullmatch(said):
            values = found.groupdict()
            where = values.pop("where_", None)
            told = gettext(words).format(**values)
            return f"{told if where is None else gettext(_PLACED).format(where=where, why=told)}{after}"
    return why


def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """The most particular first: « expected a number » before « expected {what} »."""
    whole = [("", english, words) for english, words in ALONE.items()]
    placed = [("(?P<where_>.*?): ", english, words) for english, words in OF_A_PLACE.items()]
    first = sorted([*whole, *placed], key=lambda one: -len(_VALUE.sub("", re.escape(one[1]))))
    return [
        (re.compile(before + _VALUE.sub(r"(?P<\1>.*)", re.escape(english)), re.DOTALL), words)
        for before, english, words in first
    ]


_PLACED = _("{where} : {why}")
_PATTERNS = _patterns()
