from __future__ import annotations

import os
from pathlib import Path

from hongdun.base import logging
from hongdun.lib.keyfiles import secret
from hongdun.site import database
from hongdun.site.run.instance import Instance

PACKAGE = Path(__file__).resolve().parent.parent
HONGDUN_HOME = Path(os.environ.get("HONGDUN_HOME", "var")).resolve()
HONGDUN_PORT = int(os.environ.get("HONGDUN_PORT", "8000"))
HONGDUN_NODE = int(os.environ.get("HONGDUN_NODE", "450000000"))
STREAM_PORT = Instance(HONGDUN_HOME, HONGDUN_PORT).stream_port
STREAM_URL = os.environ.get("HONGDUN_STREAM_URL", f"http://127.0.0.1:{STREAM_PORT}")
PRODUCTION = os.environ.get("HONGDUN_PRODUCTION") == "1"
DATABASE_ROLE = os.environ.get("HONGDUN_DB_ROLE", "app")
DATABASE_URL = os.environ.get("DATABASE_OWNER_URL" if DATABASE_ROLE == "owner" else "DATABASE_URL", "")

DEBUG = False
SECRET_KEY = secret(HONGDUN_HOME, "secret_key").hex()
BASE_URL = os.environ.get("HONGDUN_BASE_URL", f"http://127.0.0.1:{HONGDUN_PORT}")
ALLOWED_HOSTS = os.environ.get("HONGDUN_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "procrastinate.contrib.django",
    "hongdun.base",
    "hongdun.audit",
    "hongdun.outbox",
    "hongdun.law",
    "hongdun.org",
    "hongdun.parties",
    "hongdun.documents",
    "hongdun.calls",
    "hongdun.cases",
    "hongdun.register",
    "hongdun.registration",
    "hongdun.consumer",
    "hongdun.portal",
    "hongdun.desk",
    "hongdun.statistics",
    "hongdun.exchange",
    "hongdun.library",
    "hongdun.site",
]
INSTALLED_APPS = [
    app
    for app in INSTALLED_APPS
    if not app.startswith("hongdun.") or (PACKAGE / app.split(".")[1] / "__init__.py").exists()
]

MIDDLEWARE = [
    "hongdun.base.middleware.RequestId",
    "hongdun.base.middleware.SecurityHeaders",
    "hongdun.base.health.DiskGuard",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "hongdun.org.middleware.OfficerMiddleware",
    "hongdun.parties.middleware.ApplicantMiddleware",
    "hongdun.portal.middleware.PublicAccess",
    "hongdun.base.middleware.Scope",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "hongdun.site.urls"
WSGI_APPLICATION = "hongdun.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database.settings(HONGDUN_HOME, DATABASE_URL, role=DATABASE_ROLE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# 19 MiB, t=2, p=1 costs 23 ms; Django's own 100 MiB would hold both cores at the morning log-in.
PASSWORD_HASHERS = ["hongdun.base.hashers.Argon2id19M"]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Longer than a seat lasts, or what somebody typed before the night would meet a browser that has forgotten them.
SESSION_COOKIE_AGE = 4 * 24 * 3600
SEAT_SECONDS = 8 * 3600
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
# 等级保护三级 8.1.4.1: lock-out after failures, sessions that end by themselves.
SIGN_IN_FAILURES = int(os.environ.get("HONGDUN_SIGN_IN_FAILURES", "5"))
SIGN_IN_LOCK_SECONDS = int(os.environ.get("HONGDUN_SIGN_IN_LOCK_SECONDS", "900"))
OFFICER_IDLE_SECONDS = int(os.environ.get("HONGDUN_OFFICER_IDLE_SECONDS", "900"))
APPLICANT_IDLE_SECONDS = int(os.environ.get("HONGDUN_APPLICANT_IDLE_SECONDS", "1800"))
TRUSTED_PROXIES = int(os.environ.get("HONGDUN_TRUSTED_PROXIES", "0"))
# Public pages and API: requests of one address, or of one key made by self-service; 0 is without limit.
ANONYMOUS_PER_MINUTE = int(os.environ.get("HONGDUN_ANONYMOUS_PER_MINUTE", "60"))
ANONYMOUS_PER_DAY = int(os.environ.get("HONGDUN_ANONYMOUS_PER_DAY", "1000"))
KEY_PER_MINUTE = int(os.environ.get("HONGDUN_KEY_PER_MINUTE", "600"))
KEY_PER_DAY = int(os.environ.get("HONGDUN_KEY_PER_DAY", "50000"))
# Public requests that one web process answers at a time and lets wait; its other threads refuse and serve officers.
PUBLIC_AT_A_TIME = int(os.environ.get("HONGDUN_PUBLIC_AT_A_TIME", "4"))
PUBLIC_WAITING = int(os.environ.get("HONGDUN_PUBLIC_WAITING", "8"))
CHALLENGE_BITS = int(os.environ.get("HONGDUN_CHALLENGE_BITS", "18"))
SCANNER = os.environ.get("HONGDUN_SCANNER", "")
SIGNER_CHECK = os.environ.get("HONGDUN_SIGNER_CHECK", "hongdun.registration.signing.identity.LastDigits")
IDENTITY_PROVIDER = os.environ.get("HONGDUN_IDENTITY_PROVIDER", "hongdun.base.identity.SelfDeclared")
OPEN_DATA = Path(os.environ.get("HONGDUN_OPEN_DATA") or HONGDUN_HOME / "open-data")
OPEN_DATA_KEPT = int(os.environ.get("HONGDUN_OPEN_DATA_KEPT", "14"))
EXCHANGE_CHANGES_DAYS = int(os.environ.get("HONGDUN_CHANGES_DAYS", "400"))
# Channel of the form /12315/: "web" by itself, "platform_12315" where it is published as the national platform's entrance
# (办法 art. 8); a demonstration stands for the whole, so that what is filed there can be followed to its end.
CONSUMER_WEB_CHANNEL = os.environ.get("HONGDUN_12315_WEB", "web" if PRODUCTION else "platform_12315")
# Mailbox that is read every two minutes, and the folder of exchange files; empty: none.
CONSUMER_IMAP = os.environ.get("HONGDUN_12315_IMAP", "")
CONSUMER_EXCHANGE = os.environ.get("HONGDUN_12315_EXCHANGE", "")
# JSON file of the 12345 hotlines that speak signed HTTP; it holds their secrets.
CONSUMER_HOTLINES = os.environ.get("HONGDUN_12345_PARTNERS", "")
# JSON file of the departments that are told of registrations by signed HTTP; it holds their secrets.
EXCHANGE_DEPARTMENTS = os.environ.get("HONGDUN_DEPARTMENTS", "")
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "hongdun.base.errors.csrf_failure"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = os.environ.get("HONGDUN_TLS_AHEAD") != "1"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
# `up`, `status` and the operator's watch ask over plain HTTP on this machine.
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HONGDUN_HOME / "static"
STATICFILES_DIRS = [PACKAGE / "site" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if (STATIC_ROOT / "staticfiles.json").exists()
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_AUTOREFRESH = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_TEMP_DIR = None
EMAIL_BACKEND = os.environ.get("HONGDUN_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = "红盾网 <noreply@localhost>"
LOGGING = logging.settings()
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # frame-ancestors 'none' stands in our content security policy
]
