"""Forms with which people write: a new conversation, a contribution, a new version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from passeur.foundation.forms import MarkdownEditor
from passeur.skills import queries as skills

from ..choices import ASKING, ClosedReason, Kind

if TYPE_CHECKING:
    from passeur.communities.models import Community
    from passeur.skills.models import Theme

    from ..models import Conversation

MOST_THEMES = 3
LONGEST = 40_000

EXPERIENCE_PARTS: tuple[tuple[str, Any, Any], ...] = (
    (
        "situation",
        gettext_lazy("La situation"),
        gettext_lazy("Où, quand, avec qui ; ce qui posait problème."),
    ),
    (
        "did",
        gettext_lazy("Ce que j’ai fait"),
        gettext_lazy("Les gestes, dans l’ordre, assez précis pour être refaits."),
    ),
    (
        "gave",
        gettext_lazy("Ce que cela a donné"),
        gettext_lazy("Le bon et le moins bon, avec un chiffre si vous en avez un."),
    ),
    ("again", gettext_lazy("Ce que je referais"), gettext_lazy("Et ce que vous feriez autrement.")),
)


class BodyField(forms.CharField):
    """A Markdown text that says something."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", MarkdownEditor(upload="writing:upload"))
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(**kwargs)
        self.error_messages["required"] = gettext_lazy("Il manque le texte : quelques mots suffisent.")
        self.error_messages["max_length"] = gettext_lazy(
            "Ce texte dépasse 40 000 caractères : coupez-le, ou joignez un lien vers le document."
        )

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\x00", "").strip()


def place_editors(form: forms.Form, community: Community, conversation: Conversation | None = None) -> None:
    """The editors of `form` write in that community: its members can be mentioned, as the preview shows."""
    if conversation is not None:
        people = reverse("conversations:people", args=[conversation.pk])
    else:
        people = reverse("communities:people", args=[community.slug])
    for field in form.fields.values():
        if isinstance(field.widget, MarkdownEditor):
            field.widget.preview = reverse("conversations:preview", args=[community.slug])
            field.widget.people = people


class ThemesMixin(forms.Form):
    """One to three themes of a community, ticked or typed by name."""

    community: Community
    themes = forms.MultipleChoiceField(required=False)
    more_themes = forms.CharField(
        label=gettext_lazy("Ajouter un thème"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Séparez par une virgule."),
    )

    def offer_themes(self, community: Community, chosen: list[int]) -> None:
        """Let the reader tick any theme of the community; `chosen` are ticked already."""
        self.community = community
        self.all_themes = {theme.pk: theme for theme in skills.themes(community)}
        choices = [(str(pk), theme.name) for pk, theme in self.all_themes.items()]
        self.fields["themes"] = forms.MultipleChoiceField(required=False, choices=choices)
        if not self.is_bound:
            self.initial["themes"] = [str(pk) for pk in chosen]

    def ticked(self) -> list[Theme]:
        """Themes to show as chosen, also after an error."""
        values = self["themes"].value() or []
        return [self.all_themes[int(v)] for v in values if v.isdigit() and int(v) in self.all_themes]

    def clean_more_themes(self) -> list[Theme]:
        names = [name.strip() for name in self.cleaned_data["more_themes"].split(",") if name.strip()]
        found, unknown = skills.resolve(self.community, names)
        if unknown:
            raise forms.ValidationError(
                ngettext(
                    "« %(names)s » n’est pas un thème de cette communauté : choisissez-en un dans la liste.",
                    "« %(names)s » ne sont pas des thèmes de cette communauté : choisissez dans la liste.",
                    len(unknown),
                )
                % {"names": ", ".join(unknown)}
            )
        return found

    def chosen_themes(self) -> list[Theme]:
        """The themes, ticked first, each once."""
        ticked = [self.all_themes[int(pk)] for pk in self.cleaned_data.get("themes", [])]
        return list(dict.fromkeys([*ticked, *self.cleaned_data.get("more_themes", [])]))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if len(self.chosen_themes()) > MOST_THEMES:
            self.add_error(
                "more_themes", _("Trois thèmes au plus : gardez ceux qui aident à retrouver l’échange.")
            )
        return cleaned


class NewConversationForm(ThemesMixin):
    """A question, a discussion or an announcement."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=200, min_length=5)
    body = BodyField(label=gettext_lazy("Les détails"))

    def __init__(
        self, *args: Any, community: Community, kind: Kind, chosen: list[int] | None = None, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.offer_themes(community, chosen or [])
        words = {
            Kind.QUESTION: (_("Votre question en une phrase"), _("Comme vous la diriez à votre équipe.")),
            Kind.DISCUSSION: (_("Le sujet en une phrase"), _("Ce dont vous voulez parler ensemble.")),
            Kind.EXPERIENCE: (_("Votre expérience en une phrase"), _("Ce qu’on en retient.")),
            Kind.ANNOUNCEMENT: (_("L’annonce en une phrase"), _("Ce que chacun doit savoir.")),
        }
        place_editors(self, community)
        self.fields["title"].label, self.fields["title"].help_text = words[kind]
        self.fields["title"].error_messages["required"] = _("Il manque le titre : une phrase suffit.")
        if kind == Kind.QUESTION:
            self.fields["body"].help_text = _(
                "Ce que vous cherchez à faire, ce que vous avez essayé, ce qui bloque."
            )

    def text(self) -> str:
        """The Markdown of the opening."""
        return str(self.cleaned_data["body"])


class NewExperienceForm(NewConversationForm):
    """A lived experience, in four short parts. Two are enough to be useful to somebody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["body"]
        for name, label, hint in EXPERIENCE_PARTS:
            self.fields[name] = BodyField(
                label=label, help_text=hint, required=name in ("situation", "did"), max_length=10_000
            )
        place_editors(self, self.community)
        self.order_fields(["title", *(name for name, _label, _hint in EXPERIENCE_PARTS)])

    def text(self) -> str:
        """The four parts as one Markdown text with a heading each."""
        filled = [(label, self.cleaned_data[name]) for name, label, _hint in EXPERIENCE_PARTS]
        return "\n\n".join(f"## {label}\n\n{text}" for label, text in filled if text)


class ContributionForm(forms.Form):
    """An answer, a message or a comment. Without a conversation, who draws it places its editor."""

    body = BodyField(label=gettext_lazy("Votre réponse"))

    def __init__(
        self, *args: Any, conversation: Conversation | None, label: str = "", rows: int = 7, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if conversation is not None:
            place_editors(self, conversation.community, conversation)
        self.fields["body"].widget.attrs["rows"] = rows
        if label:
            self.fields["body"].label = label


class EditForm(ThemesMixin):
    """A new version of a text; of an opening, also the title and the themes."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=300, min_length=5)
    body = BodyField(label=gettext_lazy("Texte"))
    version = forms.IntegerField(widget=forms.HiddenInput)
    themes_before = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(
        self, *args: Any, conversation: Conversation, opening: bool, chosen: list[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer_themes(conversation.community, chosen)
        place_editors(self, conversation.community, conversation)
        if not self.is_bound:
            self.initial.setdefault("themes_before", ",".join(map(str, sorted(chosen))))
        if not opening:
            for name in ("title", "themes", "more_themes", "themes_before"):
                del self.fields[name]

    def clean_themes_before(self) -> set[int]:
        return {int(pk) for pk in self.cleaned_data["themes_before"].split(",") if pk.isdigit()}

    def themes_after(self, now: Sequence[Theme]) -> list[Theme]:
        """The themes, with what was ticked or unticked here done to those of `now`: others may have changed
        them since the form was opened.
        """
        before, chosen = self.cleaned_data["themes_before"], self.chosen_themes()
        kept = [theme for theme in now if theme in chosen or theme.pk not in before]
        added = [theme for theme in chosen if theme not in kept and theme.pk not in before]
        return [*kept, *added][:MOST_THEMES]


class CloseForm(forms.Form):
    """Why a conversation is closed."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Pourquoi clore cet échange ?"), choices=ClosedReason.choices
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind not in ASKING:  # what asked nothing is neither resolved nor asked twice
            reasons = (ClosedReason.OBSOLETE, ClosedReason.OFF_TOPIC)
            self.fields["reason"] = forms.ChoiceField(
                label=self.fields["reason"].label,
                choices=[(reason.value, reason.label) for reason in reasons],
            )


class LinkForm(forms.Form):
    """Another conversation, by its address or number."""

    target = forms.CharField(label=gettext_lazy("Adresse de l’autre échange"), max_length=300)
    same = forms.BooleanField(label=gettext_lazy("C’est la même question"), required=False)

    def clean_target(self) -> int:
        digits = [part for part in self.cleaned_data["target"].split("/") if part.isdigit()]
        if not digits:
            raise forms.ValidationError(
                _("Collez l’adresse d’un échange de Passeur, par exemple /conversations/12/.")
            )
        return int(digits[0])


class OutdatedForm(forms.Form):
    """Why a text no longer holds."""

    reason = forms.CharField(
        label=gettext_lazy("Qu’est-ce qui a changé ?"),
        help_text=gettext_lazy("Une phrase : tout le monde la lit au-dessus du texte, avec votre nom."),
        max_length=300,
        error_messages={"required": gettext_lazy("Dites en une phrase ce qui n’est plus vrai.")},
    )


class SpotlightForm(forms.Form):
    """Why a contribution is worth showing."""

    reason = forms.CharField(label=gettext_lazy("Pourquoi la montrer ?"), max_length=300)
