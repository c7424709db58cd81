"""What a file would change, row by row, before anything is changed; and the change itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Literal

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from affiliates import services
from affiliates.exchange.formats import Row, parse_moment
from affiliates.models import AffiliateLink, Keyword, Network, Program
from affiliates.models.network import approved_hosts, routing_of
from affiliates.networks import all_networks
from affiliates.targets import TargetError, host_matches, parse_target, url_hash

Action = Literal["create", "update", "unchanged", "error"]
Status = AffiliateLink.Status


@dataclass(slots=True)
class Planned:
    """One row with what becomes of it. `changes` names the fields that differ."""

    row: Row
    action: Action = "error"
    link: AffiliateLink | None = None
    slug: str = ""
    network: Network | None = None
    program: Program | None = None
    store_name: str = ""
    url: str = ""
    new_program: str = ""
    changes: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    error: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    rows: Sequence[Planned]

    def of(self, action: Action) -> list[Planned]:
        return [planned for planned in self.rows if planned.action == action]

    @property
    def counts(self) -> dict[str, int]:
        actions: tuple[Action, ...] = ("create", "update", "unchanged", "error")
        return {action: len(self.of(action)) for action in actions}


def make_plan(rows: Sequence[Row]) -> Plan:
    """Look at every row without changing anything."""
    wanted = {_slug(row) for row in rows}
    links = AffiliateLink.objects.filter(slug__in=wanted).with_target().select_related("network", "program")
    known = {link.slug: link for link in links.prefetch_related("targets", "keywords")}
    networks = {network.key: network for network in all_networks()}
    programs = {program.slug: program for program in Program.objects.select_related("network")}
    seen: dict[str, int] = {}
    planned = []
    for row in rows:
        found = Planned(row, slug=_slug(row))
        try:
            _look_at(found, known, networks, programs)
            _keep_apart(found, seen)
        except (TargetError, ValidationError, ValueError) as error:
            found.action, found.error = "error", _words(error)
        planned.append(found)
    return Plan(planned)


def _keep_apart(found: Planned, seen: dict[str, int]) -> None:
    """Let no two rows of a file make one link. Raises ValueError."""
    slug = found.slug
    if not found.row.slug and found.link is None and slug in seen:
        numbered = (f"{slug}-{number}" for number in count(2))
        slug = found.slug = next(name for name in numbered if name not in seen)
    if slug in seen:
        raise ValueError(f"Line {seen[slug]} has the same slug.")
    seen[slug] = found.row.line


def _slug(row: Row) -> str:
    """Return the slug as we write them: the other systems allow capitals and slashes."""
    return slugify(row.slug.strip("/").replace("/", "-").replace("_", "-"))[:64].strip("-")


def _words(error: Exception) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def _look_at(
    found: Planned,
    known: dict[str, AffiliateLink],
    networks: dict[str, Network],
    programs: dict[str, Program],
) -> None:
    row = found.row
    recognised = services.recognise_address(row.address)
    found.url = recognised.target.url
    if row.network and row.network not in networks:
        raise ValueError(f"There is no network named {row.network}.")
    if row.program and row.program not in programs:
        found.notes.append(f"There is no program named {row.program} here; the address decides.")
    found.network = networks.get(row.network) or recognised.network
    found.program = programs.get(row.program) or recognised.program
    found.store_name = row.store_name or recognised.store_name
    if found.network is None:
        found.network = networks["direct-merchant"]
    hosts = approved_hosts(found.network, found.program)
    if found.program is None and not host_matches(recognised.target.host, hosts):
        found.new_program = recognised.target.host.removeprefix("www.")
        found.notes.append(f"No network uses {found.new_program}: it becomes a programme of its own.")
    else:
        found.notes += services.check_address(found.url, found.network, found.program).warnings
    _look_at_countries(found)
    if not found.slug:
        found.slug = _free_or_known(found, known)
    elif found.slug != row.slug:
        found.notes.append(f"“{row.slug}” becomes {found.slug}.")
    found.link = known.get(found.slug)
    _compare(found)


def _look_at_countries(found: Planned) -> None:
    """Check the addresses for single countries, which a direct link cannot have."""
    row, network = found.row, found.network
    if not row.countries or network is None:
        return
    if routing_of(network, found.program) == Network.Routing.DIRECT:
        found.notes.append("A direct link has one address; those for single countries are left out.")
        found.row = replace(row, countries=())
        return
    for country, address in row.countries:
        if not re.fullmatch(r"[A-Z]{2}", country):
            raise ValueError(f"“{country}” is no two-letter country.")
        if found.new_program:
            parse_target(address)
        else:
            services.check_address(address, network, found.program)


def _free_or_known(found: Planned, known: dict[str, AffiliateLink]) -> str:
    """Return the slug of the link that has this address already, else a new one."""
    links = AffiliateLink.objects.filter(targets__url_hash=url_hash(found.url), targets__is_active=True)
    if link := links.with_target().select_related("network", "program").first():
        known[link.slug] = link
        return link.slug
    return services.free_slug(f"{found.store_name} {found.row.title}")


def _given(found: Planned) -> dict[str, Any]:
    """Return the values that the file names, checked."""
    row = found.row
    given: dict[str, Any] = {"title": row.title, "store_name": row.store_name, "status": row.status}
    given = {name: value for name, value in given.items() if value}
    if given.get("status") and row.status not in Status.values:
        raise ValueError(f"There is no status {row.status}. Use one of {', '.join(Status.values)}.")
    if row.expires_at is not None:
        try:
            given["expires_at"] = parse_moment(row.expires_at)
        except ValueError as error:
            raise ValueError("The end must look like 2026-12-24T18:00.") from error
    if row.fallback_url and not found.new_program and found.network:
        services.check_address(row.fallback_url, found.network, found.program)
    return given | {
        name: value for name in ("fallback_url", "notes") if (value := getattr(row, name)) is not None
    }


def _compare(found: Planned) -> None:
    """Say what the row would change of the link that is there; what the file does not name stays."""
    row, link, given = found.row, found.link, _given(found)
    if link is None:
        if given.get("status") == Status.RECALLED:
            raise ValueError("A recalled link cannot be imported: its recall was made elsewhere.")
        AffiliateLink._meta.get_field("slug").run_validators(found.slug)
        found.action, found.changes = "create", given
        return
    wanted = given.get("status", link.status)
    if wanted != link.status and Status.RECALLED in (wanted, link.status):
        del given["status"]
        found.notes.append("A recall is made and undone in the admin only; the status stays.")
    changes = {name: value for name, value in given.items() if getattr(link, name) != value}
    others = {
        "address": "" if link.target_url == found.url else found.url,
        "keywords": _missing_keywords(row, link),
        "countries": _missing_countries(row, link),
    }
    found.changes = changes | {name: value for name, value in others.items() if value}
    found.action = "update" if found.changes else "unchanged"


def _missing_keywords(row: Row, link: AffiliateLink) -> list[str]:
    there = {phrase for keyword in link.keywords.all() for phrase in keyword.phrases}
    return [phrase for phrase in row.keywords if phrase not in there]


def _missing_countries(row: Row, link: AffiliateLink) -> list[tuple[str, str]]:
    active = [target for target in link.targets.all() if target.is_active]
    there = {(country, target.url) for target in active for country in target.countries.split()}
    return [pair for pair in row.countries if pair not in there]


@transaction.atomic
def apply(plan: Plan, *, by: User | None = None) -> dict[str, int]:
    """Make the changes of a plan, all or none of its good rows. Rows that still fail are marked as errors."""
    for found in plan.rows:
        if found.action not in ("create", "update"):
            continue
        try:
            with transaction.atomic():
                _apply_one(found, by)
        except (TargetError, ValidationError, ValueError) as error:
            found.action, found.error = "error", _words(error)
    return plan.counts


def _apply_one(found: Planned, by: User | None) -> None:
    network, row = found.network, found.row
    assert network is not None  # noqa: S101 (_look_at has set it)
    if found.new_program:
        found.program = services.own_program(network, found.new_program)
    link, changes = found.link, dict(found.changes)
    for name in ("address", "keywords", "countries"):
        changes.pop(name, None)
    if link is None:
        link = services.create_link(
            url=found.url,
            network=network,
            program=found.program,
            title=changes.pop("title", "") or found.slug,
            store_name=changes.pop("store_name", "") or found.store_name,
            slug=found.slug,
            by=by,
        )
    elif "address" in found.changes:
        link.network, link.program = network, found.program
        services.set_target(link, found.url, by=by)
    if changes or found.link is not None:
        _write(link, changes, by)
    for country, address in _missing_countries(row, link):
        services.add_target(link, url=address, countries=country, by=by)
    if phrases := _missing_keywords(row, link):
        Keyword.objects.create(link=link, phrases=phrases)


def _write(link: AffiliateLink, changes: dict[str, Any], by: User | None) -> None:
    for name, value in changes.items():
        setattr(link, name, value)
    link.full_clean()
    services.mark_changed(link)
    link._history_user = by  # type: ignore[attr-defined]  # simple-history reads it
    link.save()
    services.announce(link)
