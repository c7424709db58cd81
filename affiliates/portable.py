"""Networks, programs, links and products in one file, `links.yaml`: export, import and the sample content."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Model

from affiliates.models import AffiliateLink, Keyword, Network, Product, Program
from affiliates.networks import all_networks
from affiliates.services import add_target, announce, create_link, mark_changed, set_target
from affiliates.targets import parse_target
from articles.models import Image
from articles.nesting import read_yaml
from cms.contracts import Portable

FILE = "links.yaml"
NETWORK_FIELDS = (
    "name", "store_name", "routing", "hosts", "short_hosts", "path_pattern", "sub_id_carrier", "sub_id_parameter",
    "sub_id_max_length", "sub_id_alphabet", "sends_click_token", "marker_parameter", "account_parameter",
    "account_pattern", "destination_parameter", "required_sentence", "price_rule", "is_open", "notes", "source",
    "sources",
)  # fmt: skip
PROGRAM_FIELDS = (
    "merchant",
    "store_name",
    "domains",
    "account",
    "sub_id_parameter",
    "currency",
    "credit_days",
    "starts_on",
    "ends_on",
    "forbids_redirect",
    "notes",
)
LINK_FIELDS = ("title", "store_name", "status", "expires_at", "fallback_url", "recall_reason", "notes")
TARGET_FIELDS = (
    "countries", "devices", "languages", "starts_at", "ends_at", "weight", "priority", "allows_http",
)  # fmt: skip
KEYWORD_FIELDS = ("phrases", "cap", "matches_case", "is_active")
PRODUCT_FIELDS = ("name", "brand", "form", "amount_per_serving", "facts", "is_recalled", "recall_reason")
Entry = Mapping[str, Any]


def dump(folder: Path) -> None:
    """Write every record to `folder`/links.yaml. Shipped networks are left out unless somebody changed them."""
    networks = Network.objects.filter(is_customised=True)
    programs = Program.objects.select_related("network").order_by("slug")
    links = AffiliateLink.objects.with_target().select_related("network", "program", "replacement")
    links = links.prefetch_related("targets", "keywords").order_by("slug")
    products = Product.objects.select_related("link", "image").order_by("slug")
    document = {
        "networks": [
            {"key": network.key, "customised": True, **_fields(network, NETWORK_FIELDS)}
            for network in networks
        ],
        "programs": [
            {"slug": program.slug, "network": program.network.key, **_fields(program, PROGRAM_FIELDS)}
            for program in programs
        ],
        "links": [_dump_link(link, link.target_url) for link in links],
        "products": [
            {
                "slug": product.slug,
                **_fields(product, PRODUCT_FIELDS),
                **({"image": product.image.slug} if product.image else {}),
                **({"link": product.link.slug} if product.link else {}),
            }
            for product in products
        ],
    }
    if any(document.values()):
        text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)
        (folder / FILE).write_text(text, encoding="utf-8")


def _dump_link(link: AffiliateLink, url: str | None) -> dict[str, Any]:
    active = [target for target in link.targets.all() if target.is_active]
    others = [target for target in active if target.url != url or target.is_conditional]
    extra: dict[str, Any] = {
        "program": link.program.slug if link.program else "",
        "replacement": link.replacement.slug if link.replacement else "",
        "other_targets": [{"url": target.url, **_fields(target, TARGET_FIELDS)} for target in others],
        "keywords": [_fields(keyword, KEYWORD_FIELDS) for keyword in link.keywords.all()],
    }
    filled = {name: value for name, value in extra.items() if value}
    return {
        "slug": link.slug, "network": link.network.key, **filled, "url": url or "", **_fields(link, LINK_FIELDS),
    }  # fmt: skip


def _fields(record: Model, names: Collection[str]) -> dict[str, Any]:
    """Return the fields that differ from their defaults."""
    fields = [field for field in record._meta.concrete_fields if field.name in names]
    values = {field.name: (getattr(record, field.name), field.get_default()) for field in fields}
    return {name: value for name, (value, default) in values.items() if value != default}


def load(folder: Path) -> None:
    if (path := folder / FILE).is_file():
        load_links(path)


@transaction.atomic
def load_links(path: Path) -> None:
    """Create or update the records of a file; running it again changes nothing.

    A program of a single shop needs no `domains`: the hosts of its links in the file count as its own. A network's
    `tracking_id` is the account of its programs that name none. Raises TargetError, ValidationError or, for a file
    that cannot be read, ValueError.
    """
    document: Mapping[str, list[Entry]] = read_yaml(path.read_text(encoding="utf-8")) or {}
    networks = {network.key: network for network in all_networks()}
    accounts = {entry["key"]: entry.get("tracking_id", "") for entry in document.get("networks") or ()}
    for entry in document.get("networks") or ():
        if entry.get("customised") or entry["key"] not in networks:
            facts = {name: entry[name] for name in NETWORK_FIELDS if name in entry}
            networks[entry["key"]], _ = Network.objects.update_or_create(
                key=entry["key"], defaults={**facts, "is_customised": True}
            )
    links = document.get("links") or []
    programs = {
        entry["slug"]: _load_program(
            entry, networks[entry["network"]], links, accounts.get(entry["network"], "")
        )
        for entry in document.get("programs") or ()
    }
    for entry in links:
        _load_link(entry, networks, programs)
    _load_replacements(links)
    for entry in document.get("products") or ():
        _load_product(entry)


def _load_program(entry: Entry, network: Network, links: list[Entry], account: str) -> Program:
    values = {name: entry[name] for name in PROGRAM_FIELDS if name in entry}
    values.setdefault("account", account)
    if not network.hosts and "domains" not in values:
        own = [link["url"] for link in links if link.get("program") == entry["slug"]]
        values["domains"] = sorted({parse_target(url).host for url in own})
    program, _ = Program.objects.update_or_create(slug=entry["slug"], defaults={"network": network, **values})
    return program


def _load_link(entry: Entry, networks: Mapping[str, Network], programs: Mapping[str, Program]) -> None:
    program = (
        programs.get(entry.get("program", "")) or Program.objects.filter(slug=entry.get("program")).first()
    )
    values: dict[str, Any] = {name: entry[name] for name in LINK_FIELDS if name in entry}
    values.setdefault("title", entry["slug"])
    values.setdefault("store_name", program.store_name or program.merchant if program else "")
    network = networks[entry["network"]]
    link = AffiliateLink.objects.filter(slug=entry["slug"]).first()
    if link is None:
        first = {name: values[name] for name in ("title", "store_name", "status") if name in values}
        link = create_link(slug=entry["slug"], url=entry["url"], network=network, program=program, **first)
    values |= {"network": network, "program": program}
    if any(getattr(link, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(link, name, value)
        mark_changed(link)
        link.save()
        announce(link)
    if entry.get("url"):
        set_target(link, entry["url"], allow_http=entry["url"].startswith("http:"))
    _load_rest(link, entry)


def _load_rest(link: AffiliateLink, entry: Entry) -> None:
    """Add the further addresses and keywords that are not there yet."""
    active = link.targets.filter(is_active=True)
    there = [{"url": target.url, **_fields(target, TARGET_FIELDS)} for target in active]
    for values in entry.get("other_targets") or ():
        if values not in there:
            add_target(link, **values)
    known = [_fields(keyword, KEYWORD_FIELDS) for keyword in link.keywords.all()]
    for values in entry.get("keywords") or ():
        if values not in known:
            Keyword.objects.create(link=link, **values)


def _load_replacements(links: list[Entry]) -> None:
    """Join links that name each other, once all are there."""
    named = {entry["slug"]: entry["replacement"] for entry in links if entry.get("replacement")}
    rows = AffiliateLink.objects.in_bulk([*named, *named.values()], field_name="slug")
    for slug, other in named.items():
        link, replacement = rows.get(slug), rows.get(other)
        if link and replacement and link.replacement_id != replacement.pk:
            link.replacement = replacement
            link.save(update_fields=["replacement"])


def _load_product(entry: Entry) -> None:
    slug = entry["slug"]
    link = AffiliateLink.objects.filter(slug=entry.get("link")).first()
    values = {**{name: entry[name] for name in PRODUCT_FIELDS if name in entry}, "link": link}
    if "image" in entry:
        values["image"] = Image.objects.filter(slug=entry["image"]).first()
    product = Product.objects.filter(slug=slug).first() or Product(slug=slug, version=0)
    if product.version and all(getattr(product, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(product, name, value)
    mark_changed(product)
    product.save()
    announce(product)


PORTABLE = Portable("affiliates", dump, load)
