"""A form over a member; Django's is generic for the type checker only."""

from typing import TYPE_CHECKING

from django import forms

from ..models import Member

if TYPE_CHECKING:
    MemberForm = forms.ModelForm[Member]
else:
    MemberForm = forms.ModelForm

__all__ = ["MemberForm"]
