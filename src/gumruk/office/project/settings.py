# SPDX-License-Identifier: Apache-2.0
"""All settings of the web application. What differs between installations comes from the environment."""

from __future__ import annotations

import os

from gumruk.office.project.environment import database, env_bool, env_list, env_text, mail, secret_key, time_zone

# Training mode: law that is invented for teaching may be read, each page and document says so, the clock may be set.
# Production mode (no) refuses to collect money on any value that is not verified.
GUMRUK_TRAINING = env_bool("GUMRUK_TRAINING", True)
GUMRUK_COUNTRY = env_text("GUMRUK_COUNTRY", "tj")
GUMRUK_TIME_ZONE = env_text("GUMRUK_TIME_ZONE", "") or time_zone(GUMRUK_COUNTRY)
# What a stranger's QR reader opens: printed on documents.
GUMRUK_PUBLIC_ADDRESS = env_text("GUMRUK_PUBLIC_ADDRESS", "http://127.0.0.1:8000")

# Mail goes to a server (smtp://user:password@host:587), else into files of the data folder, or to the screen.
globals().update(mail(env_text("GUMRUK_MAIL", "files")))
DEFAULT_FROM_EMAIL = env_text("GUMRUK_MAIL_FROM", "gumruk@localhost")

SECRET_KEY = secret_key()
DEBUG = env_bool("GUMRUK_DEBUG", False)
ALLOWED_HOSTS = env_list("GUMRUK_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("GUMRUK_ORIGINS", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "gumruk.office.desk",
    "gumruk.office.declarations",
    "gumruk.office.declarations.drafts",
    "gumruk.office.assessment",
    "gumruk.office.payments",
    "gumruk.office.documents",
    "gumruk.office.traders",
    "gumruk.office.nomenclature",
    "gumruk.office.lawbook",
    "gumruk.office.accounts",
    "gumruk.office.ui",
    "gumruk.office.audit",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gumruk.office.ui.middleware.ContentSecurityPolicy",
    "gumruk.office.ui.middleware.BodyLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gumruk.office.ui.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "axes.middleware.AxesMiddleware",
    "gumruk.office.lawbook.middleware.LawNeeded",
]

ROOT_URLCONF = "gumruk.office.project.urls"
WSGI_APPLICATION = "gumruk.office.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "gumruk.office.ui.context.interface",
            ],
            "builtins": ["gumruk.office.ui.templatetags.gumruk"],
        },
    }
]

# The rail of areas at the left of staff pages: text key, URL name, permission.
GUMRUK_RAIL = (
    ("rail.home", "desk:home", "desk.home"),
    ("rail.declarations", "declarations:list", "declarations.see"),
    ("rail.drafts", "drafts:list", "drafts.write"),
    ("rail.lodge", "declarations:lodge", "declarations.lodge"),
    ("rail.payments", "payments:home", "payments.see"),
    ("rail.law", "lawbook:home", "lawbook.see"),
    ("rail.audit", "desk:audit", "audit.see"),
    ("rail.users", "accounts:users", "accounts.see"),
)

# Which page shows a subject that lower areas know by kind and id only.
GUMRUK_SUBJECT_PAGES = {"declaration": "declarations:file"}

# The application's user may not change the schema, events, postings or versions; the owner's is there only for
# migrations and tests, never in the web process.
DATABASES = {"default": database(env_text("DATABASE_APP_URL", "postgresql:///gumruk"))}
if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
    DATABASES["owner"] = {**database(env_text("DATABASE_URL", "")), "ATOMIC_REQUESTS": False}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {}),
        ("CommonPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("login", "name")}),
    )
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "gumruk.office.accounts.views.locked_out"
CSRF_FAILURE_VIEW = "gumruk.office.ui.views.csrf_failure"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env_bool("GUMRUK_HTTPS", False)
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # scripts read the token from the page's forms
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if SESSION_COOKIE_SECURE:
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("tg", "Тоҷикӣ")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = GUMRUK_TIME_ZONE

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# A message may be ten megabytes; the wire refuses what is larger before it is parsed.
DATA_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# What of a body is read at all. The page for lodging reads more, to say that the file is too large.
GUMRUK_BODY_BYTES_MAX = 12 * 1024 * 1024
GUMRUK_LARGE_BODIES = {"/lodge/": 150 * 1024 * 1024}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env_text("GUMRUK_LOG_LEVEL", "WARNING")},
    # What a person is refused (4xx) is an answer, not a fault of ours: it fills no log with traces.
    "loggers": {"django.request": {"level": env_text("GUMRUK_LOG_LEVEL", "ERROR")}},
}
