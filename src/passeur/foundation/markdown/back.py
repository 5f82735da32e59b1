"""HTML back to Markdown, so that an imported text can be edited."""

from typing import Any

from markdownify import MarkdownConverter


class _Converter(MarkdownConverter):  # type: ignore[misc]  # the library has no types
    def convert_code(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if "math" in el.get_attribute_list("class"):
            return str(el.get_text())
        return str(super().convert_code(el, text, parent_tags))

    def convert_details(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{text.strip()}\n\n"

    def convert_summary(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return f"\n\n**{text.strip()}**\n\n"


def html_to_markdown(html: str) -> str:
    """The Markdown whose rendering means the same; headings go back two steps up."""
    for level in range(3, 7):
        html = html.replace(f"<h{level}>", f"<h{level - 2}>").replace(f"</h{level}>", f"</h{level - 2}>")
    converter = _Converter(heading_style="ATX", bullets="-", autolinks=True, escape_misc=True, strip=["mark"])
    return str(converter.convert(html)).strip()
