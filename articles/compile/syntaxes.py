"""The kernel's own Markdown: links between articles, library pictures, notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from articles.compile.links import retag_links
from articles.compile.parser import Container, Markdown, add_key
from articles.models import Article, Edition, Image
from articles.renditions.markup import Picture, picture_html
from articles.renditions.places import TEXT
from cms.contracts import Choice, Finding, Keys, Syntax

ARTICLE, IMAGE = "article", "image"
OPENING = 3  # blocks of text that a reader sees at once


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """`url` is empty while readers cannot see the article."""

    id: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class LibraryImage:
    id: int
    picture: Picture
    alt: str
    is_decorative: bool
    credit: str


def resolve_articles(keys: Keys) -> Mapping[str, LinkedArticle]:
    """Answer for `art:` slugs: every address an article ever had, or the one that a draft wants."""
    slugs = keys.of(ARTICLE)
    if not slugs:
        return {}
    live = Edition.objects.live().filter(article=OuterRef("pk"))
    rows = (
        Article.objects.filter(Q(slug_claims__slug__in=slugs) | Q(slug__in=slugs))
        .annotate(live_title=Subquery(live.values("title")[:1]), live_slug=Subquery(live.values("slug")[:1]))
        .values_list("pk", "title", "slug", "slug_claims__slug", "live_title", "live_slug")
    )
    claimed: dict[str, LinkedArticle] = {}
    wanted: dict[str, LinkedArticle] = {}
    for pk, title, slug, claim, live_title, live_slug in rows:
        url = reverse("articles:detail", args=[live_slug]) if live_slug else ""
        linked = LinkedArticle(pk, live_title or title, url)
        wanted[slug] = linked
        if claim:
            claimed[claim] = linked
    return {slug: found for slug, found in (wanted | claimed).items() if slug in slugs}


def resolve_images(keys: Keys) -> Mapping[str, LibraryImage]:
    slugs = keys.of(IMAGE)
    if not slugs:
        return {}
    images = Image.objects.filter(slug__in=slugs)
    return {
        image.slug: LibraryImage(image.pk, Picture.of(image), image.alt, image.is_decorative, image.credit)
        for image in images
    }


def install_article_links(md: Markdown) -> None:
    md.core.ruler.push("article_links", lambda state: retag_links(state, "art", "article_link", ARTICLE))
    md.add_render_rule("article_link_open", _article_link_open)
    md.add_render_rule("article_link_close", _article_link_close)


def _article_link_open(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    context, slug = env["context"], tokens[idx].meta["key"]
    linked = context.lookup.get(ARTICLE, slug)
    closing = env.setdefault("article_link_closers", [])
    if linked is None:
        context.depend(f"slug:{slug}", "")
        message = f"There is no article with the address {slug}."
        context.finding(
            Finding("MD04", "error", message, quote=f"art:{slug}", fix="Choose an existing article.")
        )
    elif not linked.url:
        context.depend(f"article:{linked.id}", "")
        message = f"“{linked.title or slug}” is not published yet; readers see the words without a link until it is."
        context.finding(Finding("MD04", "info", message, quote=f"art:{slug}"))
    if linked is None or not linked.url:
        closing.append("")
        return ""
    context.depend(f"article:{linked.id}", linked.url)
    closing.append("</a>")
    return f'<a class="internal" href="{escape(linked.url)}">'


def _article_link_close(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    closers: list[str] = env["article_link_closers"]
    return closers.pop()


def install_images(md: Markdown) -> None:
    md.core.ruler.push("library_images", _retag_images)
    md.add_render_rule("image", _foreign_image)
    md.add_render_rule("library_image", _library_image)
    md.add_render_rule("figure_caption", _figure_caption)


def _retag_images(state: StateCore) -> None:
    for position, token in enumerate(state.tokens):
        for child in token.children or ():
            source = str(child.attrGet("src") or "")
            if child.type == "image" and source.startswith("img:"):
                slug = source.removeprefix("img:")
                child.type, child.meta = "library_image", {"key": slug}
                add_key(state.env, IMAGE, slug)
        children = token.children or []
        if (
            len(children) == 1
            and children[0].type == "library_image"
            and state.tokens[position - 1].type == "paragraph_open"
        ):
            opening, closing = state.tokens[position - 1], state.tokens[position + 1]
            opening.tag = closing.tag = "figure"
            opening.attrSet("class", "figure")
            children.append(
                Token("figure_caption", "", 0, meta=dict(children[0].meta), attrs=dict(children[0].attrs))
            )


def _library_image(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    token, context = tokens[idx], env["context"]
    slug, alt = token.meta["key"], token.content
    image = context.lookup.get(IMAGE, slug)
    if image is None:
        message = f"There is no picture named {slug} in the library."
        context.finding(
            Finding("MD05", "error", message, quote=f"img:{slug}", fix="Upload it or choose another one.")
        )
        return escape(alt)
    context.depend(f"image:{image.id}", image.picture.master.url)
    described = alt or image.alt
    if not described and not image.is_decorative:
        message = "This picture has no description."
        context.finding(
            Finding("MD05", "error", message, quote=f"img:{slug}", fix="Write it between the brackets.")
        )
    return picture_html(image.picture, TEXT, alt=described, is_first=_is_first(context, env))


def _is_first(context: Any, env: Any) -> bool:
    """True for the picture that a reader waits for: near the top, on a page without one above the text."""
    is_first = not env.get("has_picture") and not context.source.front_matter.get("image")
    env["has_picture"] = True
    return is_first and context.block is not None and context.block.index < OPENING


def _figure_caption(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    token = tokens[idx]
    image = env["context"].lookup.get(IMAGE, token.meta["key"])
    words = [str(token.attrs.get("title", "")), image.credit if image else ""]
    caption = " ".join(escape(word) for word in words if word)
    return f"<figcaption>{caption}</figcaption>" if caption else ""


def _foreign_image(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    token = tokens[idx]
    message = "Pictures from other sites are not shown: they track readers and break."
    env["context"].finding(
        Finding(
            "MD06", "error", message, quote=str(token.attrGet("src")), fix="Upload the picture and use img:."
        )
    )
    return escape(token.content)


def install_notes(md: Markdown) -> None:
    md.add_container(Container("note", "Note", "callout callout--note"))
    md.add_container(Container("warning", "Warning", "callout callout--warning"))


def pick_articles(query: str) -> Sequence[Choice]:
    found = Edition.objects.live().filter(title__icontains=query).only("title", "slug")[:10]
    return [
        Choice(f"[{edition.title}](art:{edition.slug})", edition.title, edition.slug) for edition in found
    ]


def pick_images(query: str) -> Sequence[Choice]:
    found = Image.objects.filter(slug__icontains=query)[:10]
    return [Choice(f"![{image.alt}](img:{image.slug})", image.slug, image.alt) for image in found]


SYNTAXES = (
    Syntax(ARTICLE, install_article_links, resolve_articles, pick_articles),
    Syntax(IMAGE, install_images, resolve_images, pick_images),
    Syntax("notes", install_notes),
)
