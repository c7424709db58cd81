"""Structured data: one `@graph` a page, nodes merged by `@id`, after schema.org and Google's rules for Article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from articles.context import Site
from articles.models import Author, Edition, Topic
from articles.renditions.markup import Picture

Node = dict[str, Any]
# "<" must not end the script element; the others are what Django's json_script escapes.
ESCAPES = (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026"))


def graph(edition: Edition, authors: Sequence[Author], site: Site) -> list[Node]:
    """Return every node of an article page; plugins' nodes extend ours where the `@id` is the same.

    Kept short, since it is part of every page: the site's own nodes stand in full on the home page only.
    """
    url = canonical_url(edition, site)
    people = {person.pk: person for person in (*authors, edition.reviewer) if person}
    nodes = [
        _web_page(edition, url, site),
        _article(edition, authors, url, site),
        *(person(author, site) for author in people.values()),
    ]
    return merged((*nodes, *edition.structured_data), base=url)


def canonical_url(edition: Edition, site: Site) -> str:
    return edition.canonical_url or site.absolute(edition.get_absolute_url())


def _web_page(edition: Edition, url: str, site: Site) -> Node:
    steps = [(edition.topic.name, edition.topic.get_absolute_url())] if edition.topic else []
    node: Node = {
        "@type": "WebPage",
        "@id": f"{url}#webpage",
        "url": url,
        "inLanguage": edition.language,
        "isPartOf": {"@id": f"{site.url}/#website"},
        "breadcrumb": breadcrumb(steps, edition.title, site),
    }
    if edition.reviewer and edition.reviewed_on:  # both belong to WebPage; on Article they are invalid
        node["reviewedBy"] = {"@id": person_id(edition.reviewer, site)}
        node["lastReviewed"] = edition.reviewed_on.isoformat()
    return node


def _article(edition: Edition, authors: Sequence[Author], url: str, site: Site) -> Node:
    node: Node = {
        "@type": "Article",
        "@id": f"{url}#article",
        "headline": edition.title,
        "datePublished": edition.published_at.isoformat(timespec="seconds"),
        "dateModified": edition.updated_at.isoformat(timespec="seconds"),
        "author": [{"@id": person_id(author, site)} for author in authors],
        "publisher": {"@type": "Organization", "@id": f"{site.url}/#organization", "name": site.name},
        "mainEntityOfPage": {"@id": f"{url}#webpage"},
        "wordCount": edition.word_count,
        "timeRequired": f"PT{edition.reading_minutes}M",
        "isAccessibleForFree": True,
    }
    if edition.topic:
        node["articleSection"] = edition.topic.name
    if edition.image:
        node["image"] = [site.absolute(Picture.of(edition.image).shared.url)]
    return node


def breadcrumb(steps: Iterable[tuple[str, str]], name: str, site: Site) -> Node:
    """Return the trail home, `steps` (name, path), this page; Google lets the last one go without an address."""
    trail: list[Node] = [{"name": site.name, "item": f"{site.url}/"}]
    trail += [{"name": step, "item": site.absolute(path)} for step, path in steps]
    trail.append({"name": name})
    items = [{"@type": "ListItem", "position": place, **step} for place, step in enumerate(trail, 1)]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def person_id(author: Author, site: Site) -> str:
    return f"{site.absolute(author.get_absolute_url())}#person"


def person(author: Author, site: Site) -> Node:
    node: Node = {"@type": "Person", "@id": person_id(author, site), "name": author.name}
    node["url"] = site.absolute(author.get_absolute_url())
    if author.job_title:
        node["jobTitle"] = author.job_title
    if author.credentials:
        node["honorificSuffix"] = author.credentials
    if author.profile_link:
        node["sameAs"] = [author.profile_link]
    return node


def site_nodes(site: Site) -> list[Node]:
    organization, website = f"{site.url}/#organization", f"{site.url}/#website"
    logo = site.absolute(static("cms/touch-icon.png"))
    return [
        {
            "@type": "Organization",
            "@id": organization,
            "name": site.name,
            "url": f"{site.url}/",
            "logo": logo,
        },
        {
            "@type": "WebSite",
            "@id": website,
            "name": site.name,
            "url": f"{site.url}/",
            "inLanguage": site.language,
            "publisher": {"@id": organization},
            "potentialAction": {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": site.absolute("/search/?q={search_term_string}"),
                },
                "query-input": "required name=search_term_string",
            },
        },
    ]


def topic_nodes(topic: Topic, url: str, site: Site) -> list[Node]:
    page = {"@type": "CollectionPage", "@id": f"{url}#webpage", "url": url, "name": topic.name}
    page["isPartOf"] = {"@id": f"{site.url}/#website"}  # type: ignore[assignment]  # a node holds other nodes
    return [page, breadcrumb([], topic.name, site), *site_nodes(site)]


def author_nodes(author: Author, url: str, site: Site) -> list[Node]:
    page = {"@type": "ProfilePage", "@id": f"{url}#webpage", "url": url, "name": author.name}
    page["mainEntity"] = {"@id": person_id(author, site)}  # type: ignore[assignment]  # a node holds other nodes
    return [page, person(author, site), *site_nodes(site)]


def merged(nodes: Iterable[Mapping[str, Any]], *, base: str = "") -> list[Node]:
    """Join nodes of equal `@id`: later values win, lists grow. An `@id` such as "#article" means one of this page."""
    found: dict[str, Node] = {}
    for position, raw in enumerate(nodes):
        node = dict(raw)
        if str(node.get("@id", "")).startswith("#"):
            node["@id"] = base + node["@id"]
        known = found.setdefault(node.get("@id") or f"{position}", {})
        for key, value in node.items():
            both_lists = isinstance(value, list) and isinstance(known.get(key), list)
            known[key] = [*known[key], *value] if both_lists else value
    return list(found.values())


def script_text(nodes: Sequence[Node]) -> SafeString:
    """Return the content of the page's one ld+json script."""
    data = {"@context": "https://schema.org", "@graph": nodes}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character, escape in ESCAPES:
        text = text.replace(character, escape)
    return mark_safe(text)  # noqa: S308  cannot leave the script element
