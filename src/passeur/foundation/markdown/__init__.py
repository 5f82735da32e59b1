"""What people write: Markdown to safe HTML, HTML from outside made safe, back to Markdown, plain text."""

from passeur.foundation.markdown.back import html_to_markdown
from passeur.foundation.markdown.rendering import Picture, Rendered, render
from passeur.foundation.markdown.sanitising import sanitise_html
from passeur.foundation.markdown.text import to_text

__all__ = ["Picture", "Rendered", "html_to_markdown", "render", "sanitise_html", "to_text"]
