"""Changes of disclaimers. Every one of them reaches the editions that show the text."""

from __future__ import annotations

import hashlib
import re

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import slugify

from articles.recompile import dependency_changed
from disclaimers import audit, rules
from disclaimers.models import Disclaimer, DisclaimerVersion
from disclaimers.placing import RULES_KEY
from disclaimers.shipped import amazon_sentences

LABEL = re.compile(r"^(?P<heading>[^.:!?\n]{3,100}):\s+(?P<text>\S.*)$", re.DOTALL)
FDA = re.compile(r"evaluated by the (?:u\.?s\.? )?(?:fda|food and drug administration)")
PAID = re.compile(
    r"commission|\bearn|\bpaid|compensat|sponsored|advertise|\bad\b|werbung|anzeige|provision|publicité"
)
LINKS = re.compile(r"affiliate|partner link|amazon associate|paid link|links? (?:on|in) this")
HEALTH = re.compile(
    r"medical advice|informational purposes|general information|(?:consult|ask|talk to|see) (?:your|a|with your) "
    r"(?:doctor|physician|health|medical|pharmacist)"
)


class VerbatimLocked(ValueError):
    """The wording is prescribed; only accepted variants may be shown."""


def fingerprint(text: str) -> str:
    """Return what two texts share if they differ only in case, quotes, dashes, spaces or the full stop."""
    return hashlib.sha256(rules.normalised(text).rstrip(" .").encode()).hexdigest()


def allowed_wordings(disclaimer: Disclaimer) -> list[str]:
    """Return the texts that may be chosen for a prescribed statement; the present one first."""
    first = disclaimer.versions.order_by("number").first()
    original = [first.text] if first else []
    return list(dict.fromkeys([disclaimer.text, *original, *disclaimer.accepted_variants]))


def change_text(
    disclaimer: Disclaimer,
    text: str,
    by: User | None = None,
    *,
    heading: str | None = None,
    text_short: str | None = None,
) -> DisclaimerVersion:
    """Give a disclaimer a new wording and have the editions that show it recompiled.

    Return the version that is current afterwards; the same wording makes no new one. Raises VerbatimLocked.
    """
    with transaction.atomic():
        locked = Disclaimer.objects.select_for_update().get(pk=disclaimer.pk)
        now = locked.current
        new_heading = heading if heading is not None else (now.heading if now else "")
        new_short = text_short if text_short is not None else (now.text_short if now else "")
        text = text.strip()
        if now and (now.text, now.heading, now.text_short) == (text, new_heading, new_short):
            return now
        if locked.is_verbatim and now and text not in allowed_wordings(locked):
            raise VerbatimLocked(
                f"This wording is prescribed ({locked.source or 'source not given'}) and must be shown unchanged."
            )
        locked.is_customised = True
        version = add_version(locked, text, heading=new_heading, text_short=new_short, by=by)
        audit.text_changed(locked, version, by)
        disclaimer.current, disclaimer.is_customised = version, True
        dependency_changed(locked.dependency_key)
    return version


def add_version(
    disclaimer: Disclaimer, text: str, *, heading: str = "", text_short: str = "", by: User | None = None
) -> DisclaimerVersion:
    """Write the next version and make it the current one."""
    last = disclaimer.versions.order_by("-number").first()
    version = DisclaimerVersion.objects.create(
        disclaimer=disclaimer,
        number=last.number + 1 if last else 1,
        heading=heading,
        text=text,
        text_short=text_short,
        fingerprint=fingerprint(text),
        created_by=by,
    )
    disclaimer.current = version
    disclaimer.save(update_fields=["current", "is_customised"])
    return version


def save_rule(disclaimer: Disclaimer, by: User | None = None) -> None:
    """Save everything but the text and have every page checked: a rule may place the text on any of them."""
    with transaction.atomic():
        before = Disclaimer.objects.select_for_update().filter(pk=disclaimer.pk).first()
        disclaimer.is_customised = True
        disclaimer.save()
        audit.rule_changed(before, disclaimer, by)
        dependency_changed(disclaimer.dependency_key, RULES_KEY)


def remember(text: str, locale: str = "en") -> Disclaimer:
    """Return the record with this wording, whatever its version; make one if there is none.

    A label such as "Important Note: " becomes the heading. The second import of a text finds the first one's record.
    """
    whole = text.strip()
    label = LABEL.match(whole)
    heading, rest = (label["heading"].strip(), label["text"].strip()) if label else ("", whole)
    for candidate in (whole, rest):
        known = (
            DisclaimerVersion.objects.filter(fingerprint=fingerprint(candidate))
            .order_by("disclaimer_id")
            .first()
        )
        if known is not None:
            return known.disclaimer
    family, kind = classify(whole)
    title = heading or rest[:80]
    with transaction.atomic():
        disclaimer, is_new = Disclaimer.objects.get_or_create(
            slug=f"{slugify(title)[:80].strip('-') or 'text'}-{fingerprint(rest)[:8]}",
            defaults={
                "family": family,
                "kind": kind,
                "title": title,
                "locale": locale,
                "slot": rules.BEFORE_PAID_LINK if family == rules.DISCLOSURE else rules.AFTER_BODY,
                "origin": Disclaimer.Origin.IMPORTED,
                "source": "Imported with an article.",
                "source_status": "not checked",
            },
        )
        if is_new:
            add_version(disclaimer, rest, heading=heading)
    return disclaimer


def classify(text: str) -> tuple[str, str]:
    """Return family and kind of a text from elsewhere."""
    words = rules.normalised(text)
    if words in amazon_sentences():
        return rules.DISCLOSURE, rules.NETWORK_STATEMENT
    if FDA.search(words):
        return rules.STATEMENT, "structure_function_disclaimer"
    if LINKS.search(words):
        return rules.DISCLOSURE, "affiliate_disclosure" if PAID.search(words) else "unclear_disclosure"
    if HEALTH.search(words):
        return rules.NOTICE, rules.HEALTH_INFORMATION
    return rules.NOTICE, "imported_notice"
