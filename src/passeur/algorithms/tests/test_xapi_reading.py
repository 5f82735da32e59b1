"""What is read as JSON, and what is not: hostile input is told apart before anything else looks at it."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passeur.algorithms.xapi import Invalid, multipart, reading


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b'{"a": 1, "a": 2}', "given twice"),
        (b'{"a": {"b": 1, "b": 1}}', "given twice"),
        (rb'{"a": "\u0000"}', "null character"),
        (b'{"a": "\x00"}', "null character"),
        (rb'{"a": "\ud800"}', "half a character"),
        (rb'{"a": "\udc00\ud800"}', "half a character"),
        (rb'{"a": "\ud800x\udc00"}', "half a character"),
        (b'{"a": NaN}', "cannot be kept|can be kept"),
        (b'{"a": -Infinity}', "can be kept"),
        (b'{"a": 1e999}', "can be kept"),
        (b'{"a": ' + b"9" * 5000 + b"}", "too many digits"),
        (b"[" * 50_000, "levels deep|JSON object"),
        (b'{"a":' * 50_000, "levels deep"),
        (b'{"a": ' + b"[" * 101 + b"]" * 101 + b"}", "levels deep"),
        (b'{"a": "\xff"}', "not UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "UTF-8|JSON"),
        (b"\xef\xbb\xbf{}", "JSON"),
        (b'{"a": 1} {}', "not JSON"),
        (b'{"a": 1,}', "not JSON"),
        (b"[{},]", "JSON"),
        (b"[{}", "not JSON"),
        (b"", "JSON object"),
        (b"null", "JSON object"),
        (b"[[]]", "JSON object"),
        (b'{"a": "line\nbreak"}', "not JSON"),
        (b'{"a": 01}', "not JSON"),
    ],
)
def test_what_is_refused(raw, why):
    with pytest.raises(Invalid, match=why):
        reading.objects_of(reading.text_of(raw))


@pytest.mark.parametrize(
    "text", [r'"\ud83d\ude00"', r'"\\ud800"', r'"\\u0000"', '"' + "[" * 500 + '"', "1e308"]
)
def test_what_only_looks_dangerous_is_read(text):
    (written,), is_array = reading.objects_of(f'{{"a": {text}}}')
    assert written.members == {"a": json.loads(text)}
    assert not is_array


def test_values_are_kept_as_they_were_written():
    (one, two), is_array = reading.objects_of('[ {"a" : 1.10, "b": [ 1 ]}, {} ]')
    assert is_array
    assert one.texts() == {"a": "1.10", "b": "[ 1 ]"}
    assert two.texts() == {}


words = st.text('aé€😀"\\/\n [{]},:1u', max_size=12)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda inner: st.lists(inner) | st.dictionaries(words, inner),
    max_leaves=20,
)  # fmt: skip


@given(st.dictionaries(words, json_values))
def test_what_python_writes_is_read_back(value):
    (written,), _ = reading.objects_of(json.dumps(value))
    assert written.members == value
    assert (
        json.loads("{" + ",".join(f"{json.dumps(k)}:{v}" for k, v in written.texts().items()) + "}") == value
    )


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="surrogatepass")))
def test_any_bytes_are_read_or_refused(raw):
    with suppress(Invalid):
        reading.objects_of(reading.text_of(raw))


@given(st.lists(st.tuples(st.binary(max_size=60), st.sampled_from(["", "x", "--b", "\r\n--b\r\n"]))))
def test_parts_come_back_as_they_were_written(contents):
    parts = [
        multipart.Part(
            {"content-type": "text/plain", "x-number": str(number)}, raw.replace(b"--b", b"") + b"end"
        )
        for number, (raw, _) in enumerate(contents)
    ]
    assert multipart.parts_of(multipart.written(parts, "b"), "b") == parts


@pytest.mark.parametrize(
    ("body", "boundary", "why"),
    [
        (b"--b\r\na: b\r\n\r\nx\r\n--b--", None, "needs a boundary"),
        (b"--b\r\na: b\r\n\r\nx\r\n--b--", "b" * 71, "needs a boundary"),
        (b"--b\r\na: b\r\n\r\nx", "b", "does not end"),
        (b"", "b", "does not end"),
        (b"--b\r\na: b\r\n--b--", "b", "no empty line"),
        (b"--b\r\nnothing\r\n\r\nx\r\n--b--", "b", "cannot be read"),
        (b"--b\r\na: 1\r\nA: 2\r\n\r\nx\r\n--b--", "b", "given twice"),
        (b"--b\r\n\xff: 2\r\n\r\nx\r\n--b--", "b", "not text"),
        (b"--b\r\na: b\r\n\r\nx\r\n" * 1000 + b"--b--", "b", "more than"),
    ],
)
def test_parts_that_are_refused(body, boundary, why):
    with pytest.raises(Invalid, match=why):
        multipart.parts_of(body, boundary)
