"""Settings: one file, everything that differs between machines comes from the environment."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from passeur.project import environment, logs

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.data_dir()
DEBUG = environment.flag("PASSEUR_DEBUG")
SECRET_KEY = environment.secret_key(DATA_DIR)

# Without an address only this machine is answered, in clear; anything else is https and all that it asks.
ADDRESS = environment.address()
_HERE = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [ADDRESS.host] if ADDRESS and ADDRESS.host not in _HERE else _HERE
ALLOWED_HOSTS += environment.words("PASSEUR_HOSTS")
ORIGIN = ADDRESS.origin if ADDRESS else f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
# What members and things are called by in statements: stays when the address changes.
RECORDS_HOME = os.environ.get("PASSEUR_RECORDS_HOME", ORIGIN)
# How long statements stay, and those of attendance and completion; 13 weeks are a quarter.
RECORDS_WEEKS = environment.weeks("PASSEUR_RECORDS_WEEKS", default=13)
RECORDS_EVIDENCE_WEEKS = environment.weeks("PASSEUR_RECORDS_EVIDENCE_WEEKS", default=156)
if ADDRESS and ADDRESS.is_secure:
    CSRF_TRUSTED_ORIGINS = [ADDRESS.origin]
    # `passeur serve` speaks plain HTTP to the proxy in front of it, which says what the browser spoke.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

INSTALLED_APPS = [
    "passeur.sponsors",
    "passeur.desk",
    "passeur.feed",
    "passeur.administration",
    "passeur.outreach",
    "passeur.introductions",
    "passeur.rituals",
    "passeur.dashboards",
    "passeur.expertise",
    "passeur.conversations",
    "passeur.recommendations",
    "passeur.engagement",
    "passeur.notifications",
    "passeur.channels",
    "passeur.records",
    "passeur.skills",
    "passeur.communities",
    "passeur.writing",
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
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "passeur.project.health.HealthCheck",
    "passeur.project.metrics.door.Metrics",
    "passeur.project.request_log.OneLinePerRequest",
    "passeur.foundation.middleware.BrowserLimits",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages only, padded at random; their tokens change each time, so that lengths tell nothing (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "passeur.project.short_way.ShortWay",
    "passeur.foundation.live.Position",
    "passeur.foundation.memo.MemoMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "passeur.foundation.middleware.MemberLocale",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "passeur.foundation.middleware.ToastsInFragments",
    "allauth.account.middleware.AccountMiddleware",
    "passeur.project.second_factor.AskForSecondFactor",
]

ROOT_URLCONF = "passeur.project.urls"
WSGI_APPLICATION = "passeur.project.wsgi.application"
ASGI_APPLICATION = "passeur.project.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "passeur.foundation.templating.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "passeur.foundation.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "passeur.foundation.templatetags.foundation",
            ],
        },
    },
]

DATABASES = {"default": environment.database(DATA_DIR)}
# In the database: the limits of signing in are those of all processes together.
CACHES = {"default": {"BACKEND": "passeur.foundation.shared.SharedCache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Member"
SESSION_ENGINE = "passeur.foundation.sessions"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
# One comes in by invitation: the address was proved by the link in its mail, so nothing is left to verify.
ACCOUNT_ADAPTER = "passeur.accounts.views.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Whose tries these are: the address that the nearest proxies of ours saw, not their own.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.proxies(default=1 if ADDRESS and ADDRESS.is_secure else 0)
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_FORMS = {
    "login": "passeur.accounts.forms.SignIn",
    "reset_password": "passeur.accounts.forms.ResetPassword",
    "reset_password_from_key": "passeur.accounts.forms.ChooseNewPassword",
    "change_password": "passeur.accounts.forms.ChangePassword",
    "reauthenticate": "passeur.accounts.forms.ProveByPassword",
}
# A second factor, or a passkey instead of the password. Whom it is asked of: see `environment`.
SECOND_FACTOR = environment.second_factor()
MFA_ADAPTER = "passeur.accounts.views.adapter.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Passeur"
MFA_TOTP_TOLERANCE = 1
# On this machine Passeur is at http://localhost, where browsers allow passkeys all the same.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ADDRESS is None or not ADDRESS.is_secure
MFA_FORMS = {
    "authenticate": "passeur.accounts.forms.Code",
    "reauthenticate": "passeur.accounts.forms.Code",
    "activate_totp": "passeur.accounts.forms.Generator",
    "add_webauthn": "passeur.accounts.forms.AddPasskey",
}
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = os.environ.get("PASSEUR_TIME_ZONE", "Europe/Paris")
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# `passeur serve` collects the static files, then says so; elsewhere they are served from where they are.
HASHED_STATIC = environment.flag("PASSEUR_HASHED_STATIC")
WHITENOISE_USE_FINDERS = not HASHED_STATIC
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "passeur.foundation.storage.HashedStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Files joined to texts; sizes in bytes, of one file and of all that one person brings.
FILES_DIR = DATA_DIR / "files"
# Who was erased, by key: a backup that is restored must not bring them back.
ERASURES = environment.erasures(DATA_DIR)
FILE_LIMIT = environment.megabytes("PASSEUR_FILE_LIMIT", default=10)
FILES_QUOTA = environment.megabytes("PASSEUR_FILES_QUOTA", default=500)
FILE_UPLOAD_HANDLERS = [
    "passeur.writing.adapters.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# A form whose page waited too long comes back with its text.
CSRF_FAILURE_VIEW = "passeur.writing.views.drafts.csrf_failure"
FORM_RENDERER = "passeur.foundation.forms.Renderer"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ["email", "name"]}),
    ]
] + [{"NAME": "passeur.foundation.passwords.NotWornOut"}]

# Similar texts: `lexical`, `semantic` (an extra) or `endpoint` (an OpenAI-compatible service of embeddings).
TEXT_VECTORS = os.environ.get("PASSEUR_TEXT_VECTORS") or "lexical"
EMBEDDINGS_URL = os.environ.get("PASSEUR_EMBEDDINGS_URL", "")
EMBEDDINGS_KEY = os.environ.get("PASSEUR_EMBEDDINGS_KEY", "")
EMBEDDINGS_MODEL = os.environ.get("PASSEUR_EMBEDDINGS_MODEL", "")

globals().update(environment.mail())
DEFAULT_FROM_EMAIL = os.environ.get(
    "PASSEUR_MAIL_FROM", f"Passeur <passeur@{ADDRESS.host if ADDRESS else 'localhost'}>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where letters that cannot be delivered come back to, if a mail server hands them to `passeur mail receive`.
MAIL_RETURNS = environment.mail_returns()

# In the log a request has the word that the proxy gave it in this header, else one made here.
REQUEST_ID_HEADER = os.environ.get("PASSEUR_REQUEST_ID_HEADER", "").strip()
LOG_FORMAT = environment.log_format()
LOGGING = logs.configuration(LOG_FORMAT, os.environ.get("PASSEUR_LOG_LEVEL", "INFO").upper())
# /metrics is read from this machine, or by whoever has this token.
METRICS_TOKEN = environment.metrics_token()
