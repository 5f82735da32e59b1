"""Forms of the accounts room."""

from .leaving import Address, Erase
from .passwords import ChangePassword, ChooseNewPassword, NewPasswordField
from .preferences import Preferences
from .profile import Profile
from .second_factor import AddPasskey, Code, Generator, ProveByPassword
from .sign_in import ResetPassword, SignIn

__all__ = [
    "AddPasskey",
    "Address",
    "ChangePassword",
    "ChooseNewPassword",
    "Code",
    "Erase",
    "Generator",
    "NewPasswordField",
    "Preferences",
    "Profile",
    "ProveByPassword",
    "ResetPassword",
    "SignIn",
]
