"""Settings: everything from the environment, safe unless DEBUG says otherwise."""

import base64
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from careguide.sqlite import has_wal_reset_fix

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data")))

# --- Mode -------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
# HTTPS decides cookie names and headers. It is on unless debugging, and never guessed.
HTTPS = env.bool("HTTPS", default=not DEBUG)

SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
if not SECRET_KEY and DEBUG:
    SECRET_KEY = secrets.token_urlsafe(50)
if len(SECRET_KEY) < 50 and not DEBUG:
    raise ImproperlyConfigured("Set SECRET_KEY to a random value of at least 50 characters.")

ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else []
)
if not DEBUG and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names this site answers to (never '*').")

# Every link in a mail is built from this, never from the request's Host header.
SITE_URL = env.str("SITE_URL", default="http://localhost:8000" if DEBUG else "").rstrip("/")
if not DEBUG and not SITE_URL.startswith("https://" if HTTPS else "http"):
    raise ImproperlyConfigured("Set SITE_URL to the address of this site, https:// unless HTTPS=0.")
SITE_NAME = env.str("SITE_NAME", default="Careguide")
SUPPORT_EMAIL = env.str("SUPPORT_EMAIL", default="")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

# --- Apps -------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "careguide",
    "journeys",
    "content",
    "careguide.admin_app.WorkshopConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "simple_history",
]

MIDDLEWARE = [
    "careguide.middleware.RequestNumberMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "careguide.middleware.PrivateResponseMiddleware",
    # After those that only put headers on answers, before the first that may read a body.
    "careguide.middleware.BodyLimitMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "careguide.middleware.HtmxRedirectMiddleware",
    "careguide.idle.IdleMiddleware",
    "careguide.known_browser.KnownBrowserMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "careguide.middleware.TimeZoneMiddleware",
    "careguide.middleware.LanguageMiddleware",
    "content.translations.TranslationMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "careguide.urls"
WSGI_APPLICATION = "careguide.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "careguide.context_processors.site",
                "content.context_processors.centre",
                "journeys.context_processors.journey",
            ],
        },
    }
]

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database ---------------------------------------------------------------------------------
# SQLite needs no set-up; a postgres:// address in DATABASE_URL is the way up.
DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'careguide.sqlite3'}")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_IS_SQLITE = "sqlite" in DATABASES["default"]["ENGINE"]
if DATABASE_IS_SQLITE:
    DATABASES["default"] |= {
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A writer takes its lock at BEGIN, so it waits instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # The journal mode is set once by `manage.py set_journal_mode`, not on every connection.
            "init_command": (
                "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA recursive_triggers=ON;"
            ),
        },
    }
else:
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }
# WAL is only safe on a library that carries the fix of the WAL-reset bug.
SQLITE_JOURNAL_MODE = "WAL" if has_wal_reset_fix() else "DELETE"

# Rate limits live here: shared by all workers and large enough that junk keys evict nothing.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "careguide_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

# --- Who is signed in -------------------------------------------------------------------------
AUTH_USER_MODEL = "journeys.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "careguide.passwords.GuessableValidator"},
]
# How many days a deletion can be taken back.
DELETION_GRACE_DAYS = env.int("DELETION_GRACE_DAYS", default=14)
if not 7 <= DELETION_GRACE_DAYS <= 30:
    raise ImproperlyConfigured("Set DELETION_GRACE_DAYS to a number from 7 to 30.")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "journeys:home"
LOGOUT_REDIRECT_URL = "landing"

ACCOUNT_ADAPTER = "careguide.account.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "careguide.sign_in.LoginForm",
    "reset_password": "careguide.sign_in.ResetPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
# The default of three minutes is short for an ill person.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
# A mailed code lets in even while a stranger uses up the tries of the password.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# Beside its own limits, those of our open forms; unset ones keep their defaults.
ACCOUNT_RATE_LIMITS = {
    "reset_password": "20/m/ip",
    # Of those who ask for codes to one address: each of them, and all unknown ones together.
    "mailed_code": "5/m/key,20/h/key",
    "mailed_codes": "60/h/key",
    "report_mistake": "10/h/ip",
    "invite": "20/d/user",
    "download": "30/h/user",
    "doctor_code": "30/m/ip",
}
ACCOUNT_SESSION_REMEMBER = False  # the sign-in form asks whose device it is instead
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

MFA_ADAPTER = "careguide.account.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# A code is good for its own half minute, and once: allauth remembers a used one for as long.
MFA_TOTP_TOLERANCE = 0
MFA_TOTP_ISSUER = SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
USERSESSIONS_TRACK_ACTIVITY = False

# Keys that encrypt second-factor secrets in the database: newest first, apart from SECRET_KEY.
FIELD_KEYS = env.list("FIELD_KEYS", default=[])
if not FIELD_KEYS and not DEBUG:
    raise ImproperlyConfigured("Set FIELD_KEYS to one or more random keys (see .env.example).")
if any(len(base64.urlsafe_b64decode(key + "==")) != 32 for key in FIELD_KEYS):
    raise ImproperlyConfigured("Each of FIELD_KEYS must be 32 random bytes (see .env.example).")

# --- Sessions and cookies ---------------------------------------------------------------------
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
# How long a sign-in lasts unused and at most: careguide/idle.py, by the device.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "careguide.views.csrf_failure"
# The default storage would put the text of a message into a readable cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- What browsers may do ---------------------------------------------------------------------
SELF = ["'self'"]
NONE = ["'none'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": NONE,
        "script-src": SELF,
        "style-src": SELF,
        "img-src": ["'self'", "data:"],
        "font-src": SELF,
        "connect-src": SELF,
        "manifest-src": SELF,
        "worker-src": SELF,
        "form-action": SELF,
        "frame-ancestors": NONE,
        "base-uri": NONE,
        "object-src": NONE,
    }
}
X_FRAME_OPTIONS = "DENY"
# Not "no-referrer": that makes browsers send "Origin: null", which the CSRF check refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if HTTPS:
    SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", default=True)
    # A secret that travelled in the clear is refused, not sent on: its program would never learn.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^calendar/"]
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    if env.bool("BEHIND_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 600

# --- Static files -----------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- Mail -------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"{SITE_NAME} <noreply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Language and time ------------------------------------------------------------------------
LANGUAGE_CODE = "en"
# Each language by its own name. Not all of the guide is there in each; see README.
SPOKEN = {"en": "English", "es": "Español"}
LANGUAGES = [
    (code, SPOKEN[code])
    for code in dict.fromkeys(["en", *env.list("LANGUAGES", default=[])])
    if code in SPOKEN
]
FORMAT_MODULE_PATH = "careguide.formats"
LOCALE_PATHS = [BASE_DIR / "careguide" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_I18N = True
USE_TZ = True

# --- Logs: event names and ids only, never what a person wrote ---------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "careguide.logs.QuietFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "filters": {"number": {"()": "careguide.logs.RequestFilter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["number"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "careguide": {"level": "INFO"},
        # Django would log the paths of refused requests, and mail them to admins.
        "django.request": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.security": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
ADMINS: list[tuple[str, str]] = []
