"""System checks of the settings: each names what is wrong and what to do. docs/operators.md lists them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

from cms import plugins

SECRET_MIN_LENGTH = 50
SECRET_MIN_DISTINCT = 5
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
# These send at least our host name to another site, which is how networks recognise a publisher.
REFERRER_POLICIES = ("strict-origin-when-cross-origin", "origin-when-cross-origin", "strict-origin", "origin")

Messages = Iterable[checks.CheckMessage]


def check_secret_key(**_: object) -> Messages:
    key = settings.SECRET_KEY
    if not settings.DEBUG and (len(key) < SECRET_MIN_LENGTH or len(set(key)) < SECRET_MIN_DISTINCT):
        yield checks.Warning(
            f"SECRET_KEY has fewer than {SECRET_MIN_LENGTH} characters or hardly any different ones.",
            hint="It signs logins and preview links. Make one: "
            "python -c 'import secrets; print(secrets.token_urlsafe(50))'",
            id="cms.W001",
        )


def check_debug(**_: object) -> Messages:
    public = sorted(set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS)
    if settings.DEBUG and public:
        yield checks.Warning(
            f"DEBUG is on while ALLOWED_HOSTS names {', '.join(public)}.",
            hint="DEBUG shows source code and settings to every visitor. Leave it unset outside your own machine.",
            id="cms.W002",
        )


def check_referrer_policy(**_: object) -> Messages:
    if settings.SECURE_REFERRER_POLICY not in REFERRER_POLICIES:
        yield checks.Warning(
            f"SECURE_REFERRER_POLICY is {settings.SECURE_REFERRER_POLICY!r}.",
            hint="Affiliate networks, Amazon among them, check the referrer: set 'strict-origin-when-cross-origin'.",
            id="cms.W003",
        )


def check_site_url(**_: object) -> Messages:
    if settings.DEBUG:
        return
    parts = urlsplit(settings.SITE_URL)
    if parts.scheme != "https":
        yield checks.Warning(
            f"SITE_URL is {settings.SITE_URL}, not https.",
            hint="It is the base of canonical links, feeds and the sitemap. Use the address that readers use.",
            id="cms.W004",
        )
    if not _is_allowed(parts.hostname or ""):
        yield checks.Warning(
            f"SITE_URL names {parts.hostname}, which is not in ALLOWED_HOSTS.",
            hint="Requests to your own address answer 400. Add the host to ALLOWED_HOSTS.",
            id="cms.W005",
        )


def _is_allowed(host: str) -> bool:
    return any(
        pattern in ("*", host) or (pattern.startswith(".") and f".{host}".endswith(pattern))
        for pattern in settings.ALLOWED_HOSTS
    )


def check_proxies(**_: object) -> Messages:
    if settings.TRUSTED_PROXY_COUNT:
        return
    if settings.COUNTRY_HEADER:
        yield checks.Warning(
            f"COUNTRY_HEADER is {settings.COUNTRY_HEADER!r}, but TRUSTED_PROXY_COUNT is 0.",
            hint="Without a proxy in front any visitor can write that header. "
            "Set TRUSTED_PROXY_COUNT to the number of your proxies, or unset COUNTRY_HEADER.",
            id="cms.W006",
        )
    if settings.HTTPS and not settings.DEBUG:
        yield checks.Warning(
            "HTTPS is on, but TRUSTED_PROXY_COUNT is 0.",
            hint="Behind a proxy that speaks TLS every page would redirect to itself for ever: set "
            "TRUSTED_PROXY_COUNT=1. Silence this check if the web server itself speaks TLS.",
            id="cms.W007",
        )


def check_plugin_names(**_: object) -> Messages:
    known = {spec.name for spec in plugins.discover()}
    for variable in ("CHELATE_PLUGINS", "CHELATE_PLUGINS_OFF"):
        for name in getattr(settings, variable):
            if name not in known:
                yield checks.Warning(
                    f"{variable} names {name!r}, but no such plugin is installed.",
                    hint=f"Installed: {', '.join(sorted(known))}.",
                    id="cms.W008",
                )


def check_jurisdictions(**_: object) -> Messages:
    for code in settings.CHELATE_JURISDICTIONS:
        if not re.fullmatch(r"[A-Z]{2}", code):
            yield checks.Warning(
                f"CHELATE_JURISDICTIONS holds {code!r}.",
                hint="Use two capital letters, such as US, UK or EU; rules of an unknown code are never applied.",
                id="cms.W009",
            )


def check_static_manifest(**_: object) -> Messages:
    if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        yield checks.Warning(
            "The static files are not collected: every page would answer 500.",
            hint="Run manage.py collectstatic --noinput.",
            id="cms.W010",
        )


def check_cdn(**_: object) -> Messages:
    if settings.CDN_MAX_AGE and not settings.CDN_PURGE_URL:
        yield checks.Warning(
            f"CDN_MAX_AGE is {settings.CDN_MAX_AGE}, but CDN_PURGE_URL is not set.",
            hint="A recalled product or a retracted text stays with readers for that many seconds. Set "
            "CDN_PURGE_URL, or keep CDN_MAX_AGE to what you can answer for.",
            id="cms.W011",
        )
    if settings.CDN_PURGE_URL and urlsplit(settings.CDN_PURGE_URL).scheme not in ("http", "https"):
        yield checks.Warning(
            f"CDN_PURGE_URL is {settings.CDN_PURGE_URL!r}, which is no http address.",
            hint="It must look like https://cdn.example/purge.",
            id="cms.W012",
        )


CHECKS: tuple[Callable[..., Messages], ...] = (
    check_secret_key,
    check_debug,
    check_referrer_policy,
    check_site_url,
    check_plugin_names,
    check_jurisdictions,
    check_cdn,
)
# Only with --deploy: what a machine that just migrates or collects files need not have yet.
DEPLOY_CHECKS: tuple[Callable[..., Messages], ...] = (check_proxies, check_static_manifest)


def register_checks() -> None:
    for check in CHECKS:
        checks.register(check, checks.Tags.security)
    for check in DEPLOY_CHECKS:
        checks.register(check, checks.Tags.security, deploy=True)
