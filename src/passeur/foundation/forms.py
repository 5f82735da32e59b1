"""How forms are drawn: one field template for all rooms, and the Markdown editor."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.shortcuts import resolve_url


class Renderer(TemplatesSetting):
    """`{{ form }}` and `{{ form.field.as_field_group }}` in the hand of the design language."""

    form_template_name = "foundation/_form.html"
    field_template_name = "foundation/_field.html"


class MarkdownEditor(forms.Textarea):
    """A text area with tools and a preview; without JavaScript, a text area.

    Of these, an address or its name: `preview` shows the text as it will be; `upload`, where there is one,
    takes files joined to it, which without JavaScript come with the form, as `<name>-files`; `people`, where
    there is one, offers whom one may mention.
    """

    template_name = "foundation/_editor.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, preview: str = "foundation:preview", upload: str = ""
    ) -> None:
        super().__init__({"rows": 7, **(attrs or {})})
        self.preview, self.upload, self.people = preview, upload, ""

    @property
    def needs_multipart_form(self) -> bool:  # type: ignore[override]
        """Files go with the form only where they are taken."""
        return bool(self.upload)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "preview": resolve_url(self.preview),
            "upload": self.upload and resolve_url(self.upload),
        }
        if self.people:
            context["widget"]["attrs"]["data-people"] = resolve_url(self.people)
        return context


class PersonInput(forms.TextInput):
    """A field for one person, by name or short name; `people` is the address that offers them as one types.

    Without JavaScript, a line of text.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.people = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if self.people:
            context["widget"]["attrs"]["data-people"] = resolve_url(self.people)
        return context


class Toggle(forms.CheckboxInput):
    """A switch, for a choice that takes effect when its form is saved."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "toggle", "role": "switch", **(attrs or {})})
