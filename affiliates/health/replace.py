"""Replacing a link everywhere: its address, or the link itself in every working copy. Each can be undone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from affiliates import services
from affiliates.markup.lookup import FRONT_MATTER_KEY
from affiliates.models import AffiliateLink, LinkReplacement, LinkTarget, Product
from affiliates.models.target import CONDITIONS
from affiliates.targets import TargetError
from articles.models import Article, Edition, Revision
from articles.publishing import PublishRefused, SlugTaken, publish
from articles.revisions import StaleRevision, save_revision
from cms.contracts import CompileError

MOST_ARTICLES = 50  # in one go: each is saved and compiled while somebody waits


@dataclass(frozen=True, slots=True)
class Line:
    number: int | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What would happen to one article. `is_published`: readers see exactly this working copy."""

    article: Article
    lines: tuple[Line, ...]
    text: str
    front_matter: Mapping[str, Any]
    is_live: bool
    is_published: bool


def exchange(text: str, old: str, new: str) -> str:
    """Return the text with every link to `aff:old` leading to `aff:new`: inline, by reference, in angle brackets."""
    place = rf"(\]\(\s*<?|^ {{0,3}}\[[^\]\n]+\]:\s*<?|<)aff:{re.escape(old)}(?=[\s)>]|$)"
    return re.sub(place, rf"\g<1>aff:{new}", text, flags=re.MULTILINE)


def plan(link: AffiliateLink, new: AffiliateLink) -> list[Change]:
    """Return what replacing would change in each working copy, by title."""
    mentioned = Q(head__text__contains=f"aff:{link.slug}") | Q(
        **{f"head__front_matter__{FRONT_MATTER_KEY}": link.slug}
    )
    articles = Article.objects.filter(mentioned).select_related("head").order_by("title", "pk")
    live = dict(Edition.objects.live().values_list("article_id", "revision_id"))
    found = (_change(article, link, new, live) for article in articles.iterator(chunk_size=100))
    return [change for change in found if change is not None]


def _change(
    article: Article, link: AffiliateLink, new: AffiliateLink, live: Mapping[int, int]
) -> Change | None:
    head = article.head
    if head is None:
        return None
    text = exchange(head.text, link.slug, new.slug)
    front_matter = dict(head.front_matter)
    lines = list(_changed_lines(head.text, text))
    if front_matter.get(FRONT_MATTER_KEY) == link.slug:
        front_matter[FRONT_MATTER_KEY] = new.slug
        name = FRONT_MATTER_KEY
        lines.append(Line(None, f"{name}: {link.slug}", f"{name}: {new.slug}"))
    if not lines:
        return None
    shown = live.get(article.pk)
    return Change(article, tuple(lines), text, front_matter, shown is not None, shown == head.pk)


def _changed_lines(before: str, after: str) -> Iterator[Line]:
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    for number, (old, new) in enumerate(pairs, start=1):
        if old != new:
            yield Line(number, old, new)


def replace_target(target: LinkTarget, url: str, *, by: User | None, reason: str) -> LinkReplacement:
    """Let a link lead to `url` instead of one of its addresses, in every article at once. Raises TargetError."""
    with transaction.atomic():
        AffiliateLink.objects.select_for_update(no_key=True).get(pk=target.link_id)
        target.refresh_from_db(fields=["is_active"])
        if not target.is_active:
            raise TargetError("Somebody has changed it meanwhile: nobody is led to this address any more.")
        new = _exchange_target(target, url, by)
        return LinkReplacement.objects.create(
            link=target.link, old_url=target.url, new_url=new.url, reason=reason, by=by
        )


def _exchange_target(target: LinkTarget, url: str, by: User | None) -> LinkTarget:
    """Retire an address for a new one with the same conditions. Raises TargetError."""
    link = target.link
    checked = services.check_address(url, link.network, link.program, allow_http=target.allows_http)
    if checked.url == target.url:
        raise TargetError("The link leads there already.")
    if link.targets.shown().first() == target and not target.is_conditional:
        return services.set_target(link, url, by=by, allow_http=target.allows_http)
    terms = {name: getattr(target, name) for name in ("weight", "priority", "allows_http", *CONDITIONS)}
    services.retire(target)
    return services.add_target(link, url=checked.url, by=by, **terms)


def replace_link(
    link: AffiliateLink,
    new: AffiliateLink,
    *,
    heads: Mapping[int, int],
    by: User | None,
    reason: str,
    publish_too: bool,
) -> LinkReplacement:
    """Write `new` for `link` in the working copies of `heads` (article -> the revision that was previewed).

    With `publish_too` the articles whose readers see just that working copy are published again, as no substantive
    change. An article that somebody has saved meanwhile is left alone. Products that lead to `link` follow.
    """
    changes: list[dict[str, Any]] = []
    try:
        for change in plan(link, new):
            expected = heads.get(change.article.pk)
            if expected is not None:
                changes.append(_apply(change, expected, by, reason, publish_too))
        for product in list(Product.objects.filter(link=link)):
            _point(product, new)
            changes.append({"product": product.pk, "title": product.name})
    finally:  # what was changed before a fault can be undone
        made = LinkReplacement.objects.create(link=link, new_link=new, reason=reason, by=by, changes=changes)
    return made


def _apply(change: Change, expected: int, by: User | None, reason: str, publish_too: bool) -> dict[str, Any]:
    article = change.article
    done: dict[str, Any] = {"article": article.pk, "title": article.title, "before": expected}
    try:
        revision = save_revision(
            article,
            text=change.text,
            front_matter=change.front_matter,
            author=by,
            reason=reason,
            expected_head=expected,
        )
    except StaleRevision:
        return {**done, "note": "somebody saved it meanwhile; nothing was changed"}
    done["after"] = revision.pk
    if publish_too and change.is_published:
        return {**done, **_publish(article, by, reason)}
    return {**done, "note": "readers see it when the article is published"} if change.is_live else done


def _publish(article: Article, by: User | None, reason: str) -> dict[str, Any]:
    try:
        publish(article, by=by, reason=reason, substantive=False)
    except PublishRefused as refused:
        return {"note": f"not published: {refused.findings[0].message}"}
    except (SlugTaken, StaleRevision, CompileError) as error:
        return {"note": f"not published: {error}"}
    return {"published": True}


def _point(product: Product, link: AffiliateLink) -> None:
    product.link = link
    services.mark_changed(product)
    product.save()
    services.announce(product)


def articles_changed_by(replacement: LinkReplacement) -> QuerySet[Article]:
    """Return the articles that undoing would change again."""
    return Article.objects.filter(
        pk__in=[change["article"] for change in replacement.changes if "after" in change]
    )


def undo(replacement: LinkReplacement, *, by: User | None, publish_too: bool = True) -> list[str]:
    """Bring back what stood before, as new revisions, and return what could not be brought back, in words.

    Without `publish_too` readers go on seeing what was published with the replacement.
    """
    if replacement.undone_at is not None:
        return ["It was undone before."]
    reason = f"Undone: {replacement.reason}"[:200]
    if replacement.new_link_id is None:
        left = _undo_address(replacement, by)
    else:
        left = [
            note
            for change in replacement.changes
            if (note := _undo_one(change, replacement, by, reason, publish_too))
        ]
    replacement.undone_at, replacement.undone_by = timezone.now(), by
    replacement.save(update_fields=["undone_at", "undone_by"])
    return left


def _undo_address(made: LinkReplacement, by: User | None) -> list[str]:
    target = made.link.targets.filter(is_active=True, url=made.new_url).order_by("-pk").first()
    if target is None:
        return ["The address was changed since; it stays as it is."]
    with transaction.atomic():
        _exchange_target(target, made.old_url, by)
    return []


def _undo_one(
    change: Mapping[str, Any], made: LinkReplacement, by: User | None, reason: str, publish_too: bool
) -> str:
    if "product" in change:
        return _undo_product(change, made)
    return _undo_article(change, by, reason, publish_too) if "after" in change else ""


def _undo_product(change: Mapping[str, Any], made: LinkReplacement) -> str:
    product = Product.objects.filter(pk=change["product"], link=made.new_link).first()
    if product is None:
        return f"“{change['title']}” was changed since; it stays as it is."
    _point(product, made.link)
    return ""


def _undo_article(change: Mapping[str, Any], by: User | None, reason: str, publish_too: bool) -> str:
    article = Article.objects.filter(pk=change["article"]).first()
    before = Revision.objects.filter(pk=change["before"]).first()
    if article is None or before is None:
        return f"“{change['title']}” is gone."
    is_shown = Edition.objects.live().filter(article=article, revision=change["after"]).exists()
    try:
        save_revision(
            article,
            text=before.text,
            front_matter=before.front_matter,
            kind=Revision.Kind.RESTORE,
            author=by,
            reason=reason,
            expected_head=change["after"],
        )
    except StaleRevision:
        return f"“{article.title}” was edited since; it stays as it is."
    if change.get("published") and is_shown:
        if not publish_too:
            return f"“{article.title}”: readers see it when the article is published."
        note = _publish(article, by, reason).get("note", "")
        return f"“{article.title}”: {note}" if note else ""
    return ""
