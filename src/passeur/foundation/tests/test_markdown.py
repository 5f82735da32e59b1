"""What people write becomes safe HTML that means what they wrote."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passeur.foundation.markdown import html_to_markdown, render, to_text
from passeur.foundation.markdown.sanitising import TAGS

DANGERS = ("<script", "<style", "<iframe", "<img", "<svg", "<form", "<input", "<object")


def html(text: str, **options: Any) -> str:
    return str(render(text, **options).html)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**fort** et _doux_", "<p><strong>fort</strong> et <em>doux</em></p>"),
        ("# Titre", "<h3>Titre</h3>"),
        ("## Titre", "<h3>Titre</h3>"),
        ("## Un\n\n#### Sous", "<h3>Un</h3>\n<h4>Sous</h4>"),
        ("une ligne\nla même", "<p>une ligne\nla même</p>"),
        ("~~non~~", "<p><s>non</s></p>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("```python\na < b\n```", '<pre tabindex="0"><code>a &lt; b\n</code></pre>'),
        ("    code", '<pre tabindex="0"><code>code\n</code></pre>'),
        ("$a_b + c_d$", '<p><code class="math">$a_b + c_d$</code></p>'),
        ("soit $$a_b + c_d$$ donc", '<p>soit <code class="math">$$a_b + c_d$$</code> donc</p>'),
        ("$$\nx_1\n$$", '<p><code class="math">$$x_1$$</code></p>'),
        ("de $5 à $6", "<p>de $5 à $6</p>"),
        ("[ici](/q/1)", '<p><a href="/q/1">ici</a></p>'),
        ("[a](https://e.fr)", '<p><a href="https://e.fr" rel="nofollow noopener ugc">a</a></p>'),
        (
            "voir https://e.fr/a_b_c?x=1&y=2.",
            (
                '<p>voir <a href="https://e.fr/a_b_c?x=1&amp;y=2" rel="nofollow noopener ugc">'
                "https://e.fr/a_b_c?x=1&amp;y=2</a>.</p>"
            ),
        ),
        (
            "![un plan](https://e.fr/p.png)",
            '<p><a href="https://e.fr/p.png" rel="nofollow noopener ugc">un plan</a></p>',
        ),
        ("[a](javascript:alert)", "<p>[a](javascript:alert)</p>"),
        ("<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>"),
    ],
)
def test_markdown_means_what_it_says(written, shown):
    assert html(written).strip() == shown


def test_tables_are_tables():
    shown = html("| a | b |\n|---|---|\n| 1 | 2 |")
    assert "<th>a</th>" in shown
    assert "<td>2</td>" in shown


def test_only_handles_of_somebody_become_links_and_each_is_named_once():
    asked = []

    def resolve(handles):
        asked.append(set(handles))
        return {"mei-tran": (7, "Mei Tran", "/m/7")}

    shown = render("@mei-tran, @Mei-Tran et @inconnu ; `@mei-tran` ; a@mei-tran.fr", mention_resolver=resolve)
    assert asked == [{"mei-tran", "inconnu"}]
    assert shown.mentions == [7]
    assert shown.html.count('<a href="/m/7" class="mention">@Mei Tran</a>') == 2
    assert "@inconnu" in shown.html
    assert "<code>@mei-tran</code>" in shown.html


def test_links_can_be_led_elsewhere_and_are_told():
    shown = render(
        "[a](https://forum.exemple/q/1) https://forum.exemple/q/2",
        link_resolver=lambda address: "/q/1" if address.endswith("/1") else None,
    )
    assert shown.links == ["/q/1", "https://forum.exemple/q/2"]
    assert '<a href="/q/1">a</a>' in shown.html


@given(st.text(max_size=300))
def test_nothing_dangerous_comes_out_of_any_text(text):
    shown = html(text).lower()
    assert not any(danger in shown for danger in DANGERS)
    assert 'href="javascript:' not in shown


tags = st.sampled_from(sorted([*TAGS, "script", "style", "svg", "img", "iframe"]))
pieces = st.one_of(
    st.text(max_size=12),
    st.builds("<{} onload={}>".format, tags, st.text(max_size=6)),
    st.builds("</{}>".format, tags),
    st.builds(
        "[x]({}:{})".format, st.sampled_from(["javascript", "data", "vbscript", "https"]), st.text(max_size=8)
    ),
)


@given(st.lists(pieces, max_size=12).map("".join))
def test_nothing_dangerous_comes_out_of_hostile_text(text):
    shown = html(text).lower()
    assert not any(danger in shown for danger in DANGERS)
    for scheme in ("javascript:", "data:", "vbscript:"):
        assert f'href="{scheme}' not in shown


words = st.text(alphabet="abcé _*`#-+.1)>|[]()<&$~!\\", min_size=1, max_size=40)


@settings(max_examples=400)
@given(words)
def test_a_text_edited_and_not_changed_says_the_same(text):
    from html import escape

    before = f"<p>{escape(text, quote=False)}</p>"
    after = html(html_to_markdown(before))
    assert squeezed(to_text(after)) == squeezed(text)


def squeezed(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def test_code_lists_quotes_and_tables_survive_editing():
    table = "| x | y |\n|---|---|\n| 1 | 2 |"
    before = html(f"1. un\n2. deux\n\n> cité\n\n```\na | b\n```\n\n{table}\n\n# T\n\n$a_b$ et **c**")
    assert html(html_to_markdown(before)).split() == before.split()
