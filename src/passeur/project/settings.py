"""Settings: one file, everything that differs between machines comes from the environment."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from passeur.project import environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.data_dir()
DEBUG = environment.flag("PASSEUR_DEBUG")
SECRET_KEY = environment.secret_key(DATA_DIR)
ALLOWED_HOSTS = environment.words("PASSEUR_HOSTS", default="localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("PASSEUR_ORIGINS")

INSTALLED_APPS = [
    "passeur.desk",
    "passeur.outreach",
    "passeur.expertise",
    "passeur.conversations",
    "passeur.recommendations",
    "passeur.channels",
    "passeur.skills",
    "passeur.communities",
    "passeur.accounts",
    "passeur.foundation",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "passeur.project.urls"
WSGI_APPLICATION = "passeur.project.wsgi.application"
ASGI_APPLICATION = "passeur.project.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": environment.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Member"
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = os.environ.get("PASSEUR_TIME_ZONE", "Europe/Paris")
USE_TZ = True
STATIC_URL = "/static/"
