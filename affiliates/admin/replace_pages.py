"""Replacing a link everywhere: first every change is shown, then it is made, and it can be undone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from affiliates.admin.health_forms import AddressForm, ReplaceForm
from affiliates.admin.health_pages import allow, health_for, health_page
from affiliates.health import replace
from affiliates.health.places import articles_of
from affiliates.health.replace import MOST_ARTICLES, Change
from affiliates.health.run import make_due, watch_new_targets
from affiliates.health.tasks import check_links
from affiliates.models import AffiliateLink, LinkReplacement, Product
from affiliates.services import check_address
from affiliates.targets import TargetError
from articles.admin.access import access_to


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


@require_http_methods(["GET", "POST"])
def address(request: HttpRequest, target_id: int) -> HttpResponse:
    """Give a link another address: preview first, then, with `confirm`, for good."""
    allow(request, "affiliates.change_affiliatelink")
    health = health_for(target_id)
    link = health.target.link
    form = AddressForm(request.POST or None, initial={"reason": health.detail[:200], "url": health.moved_to})
    preview = ""
    warnings: tuple[str, ...] = ()
    if form.is_valid():
        url, allow_http = form.cleaned_data["url"], health.target.allows_http
        try:
            checked = check_address(url, link.network, link.program, allow_http=allow_http)
            if "confirm" in request.POST:
                made = replace.replace_target(
                    health.target, url, by=_person(request), reason=form.cleaned_data["reason"]
                )
                messages.success(request, "The link leads to the new address in every article.")
                return _to_present_target(made.link, made.new_url)
        except TargetError as error:
            form.add_error("url", str(error))
        else:
            preview, warnings = checked.url, checked.warnings
    context = {"form": form, "preview": preview, "warnings": warnings, "articles": articles_of(link.pk)}
    return health_page(request, health, "health_address", "Change the address", context)


@require_POST
def take_over(request: HttpRequest, target_id: int) -> HttpResponse:
    """Let the link lead where its shop has moved the page. Exactly the address that was shown, or none."""
    allow(request, "affiliates.change_affiliatelink")
    health = health_for(target_id)
    if not health.moved_to or request.POST.get("url") != health.moved_to:
        messages.error(request, "The shop says something else by now. Look at the new address first.")
        return redirect("admin:affiliates_linkhealth_change", health.pk)
    try:
        made = replace.replace_target(
            health.target,
            health.moved_to,
            by=_person(request),
            reason="The shop has moved the page for good.",
        )
    except TargetError as error:
        messages.error(request, f"It was not taken over. {error}")
        return redirect("admin:affiliates_linkhealth_change", health.pk)
    messages.success(request, "Taken over: the link leads there in every article. You can undo it below.")
    return _to_present_target(made.link, made.new_url)


def _to_present_target(link: AffiliateLink, url: str) -> HttpResponse:
    """Watch the address that holds now at once, and show its page."""
    watch_new_targets()
    active = link.targets.filter(is_active=True)
    target = active.filter(url=url).order_by("-pk").first() or active.order_by("pk").first()
    if target is None:
        return redirect("admin:affiliates_linkhealth_changelist")
    make_due(target_id=target.pk)
    check_links.enqueue(target_id=target.pk)
    return redirect("admin:affiliates_linkhealth_change", target.pk)


@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, target_id: int) -> HttpResponse:
    """Put another link in its place in every working copy: preview first, then, with `confirm`, for good."""
    allow(request, "affiliates.change_affiliatelink")
    health = health_for(target_id)
    old = health.target.link
    form = ReplaceForm(request.POST or None, old=old, initial={"reason": health.detail[:200]})
    changes: list[Change] = []
    refused: list[Change] = []
    products: list[Product] = []
    if form.is_valid():
        for change in replace.plan(old, form.cleaned_data["new_link"]):
            (changes if access_to(request.user, change.article).edit else refused).append(change)
        products = list(Product.objects.filter(link=old))
        if "confirm" in request.POST:
            return _replace(request, old, form, changes, target_id)
    context = {
        "form": form,
        "changes": changes[:MOST_ARTICLES],
        "more": max(0, len(changes) - MOST_ARTICLES),
        "refused": refused,
        "products": products,
        "is_preview": form.is_bound and form.is_valid(),
        "may_publish": request.user.has_perm("articles.publish_article"),
    }
    return health_page(request, health, "health_replace", "Replace the link", context)


def _replace(
    request: HttpRequest, old: AffiliateLink, form: ReplaceForm, changes: list[Change], target_id: int
) -> HttpResponse:
    """Make the changes that were ticked, each only if the article is as it was shown."""
    ticked = {int(pk) for pk in request.POST.getlist("article") if pk.isdecimal()}
    allowed = [change.article.pk for change in changes if change.article.pk in ticked][:MOST_ARTICLES]
    heads = {pk: int(head) for pk in allowed if (head := request.POST.get(f"head-{pk}", "")).isdecimal()}
    publish_too = form.cleaned_data["publish"] and request.user.has_perm("articles.publish_article")
    made = replace.replace_link(
        old,
        form.cleaned_data["new_link"],
        heads=heads,
        by=_person(request),
        reason=form.cleaned_data["reason"],
        publish_too=publish_too,
    )
    say_what_happened(request, made)
    return redirect("admin:affiliates_linkhealth_change", target_id)


def say_what_happened(request: HttpRequest, made: LinkReplacement) -> None:
    changed: list[dict[str, Any]] = [change for change in made.changes if "after" in change]
    published = sum(bool(change.get("published")) for change in changed)
    words = f"{len(changed)} article{'' if len(changed) == 1 else 's'} changed, {published} published again."
    messages.success(request, f"{words} It can be undone below.")
    for change in made.changes:
        if change.get("note"):
            messages.warning(request, f"“{change['title']}”: {change['note']}.")


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    allow(request, "affiliates.change_affiliatelink")
    made = get_object_or_404(LinkReplacement.objects.select_related("link", "new_link"), pk=pk)
    changed = replace.articles_changed_by(made)
    if foreign := next((one for one in changed if not access_to(request.user, one).edit), None):
        messages.error(request, f"You may not change “{foreign.title}”, so nothing was undone.")
        return _to_present_target(made.link, made.old_url)
    publish_too = request.user.has_perm("articles.publish_article")
    try:
        left = replace.undo(made, by=_person(request), publish_too=publish_too)
    except TargetError as error:
        messages.error(request, f"The old address is not allowed any more: {error}")
        left = []
    else:
        messages.success(request, "Undone.")
    for note in left:
        messages.warning(request, note)
    return _to_present_target(made.link, made.old_url)
