"""How forms are drawn: one field template for all rooms, and the Markdown editor."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """`{{ form }}` and `{{ form.field.as_field_group }}` in the hand of the design language."""

    form_template_name = "foundation/_form.html"
    field_template_name = "foundation/_field.html"


class MarkdownEditor(forms.Textarea):
    """A text area with tools and a preview; without JavaScript, a text area."""

    template_name = "foundation/_editor.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 7, **(attrs or {})})


class Toggle(forms.CheckboxInput):
    """A switch, for a choice that takes effect when its form is saved."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "toggle", "role": "switch", **(attrs or {})})
