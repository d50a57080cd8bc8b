"""Django settings of the desk. What differs between installations comes from mapae.desk.environment."""

from __future__ import annotations

from pathlib import Path

import dj_database_url

from mapae.desk import environment
from mapae.desk.words import compiled_words

HERE = Path(__file__).resolve().parent
TRAINING = environment.flag("MAPAE_TRAINING")  # 연습: banner, watermarks, demo clock, local mail sink
SECRET_KEY = environment.secret("MAPAE_SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = environment.hosts()
PUBLIC_URL = environment.public_url()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "mapae.desk.accounts",
    "mapae.desk.bodies",
    "mapae.desk.parties",
    "mapae.desk.findings",
    "mapae.desk.cases",
    "mapae.desk.documents",
    "mapae.desk.answers",
    "mapae.desk.audit",
    "mapae.desk.training",
    "mapae.desk.verification",
    "mapae.desk.api",
    "mapae.desk.helpline",
    "mapae.desk.publication",
    "mapae.desk.agreements",
    "mapae.desk.markets",
    "mapae.desk.merchants",
    "mapae.desk.rights",
    "mapae.desk.inspections",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mapae.desk.api.gate.Gate",
]
ROOT_URLCONF = "mapae.desk.urls"
CSRF_FAILURE_VIEW = "mapae.desk.public.views.unproven"
WSGI_APPLICATION = "mapae.desk.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mapae.desk.shell.shell",
            ],
            "builtins": ["mapae.desk.tags", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(environment.database(), conn_max_age=600, conn_health_checks=True)
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:  # pages ask small questions: compiling one takes longer than answering it
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["mapae.desk.accounts.backend.People"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"

LANGUAGE_CODE = environment.language()
LANGUAGES = [("ko", "한국어"), ("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [compiled_words(HERE)]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Seoul"

STATIC_URL = "static/"
STATIC_ROOT = environment.store("static")
STATICFILES_DIRS = [HERE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = environment.flag("MAPAE_HTTPS")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
EVIDENCE_ROOT = environment.store("evidence")
AUDIT_HEADS_ROOT = environment.store("audit-heads")
STAMPING = environment.stamping()
DATA_KEYS = environment.keys()
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
MAIL = environment.mail()
SMS = environment.sms()
