"""What is sent to take memory or time is refused, or read in little of both."""

import subprocess
import sys
import time
from textwrap import dedent

import pytest

from passeur.algorithms.xapi import Invalid, TooLarge, keys, multipart, reading, rules, sameness, telling

MEMORY = 500  # MB, of a process that reads the largest of them
READING = """
from pathlib import Path
from passeur.algorithms.xapi import Invalid, multipart, reading, rules
most = reading.LARGEST
{made}
try:
    {read}
except Invalid as error:
    assert {refused}, error
else:
    assert not {refused}
told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(int(told["VmHWM"].split()[0]) // 1024)
"""


@pytest.mark.parametrize(
    ("made", "read", "is_refused"),
    [
        # Small on the line, many objects in memory.
        ("raw = b'[' + b'[],' * (most // 3 - 2) + b'1]'", "reading.value_of(reading.text_of(raw))", False),
        ("raw = b'[' + b'{},' * (most // 3 - 2) + b'1]'", "reading.value_of(reading.text_of(raw))", False),
        ("raw = b'[' + b'1,' * most + b'1]'", "reading.value_of(reading.text_of(raw))", True),
        # Regular expressions that remember where they came from, for each character.
        (
            "raw = b'[' + b'[],' * 101 + b'\"' + b'x' * (most - 400) + b'\"]'",
            "reading.value_of(reading.text_of(raw))",
            False,
        ),
        ("text = 'fr' + '-abcde' * (most // 6)", "assert not rules.is_language(text)", False),
        ("text = 'a/b;a=\"' + 'x' * most", "multipart.media_type(text)", False),
        (
            "raw = b'--b\\r\\n' + b'\\n'.join(b'%x:' % n for n in range(2_000_000)) + b'\\n\\nx\\r\\n--b--'",
            "multipart.parts_of(raw, 'b')",
            True,
        ),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="the most that a process held is told by Linux only")
def test_reading_takes_a_bounded_memory(made, read, is_refused):
    script = READING.format(made=made, read=read, refused=is_refused)
    done = subprocess.run([sys.executable, "-c", dedent(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < MEMORY


def given_twice():
    with pytest.raises(Invalid, match="given twice"):
        reading.value_of("{" + ",".join(f'"k{n}":1' for n in range(100_000)) + ',"k99999":2}')


def long_duration():
    one = {
        "actor": {"mbox": "mailto:a@e.org"},
        "verb": {"id": "https://e.org/v"},
        "object": {"id": "https://e.org/o"},
        "result": {"duration": f"PT{'9' * 500_000}S"},
    }
    assert rules.is_duration(one["result"]["duration"])
    assert sameness.same(one, one)


def many_languages():
    wanted = telling.languages("q," * 1_000_000)
    texts = {"fr": "x", "en": "y"}
    assert [telling.in_one_language(texts, wanted) for _ in range(500)] == [{"en": "y"}] * 500


def many_escapes():
    assert len(reading.value_of('"\\u0041' + "\\n" * 1_000_000 + '"')) == 1_000_001


def long_things():
    assert not rules.is_media_type("a/b" + " " * 1_000_000 + "x")
    assert rules.moment("2026-11-28T09:00:00." + "9" * 1_000_000)
    assert not rules.is_mailbox("mailto:" + "a" * 1_000_000)
    assert not rules.is_duration("P" + "9" * 1_000_000)
    assert rules.is_iri("https://e.org/" + "x" * 1_000_000)


@pytest.mark.parametrize("ask", [given_twice, long_duration, many_languages, many_escapes, long_things])
def test_what_would_take_hours_takes_seconds(ask):
    begun = time.process_time()
    ask()
    assert time.process_time() - begun < 10


def test_long_names_are_not_remembered():
    before = keys._known.cache_info().currsize
    name = "https://e.org/" + "x" * 100_000
    assert keys.key_of(name) == keys.key_of(name)
    assert keys._known.cache_info().currsize == before
    keys.key_of("https://e.org/a name that no other test has")
    assert keys._known.cache_info().currsize == min(before + 1, 20_000)


@pytest.mark.parametrize("given", ["text/plain\n;x", "text/plain;a\r\nb: c", "text/plain; a=\x01", "a/b\n"])
def test_a_media_type_ends_no_header(given):
    assert not rules.is_media_type(given)


def test_more_json_than_is_read_at_once():
    with pytest.raises(TooLarge):
        reading.text_of(b" " * (reading.LARGEST + 1))


def test_headers_of_a_part_that_do_not_end():
    raw = b"--b\r\n" + b"a" * 100_000
    for body in (raw + b"\r\n--b--", raw + b": 1\r\n\r\n\r\n--b--", raw):
        with pytest.raises(Invalid, match=r"part 0|boundary"):
            multipart.parts_of(body, "b")
