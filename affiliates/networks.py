"""Networks as data: loading the shipped file, and recognising whose link an address is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from affiliates.models import Network, Program
from affiliates.targets import Target, host_matches

DATA = Path(__file__).parent / "data" / "networks.yaml"
DIRECT_MERCHANT = "direct-merchant"


@cache
def shipped() -> Mapping[str, Mapping[str, Any]]:
    """Return the facts of the data file by network key."""
    document = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return {entry["key"]: {"checked_on": document["checked_on"], **entry} for entry in document["networks"]}


def sync(model: type[Network] = Network) -> int:
    """Bring the table up to date with the data file and return how many rows changed. Customised rows stay.

    A migration passes its historical model: facts that it has no column for yet are left out.
    """
    columns = {field.name for field in model._meta.concrete_fields}
    existing = {network.key: network for network in model._default_manager.all()}
    changed = 0
    for key, entry in shipped().items():
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


def recognise(target: Target, networks: Iterable[Network]) -> Network | None:
    """Return the network that a link belongs to: by host, else by the shape of its path."""
    found = list(networks)
    for network in found:
        if host_matches(target.host, (*network.hosts, *network.short_hosts)):
            return network
    for network in found:
        if network.path_pattern and re.fullmatch(network.path_pattern, target.path):
            return network
    return None


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
