"""What to ask for one target, and what ought to come back."""

from __future__ import annotations

from affiliates.health.classify import Expected, host_of
from affiliates.health.destination import destination_in, with_destination
from affiliates.models import LinkTarget, Network
from affiliates.targets import host_matches


def expectation(target: LinkTarget) -> Expected:
    """Return the address to ask and what must be true at its end. `target.link` has network and program loaded.

    The account in an address is looked for where the network is the shop (Amazon, eBay): other networks keep it to
    themselves and hand the reader over without it.
    """
    link = target.link
    network, program = link.network, link.program
    is_shop = network.routing == Network.Routing.DIRECT
    inner = "" if is_shop else destination_in(target.url, network.destination_parameter)
    merchants = (*(program.domains if program else ()), *(network.hosts if is_shop else ()))
    if not merchants and inner:
        merchants = (host_of(inner),)
    return Expected(
        asked=inner or target.url,
        merchant_hosts=merchants,
        network_hosts=(*network.short_hosts, *(() if is_shop else network.hosts)),
        account_parameter=network.account_parameter if is_shop else "",
        account=program.account if program and is_shop else "",
        is_opaque=not inner and host_matches(host_of(target.url), network.short_hosts),
    )


def taken_over(target: LinkTarget, moved_to: str) -> str:
    """Return the address of a target whose shop has moved its page, inside its tracking link if it has one.

    `target.link` has its network loaded. Nothing is checked yet: saving it does that.
    """
    network = target.link.network
    is_inside = network.routing == Network.Routing.REDIRECT and destination_in(
        target.url, network.destination_parameter
    )
    if not moved_to or not is_inside:
        return moved_to
    return with_destination(target.url, moved_to, network.destination_parameter)
