"""Networks as data: loading the shipped file, and recognising whose link an address is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml
from django.apps import AppConfig
from django.apps.registry import Apps
from django.core.exceptions import ValidationError

from affiliates.models import Network, Program
from affiliates.targets import Target, TargetError, host_matches, parse_target
from cms import plugins

DATA = Path(__file__).parent / "data" / "networks.yaml"
DIRECT_MERCHANT = "direct-merchant"
HOOK = "networks"


@dataclass(frozen=True, slots=True)
class Merchant:
    """A shop that pays through networks of others; its own addresses earn nothing."""

    store_name: str
    domains: tuple[str, ...]
    networks: tuple[str, ...]
    notes: str
    source: str


@cache
def _document() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return found


@cache
def shipped() -> Mapping[str, Mapping[str, Any]]:
    """Return the facts of the data file by network key, each group of them with its source and day."""
    day = _document()["checked_on"]
    return {
        entry["key"]: {"checked_on": day, **entry, "sources": _dated(entry["sources"], str(day))}
        for entry in _document()["networks"]
    }


def _dated(sources: Mapping[str, Any], day: str) -> dict[str, dict[str, str]]:
    return {group: {"source": source, "checked_on": day} for group, source in sources.items()}


@cache
def merchants() -> tuple[Merchant, ...]:
    """Return the shops that are known to pay through networks."""
    return tuple(
        Merchant(
            store_name=entry["store_name"],
            domains=tuple(entry["domains"]),
            networks=tuple(entry["networks"]),
            notes=entry["notes"],
            source=entry["source"],
        )
        for entry in _document()["merchants"]
    )


def merchant_of(host: str) -> Merchant | None:
    """Return the shop of a host, if it is one that pays through networks."""
    return next((merchant for merchant in merchants() if host_matches(host, merchant.domains)), None)


def known() -> dict[str, Mapping[str, Any]]:
    """Return the facts of every network that ships or comes with a plugin; what ships keeps its keys."""
    added = {network.key: network.facts() for network in plugins.registry().of(HOOK).values()}
    return {**{key: facts for key, facts in added.items() if _is_valid(facts)}, **shipped()}


def _is_valid(facts: Mapping[str, Any]) -> bool:
    """Refuse a plugin's network that the admin would refuse, so that it breaks no link."""
    try:
        Network(**facts).clean_fields()
        Network(**facts).clean()
    except (ValidationError, TypeError):
        plugins.log.exception("network_refused", network=facts["key"])
        return False
    return True


def sync(model: type[Network] = Network) -> int:
    """Bring the table up to date with what is known and return how many rows changed. Customised rows stay.

    Migrations pass their historical model: facts that it has no column for yet are left out.
    """
    columns = {field.name for field in model._meta.concrete_fields}
    existing = {network.key: network for network in model._default_manager.all()}
    changed = 0
    for key, entry in known().items():
        facts = {name: value for name, value in entry.items() if name in columns}
        network = existing.get(key) or model()
        if network.is_customised or all(getattr(network, name) == value for name, value in facts.items()):
            continue
        for name, value in facts.items():
            setattr(network, name, value)
        network.save()
        changed += 1
    return changed


def all_networks() -> list[Network]:
    """Return every network; an emptied table is filled from the data file first."""
    found = list(Network.objects.all())
    if not found:
        sync()
        found = list(Network.objects.all())
    return found


def sync_after_migrate(app_config: AppConfig, apps: Apps | None = None, **_: Any) -> None:
    """Let new facts of an update or a plugin arrive with its migrations; a flush names no `apps`."""
    if app_config.name != "affiliates":
        return
    try:
        model = apps.get_model("affiliates", "Network") if apps else Network
    except LookupError:  # migrated down to nothing
        return
    sync(model)


def recognise(target: Target, networks: Iterable[Network]) -> Network | None:
    """Return the network that a link belongs to: by host, else by the shape of its path or a parameter."""
    found = list(networks)
    for network in found:
        if host_matches(target.host, (*network.hosts, *network.short_hosts)):
            return network
    for network in found:
        if network.path_pattern and re.fullmatch(network.path_pattern, target.path):
            return network
        if network.marker_parameter and target.parameter(network.marker_parameter):
            return network
    return None


def account_in(target: Target, network: Network) -> str | None:
    """Return the account that an address pays, "" if it should name one and does not, None if it cannot be told.

    Raises TargetError if it names two: nobody knows which of them is paid.
    """
    if network.account_pattern:
        found = re.fullmatch(network.account_pattern, target.path)
        if found:
            return found.group(1)
    if network.account_parameter:
        given = target.parameters(network.account_parameter)
        if len(set(given)) > 1:
            raise TargetError(
                f"The address carries {network.account_parameter} twice, with different values."
            )
        return given[0] if given else ""
    return None


def destination_host(target: Target, network: Network) -> str:
    """Return the shop's host that a network's deep link names, "" if it names none."""
    given = target.parameter(network.destination_parameter) if network.destination_parameter else None
    if not given:
        found = re.search(r"https?(?::|%3[Aa])(?:/|%2[Ff]){2}.*\Z", target.path)
        given = unquote(found.group()) if found else ""
    try:
        return parse_target(re.sub(r"\Ahttp:", "https:", given.partition("#")[0])).host
    except TargetError:
        return ""


def is_paid_address(target: Target, networks: Iterable[Network]) -> bool:
    """Return whether an address earns a commission: any of a tracking host, a shop's only with an account in it."""
    network = recognise(target, networks)
    if network is None:
        return False
    if network.routing == Network.Routing.DIRECT and not host_matches(target.host, network.short_hosts):
        return bool(target.parameter(network.account_parameter))
    return True


def program_for_host(host: str) -> Program | None:
    """Return the program that names this host, or a host above it, as its own."""
    for program in Program.objects.select_related("network"):
        if host_matches(host, program.domains):
            return program
    return None
