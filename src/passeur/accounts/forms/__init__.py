"""Forms of the accounts room."""

from .passwords import ChangePassword, ChooseNewPassword, NewPasswordField
from .preferences import Preferences
from .profile import Profile
from .sign_in import ResetPassword, SignIn

__all__ = [
    "ChangePassword",
    "ChooseNewPassword",
    "NewPasswordField",
    "Preferences",
    "Profile",
    "ResetPassword",
    "SignIn",
]
