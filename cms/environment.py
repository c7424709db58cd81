"""Strict readers for environment variables: what is missing or misspelt stops the start with a clear message."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = ("true", "1"), ("false", "0")
BUSY_TIMEOUT_SECONDS = 5
# Lets articles/statements.py prepare what every reader's request asks; Django's own queries are never prepared.
PREPARE_THRESHOLD = 5


def env_str(name: str, default: str | None = None) -> str:
    """Return the variable, or `default` if it is unset or empty. A default of None means: must be set."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise ImproperlyConfigured(f"{name} must be set.")
    return value


def env_bool(name: str, *, default: bool) -> bool:
    """Accept true, false, 1 and 0 only, so that a typo never reads as False."""
    value = env_str(name, str(default)).lower()
    if value not in TRUE + FALSE:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value in TRUE


def env_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = env_str(name, default).lower()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(choices)}, not {value!r}.")
    return value


def env_int(name: str, *, default: int, minimum: int = 0) -> int:
    value = env_str(name, str(default))
    if not value.isascii() or not value.isdecimal() or int(value) < minimum:
        raise ImproperlyConfigured(f"{name} must be a whole number of {minimum} or more, not {value!r}.")
    return int(value)


def env_list(name: str, default: list[str]) -> list[str]:
    """Return the comma-separated items, without blanks and empty ones."""
    value = os.environ.get(name, "").strip()
    return [item.strip() for item in value.split(",") if item.strip()] if value else default


def env_url(name: str, default: str | None = None) -> str:
    """Return an absolute http(s) address without path or trailing slash."""
    value = env_str(name, default).rstrip("/")
    parts = urlsplit(value)
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path
        or parts.query
        or parts.fragment
    ):
        raise ImproperlyConfigured(f"{name} must look like https://example.org, not {value!r}.")
    return value


def database(url: str, *, pool_size: int) -> dict[str, Any]:
    """Return Django's settings for a sqlite:/// or postgresql:// address."""
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        return _sqlite(url)
    if scheme in ("postgres", "postgresql"):
        return _postgresql(url, pool_size)
    raise ImproperlyConfigured("DATABASE_URL must start with sqlite:/// or postgresql://.")


def _sqlite(url: str) -> dict[str, Any]:
    config: dict[str, Any] = dict(environ.Env.db_url_config(url))
    Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    config["OPTIONS"] = {
        # WAL lets readers and one writer work at once; NORMAL may lose the last commits in a power cut, never more.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        # Takes the write lock at BEGIN: a later upgrade of a read lock fails at once, whatever the busy timeout.
        "transaction_mode": "IMMEDIATE",
        "timeout": BUSY_TIMEOUT_SECONDS,
    }
    # Closing the last connection writes the whole log back to the file and waits for the disk: a counted click took
    # 40 ms of waiting with a connection a request and takes 0.8 ms with one that stays.
    config["CONN_MAX_AGE"] = None
    return config


def _postgresql(url: str, pool_size: int) -> dict[str, Any]:
    config: dict[str, Any] = dict(environ.Env.db_url_config(url))
    pool = {"min_size": 1, "max_size": pool_size, "timeout": 10}
    options = {"prepare_threshold": PREPARE_THRESHOLD, **config.get("OPTIONS", {}), "pool": pool}
    if str(options["prepare_threshold"]).lower() == "false":
        options["prepare_threshold"] = None
    config["OPTIONS"] = options
    config["CONN_MAX_AGE"] = 0  # Django refuses a pool with persistent connections.
    config["CONN_HEALTH_CHECKS"] = True
    return config


def cache(url: str) -> dict[str, Any]:
    """Return Django's settings for CACHE_URL: a Redis or Valkey address, or "" for this process's memory."""
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if urlsplit(url).scheme not in ("redis", "rediss", "unix"):
        raise ImproperlyConfigured("CACHE_URL must start with redis://, rediss:// or unix://.")
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "KEY_PREFIX": "chelate",
    }


def mail(url: str) -> dict[str, Any]:
    """Return Django's settings for EMAIL_URL, such as smtp+tls://user:password@host:587; "" sends nothing."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    if urlsplit(url).scheme not in environ.Env.EMAIL_SCHEMES:
        raise ImproperlyConfigured("EMAIL_URL must start with smtp://, smtp+tls:// or smtp+ssl://.")
    found = environ.Env.email_url_config(url)
    return {name: value for name, value in found.items() if name.isupper()}


def origin(url: str) -> str:
    """Return scheme and host of an absolute URL, "" for a path."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
