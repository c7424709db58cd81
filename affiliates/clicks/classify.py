"""Who makes a request: a person, a bot, a browser that only looks ahead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from affiliates.clicks.agents import is_link_preview, is_program
from affiliates.models import Click, ClickClass

Meta = Mapping[str, str]  # request.META: header names as HTTP_…

LEAST_CHROME = 80
_SEC_FETCH = ("HTTP_SEC_FETCH_SITE", "HTTP_SEC_FETCH_MODE", "HTTP_SEC_FETCH_DEST", "HTTP_SEC_FETCH_USER")
_CHROME = re.compile(r"\bChrome/(\d{1,4})\.")
_PLATFORMS = {  # Sec-CH-UA-Platform -> what the user agent must then say
    '"Windows"': "Windows",
    '"macOS"': "Mac OS X",
    '"Android"': "Android",
    '"iOS"': "Mac OS X",
    '"Linux"': "Linux",
    '"Chrome OS"': "CrOS",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    click_class: ClickClass
    reason: str = ""


HUMAN = Verdict(ClickClass.HUMAN)


def looks_ahead(meta: Meta) -> Verdict | None:
    """Return a verdict if a browser fetches the link before anybody has clicked; it must not be given the target."""
    purpose = f"{meta.get('HTTP_SEC_PURPOSE', '')} {meta.get('HTTP_PURPOSE', '')} {meta.get('HTTP_X_MOZ', '')}".lower()
    if "prefetch" in purpose or "prerender" in purpose:
        return Verdict(ClickClass.PREFETCH, "prefetch")
    if "preview" in f"{meta.get('HTTP_X_PURPOSE', '')} {purpose}".lower():
        return Verdict(ClickClass.PREVIEW, "preview")
    return None


def classify(meta: Meta, *, is_navigation: bool = True) -> Verdict:
    """Judge a request by its headers, strongest signals first. A beacon is no navigation: its modes are not judged."""
    user_agent = meta.get("HTTP_USER_AGENT", "")
    if not user_agent:
        return Verdict(ClickClass.BOT, "no_user_agent")
    if verdict := judge_user_agent(user_agent):
        return verdict
    if "HTTP_ACCEPT" not in meta:
        return Verdict(ClickClass.BOT, "no_accept")
    mode, destination = meta.get("HTTP_SEC_FETCH_MODE"), meta.get("HTTP_SEC_FETCH_DEST")
    if is_navigation and (mode not in (None, "navigate") or destination not in (None, "document")):
        return Verdict(ClickClass.BOT, "no_navigation")
    return _contradiction(meta, user_agent) or HUMAN


def _contradiction(meta: Meta, user_agent: str) -> Verdict | None:
    """Return what speaks against the browser that a request claims to come from."""
    if _hides_its_headers(meta, user_agent):
        return Verdict(ClickClass.SUSPECT, "headers")
    platform = _PLATFORMS.get(meta.get("HTTP_SEC_CH_UA_PLATFORM", ""))
    if platform is not None and platform not in user_agent:
        return Verdict(ClickClass.SUSPECT, "platform")
    return None


def _hides_its_headers(meta: Meta, user_agent: str) -> bool:
    """Return whether a program borrows Chrome's name: over https Chrome has sent Sec-Fetch-Site since version 76."""
    if any(name in meta for name in _SEC_FETCH):
        return False
    chrome = _CHROME.search(user_agent)
    is_https = "https" in (meta.get("HTTP_X_FORWARDED_PROTO"), meta.get("wsgi.url_scheme"))
    return chrome is not None and int(chrome.group(1)) >= LEAST_CHROME and is_https


@lru_cache(maxsize=2_048)  # the list costs 150 µs a string; few different ones make most of the clicks
def judge_user_agent(user_agent: str) -> Verdict | None:
    if is_link_preview(user_agent):
        return Verdict(ClickClass.BOT, "link_preview")
    if is_program(user_agent):
        return Verdict(ClickClass.BOT, "user_agent")
    return None


@lru_cache(maxsize=2_048)
def device_of(user_agent: str) -> str:
    """Return the class of the device, never its make."""
    if "iPad" in user_agent or ("Android" in user_agent and "Mobile" not in user_agent):
        return Click.Device.TABLET
    if "Mobile" in user_agent or "iPhone" in user_agent:
        return Click.Device.PHONE
    if any(name in user_agent for name in ("Windows", "Macintosh", "X11", "CrOS")):
        return Click.Device.DESKTOP
    return Click.Device.UNKNOWN
