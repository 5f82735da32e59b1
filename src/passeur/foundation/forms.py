"""How forms are drawn: one field template for all rooms, and the Markdown editor."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """`{{ form }}` and `{{ form.field.as_field_group }}` in the hand of the design language."""

    form_template_name = "foundation/_form.html"
    field_template_name = "foundation/_field.html"


class MarkdownEditor(forms.Textarea):
    """A text area with tools and a preview; without JavaScript, a text area.

    `preview` names the address that shows the text as it will be; `upload`, where there is one, the address
    that takes files joined to it. Without JavaScript they come with the form, as `<name>-files`.
    """

    template_name = "foundation/_editor.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, preview: str = "foundation:preview", upload: str = ""
    ) -> None:
        super().__init__({"rows": 7, **(attrs or {})})
        self.preview, self.upload = preview, upload

    @property
    def needs_multipart_form(self) -> bool:  # type: ignore[override]
        """Files go with the form only where they are taken."""
        return bool(self.upload)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"preview": self.preview, "upload": self.upload}
        return context


class Toggle(forms.CheckboxInput):
    """A switch, for a choice that takes effect when its form is saved."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "toggle", "role": "switch", **(attrs or {})})
