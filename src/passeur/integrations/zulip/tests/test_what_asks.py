import pytest

from passeur.integrations.zulip.asking import asks
from passeur.integrations.zulip.texts import words


@pytest.mark.parametrize(
    "text",
    [
        "Is anyone else seeing this?",
        "I'm a bit lost here, any pointers",
        "How do most people run modules inside their code",
        "Could this be added or is this too complex.",
        "I wanted to ask if this is supported.",
        "Comment relancer le four",
        "Je n’arrive pas à relancer le four.",
        "Quelqu’un a une idée",
    ],
)
def test_this_asks(text):
    assert asks("Four", text)


@pytest.mark.parametrize(
    "text",
    [
        "I've posted part 1 here if anyone is curious: https://a.example/?p=1",
        "Reminder: the stream starts in three hours!",
        "I am stepping down as co-chair.",
        "Le four est réparé.",
    ],
)
def test_this_does_not(text):
    assert not asks("Four", text)


def test_a_question_in_a_quotation_or_in_code_is_somebody_elses():
    said = "<blockquote><p>Pourquoi ?</p></blockquote><pre><code>a ? b</code></pre><p>Fait.</p>"
    assert not asks("Four", words(said))
