"""The settings of the product, with the addresses of the floors beside its own."""

from passeur.project.settings import *  # noqa: F403

ROOT_URLCONF = "pages_urls"
MIDDLEWARE = ["floors.Bare", *MIDDLEWARE]  # noqa: F405
