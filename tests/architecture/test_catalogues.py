"""Both languages are complete: every message of the code has its English, with the same blanks to fill."""

import re

import polib
import pytest

from tools.messages import ENGLISH, FRENCH, extract, french, update

BLANKS = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%")


@pytest.fixture(scope="module")
def messages():
    return extract()


@pytest.fixture(scope="module")
def english():
    return polib.pofile(str(ENGLISH))


def test_every_message_has_its_english(messages, english):
    assert [entry.msgid for entry in update(english, messages).untranslated_entries()] == []


def test_no_translation_is_a_guess(english):
    assert [entry.msgid for entry in english.fuzzy_entries()] == []


def test_no_translation_is_left_over(messages, english):
    assert [entry.msgid for entry in english if (entry.msgctxt, entry.msgid) not in messages] == []


def test_a_translation_fills_the_blanks_of_its_message(english):
    for entry in english:
        given = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            wanted = {blank for one in given for blank in BLANKS.findall(one)}
            assert set(BLANKS.findall(text)) <= wanted, entry.msgid
        if not entry.msgid_plural:
            assert set(BLANKS.findall(entry.msgstr)) == set(BLANKS.findall(entry.msgid)), entry.msgid


def test_french_plurals_follow_the_french_rule(messages):
    written = {entry.msgid: entry.msgstr_plural for entry in polib.pofile(str(FRENCH))}
    assert written == {entry.msgid: entry.msgstr_plural for entry in french(messages)}


def test_zero_is_singular_in_french_and_plural_in_english():
    from django.utils import translation
    from django.utils.translation import ngettext

    plural = next(entry for entry in polib.pofile(str(FRENCH)) if entry.msgid_plural)
    with translation.override("fr"):
        assert ngettext(plural.msgid, plural.msgid_plural, 0) == plural.msgid
    with translation.override("en"):
        assert ngettext(plural.msgid, plural.msgid_plural, 0) != plural.msgid
