"""All settings, read from the environment. README.md has the table of variables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE

from cms import environment, logs
from cms.environment import env_bool, env_choice, env_int, env_list, env_str, env_url
from cms.plugins import plugin_apps
from cms.unfold import unfold

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env_str("VAR_DIR", str(BASE_DIR / "var")))
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

# --- Safety -------------------------------------------------------------------------------------------------------
DEBUG = env_bool("DEBUG", default=False)
SECRET_KEY = env_str("SECRET_KEY", "dev-only" if DEBUG else None)
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", LOCAL_HOSTS)
HTTPS = env_bool("HTTPS", default=not DEBUG)
TRUSTED_PROXY_COUNT = env_int("TRUSTED_PROXY_COUNT", default=0)
COUNTRY_HEADER = env_str("COUNTRY_HEADER", "")
CLICK_RETENTION_DAYS = env_int("CLICK_RETENTION_DAYS", default=90, minimum=2)

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env_int("HSTS_SECONDS", default=30 * 24 * 3600 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env_bool("HSTS_SUBDOMAINS", default=False)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes talk to the process itself, without TLS
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Django's default, same-origin, hides the referrer that affiliate networks check.
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"

# --- Site ---------------------------------------------------------------------------------------------------------
SITE_NAME = env_str("SITE_NAME", "Chelate")
SITE_TAGLINE = env_str("SITE_TAGLINE", "Minerals and nutrition, with the evidence attached")
SITE_URL = env_url("SITE_URL", "http://localhost:8000" if DEBUG else None)
SITE_LANGUAGE = env_str("SITE_LANGUAGE", "en")
CHELATE_JURISDICTIONS = env_list("CHELATE_JURISDICTIONS", ["US"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
OUTBOUND_CONTACT = env_str("OUTBOUND_CONTACT", "")
CITATION_STYLE = env_str("CITATION_STYLE", "ama")
REFERENCE_LOOKUPS = env_bool("REFERENCE_LOOKUPS", default=True)
REFERENCE_SOURCES = {
    "crossref": "https://api.crossref.org",
    "pubmed": "https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    "idconv": "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1/articles/",
    "europepmc": "https://www.ebi.ac.uk/europepmc/webservices/rest",
    "openalex": "https://api.openalex.org",
}

# --- Plugins and apps ---------------------------------------------------------------------------------------------
CHELATE_PLUGINS = env_list("CHELATE_PLUGINS", [])
CHELATE_PLUGINS_OFF = env_list("CHELATE_PLUGINS_OFF", [])
CHELATE_SAFE_MODE = env_bool("CHELATE_SAFE_MODE", default=False)
CHELATE_PLUGIN_APPS = plugin_apps(CHELATE_PLUGINS, CHELATE_PLUGINS_OFF, CHELATE_SAFE_MODE)
INSTALLED_APPS = [
    *CHELATE_PLUGIN_APPS,
    "django_otp",  # before cms, whose admin.py takes its page away
    "django_otp.plugins.otp_totp",
    "cms",
    "articles",
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "markdownx",
    "simple_history",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.security.PolicyMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "cms.security.hide_cookies",
    "cms.security.StaffSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "cms.security.StaffAuthenticationMiddleware",
    "cms.logins.middleware.guarded_logins",
    "cms.security.StaffMessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "articles.addresses.lead_on",
]
ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
SECOND_FACTOR = env_choice("SECOND_FACTOR", "optional", ("optional", "required"))
OTP_TOTP_ISSUER = SITE_NAME
OTP_TOTP_THROTTLE_FACTOR = 0  # cms.logins.guard makes wrong codes wait, and says so
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- Templates, static files, media -------------------------------------------------------------------------------
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "cms.template_loaders.PluginLoader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
STATIC_URL = "static/"
STATIC_ROOT = Path(env_str("STATIC_ROOT", str(VAR_DIR / "static")))
MEDIA_URL = env_str("MEDIA_URL", "/media/")
MEDIA_ROOT = Path(env_str("MEDIA_ROOT", str(VAR_DIR / "media")))
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "cms.staticfiles.SiteStaticFilesStorage"
    },
}

# --- Data stores and tasks ----------------------------------------------------------------------------------------
DATABASES = {
    "default": environment.database(
        env_str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}"),
        pool_size=env_int("DATABASE_POOL_SIZE", default=8, minimum=1),
    )
}
PAGE_CACHE_MB = env_int("PAGE_CACHE_MB", default=32)  # of each web process; about 1,000 articles
CDN_MAX_AGE = env_int("CDN_MAX_AGE", default=0)  # seconds; 0: a CDN asks before it shows a page
CDN_PURGE_URL = env_str("CDN_PURGE_URL", "")
CDN_PURGE_TOKEN = env_str("CDN_PURGE_TOKEN", "")
CACHES = {"default": environment.cache(env_str("CACHE_URL", ""))}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Mail ---------------------------------------------------------------------------------------------------------
globals().update(environment.mail(env_str("EMAIL_URL", "")))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env_str("EMAIL_FROM", "chelate@localhost")
LINK_CHECKS = env_bool("LINK_CHECKS", default=True)
LINK_ALERT_RECIPIENTS = env_list("LINK_ALERT_RECIPIENTS", [])

# --- Content-Security-Policy --------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, *filter(None, [environment.origin(MEDIA_URL)])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Unfold's Alpine.js evaluates expressions and its palette is an inline style: without these two nobody can log in.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:", *filter(None, [environment.origin(MEDIA_URL)])],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "object-src": [NONE],
    "frame-ancestors": [SELF],
}

# --- Language, time, logs, admin ----------------------------------------------------------------------------------
LANGUAGE_CODE = SITE_LANGUAGE
FORMAT_MODULE_PATH = ["cms.formats"]
USE_TZ = True
TIME_ZONE = "UTC"
LOGGING = logs.configure(as_json=not DEBUG, level=env_str("LOG_LEVEL", "INFO").upper())
UNFOLD = unfold(SITE_NAME)
