"""Making and changing links. Admin, import, sample content and commands all come through here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from affiliates.clicks.destinations import forget
from affiliates.domains import is_public_suffix
from affiliates.models import AffiliateLink, LinkTarget, Network, Product, Program
from affiliates.models.network import approved_hosts
from affiliates.networks import (
    DIRECT_MERCHANT,
    Merchant,
    account_in,
    all_networks,
    destination_host,
    merchant_of,
    program_for_host,
    recognise,
)
from affiliates.targets import (
    Checked,
    Target,
    TargetError,
    check_target,
    host_matches,
    parse_target,
    url_hash,
)

# What a page shows of a link; anything else may change without a recompilation.
SHOWN_FIELDS = frozenset({"slug", "network", "program", "title", "store_name", "status"})


@dataclass(frozen=True, slots=True)
class Recognised:
    """Whose link an address is, as far as it can be told from the address alone."""

    target: Target
    network: Network | None
    program: Program | None

    @property
    def merchant(self) -> Merchant | None:
        """The known shop that the address leads to, at once or through its network."""
        through = destination_host(self.target, self.network) if self.network else ""
        return merchant_of(through or self.target.host)

    @property
    def store_name(self) -> str:
        if self.program:
            return self.program.store_name or self.program.merchant
        if self.network and self.network.store_name:
            return self.network.store_name
        if self.merchant:
            return self.merchant.store_name
        through = destination_host(self.target, self.network) if self.network else ""
        return (through or self.target.host).removeprefix("www.")


def recognise_address(url: str, *, allow_http: bool = False) -> Recognised:
    """Return network and program of an address. Raises TargetError if it is not a safe address at all."""
    target = parse_target(url.strip(), allow_http=allow_http)
    if program := program_for_host(target.host):
        return Recognised(target, program.network, program)
    network = recognise(target, all_networks())
    return Recognised(target, network, _program_of(network, target) if network else None)


def _program_of(network: Network, target: Target) -> Program | None:
    """Return our program that a network's address belongs to: by the account in it, or the only one there is."""
    programs = list(network.programs.all())
    account = account_in(target, network)
    named = [program for program in programs if account and program.account == account]
    if named:
        return named[0]
    return programs[0] if len(programs) == 1 else None


def check_address(
    url: str, network: Network, program: Program | None, *, allow_http: bool = False
) -> Checked:
    """Check an address against what the network and program allow. Raises TargetError."""
    return check_target(
        url,
        approved=approved_hosts(network, program),
        accounts=own_accounts(network, program),
        account_in=lambda target: account_in(target, network),
        account_name=network.account_parameter,
        opaque=network.short_hosts,
        allow_http=allow_http,
    )


def own_accounts(network: Network, program: Program | None) -> list[str]:
    """Return the accounts that a link may pay: the program's, or without one any of ours with the network."""
    ours = [program] if program else network.programs.all()
    return [found.account for found in ours if found.account]


def create_link(
    *,
    url: str,
    network: Network,
    program: Program | None = None,
    title: str,
    store_name: str,
    slug: str = "",
    status: str = AffiliateLink.Status.LIVE,
    by: User | None = None,
) -> AffiliateLink:
    """Create a link with its first target. Raises TargetError, or ValidationError for the other fields."""
    checked = check_address(url, network, program)
    link = AffiliateLink(
        slug=slug or free_slug(f"{store_name} {title}"),
        network=network,
        program=program,
        title=title[:120],
        store_name=store_name[:80],
        status=status,
    )
    link.full_clean()
    with transaction.atomic():
        link.save()
        set_target(link, checked.url, by=by)
    return link


def set_target(
    link: AffiliateLink, url: str, *, by: User | None = None, allow_http: bool = False
) -> LinkTarget:
    """Let the link lead everybody to `url` from now on. The old address stays as history. Raises TargetError.

    Addresses for certain readers only are left alone.
    """
    checked = check_address(url, link.network, link.program, allow_http=allow_http)
    with transaction.atomic():
        shown = link.targets.shown().first()
        main = None if shown is None or shown.is_conditional else shown
        if main is not None and main.url == checked.url:
            return _approved(main, by)
        target = LinkTarget.objects.create(
            link=link,
            url=checked.url,
            allows_http=checked.url.startswith("http:"),
            weight=main.weight if main else 1,
            priority=main.priority if main else 0,
            **_signed(by),
        )
        if main is not None:
            retire(main)
        is_opaque = host_matches(parse_target(checked.url, allow_http=True).host, link.network.short_hosts)
        if shown is not None or is_opaque != link.is_opaque:
            link.is_opaque = is_opaque
            mark_changed(link)
            link.save(update_fields=["is_opaque", "version"])
    announce(link)
    return target


def add_target(link: AffiliateLink, *, url: str, by: User | None = None, **conditions: Any) -> LinkTarget:
    """Let some readers, or a share of all, be led elsewhere. Raises TargetError or ValidationError."""
    if link.routing == Network.Routing.DIRECT:
        raise ValidationError(
            "A direct link stands in the page as it is, so it has one address for everybody."
        )
    checked = check_address(
        url, link.network, link.program, allow_http=bool(conditions.get("allows_http", False))
    )
    target = LinkTarget(link=link, url=checked.url, **conditions, **_signed(by))
    target.full_clean(exclude=["url_hash"])
    target.save()
    announce(link)
    return target


def retire(target: LinkTarget) -> None:
    """Lead nobody to this address any more; the row stays as history."""
    target.is_active = False
    target.save(update_fields=["is_active"])


def _approved(target: LinkTarget, by: User | None) -> LinkTarget:
    """Note that a person agreed to an address that came with an import; the first one counts."""
    if by is not None and target.approved_at is None:
        target.approved_by, target.approved_at = by, timezone.now()
        target.save(update_fields=["approved_by", "approved_at"])
    return target


def _signed(by: User | None) -> dict[str, Any]:
    """Return who made a target; what no person agreed to is left open for an approval."""
    return {"created_by": by, "approved_by": by, "approved_at": timezone.now() if by else None}


def set_status(link: AffiliateLink, status: str, *, by: User | None = None) -> bool:
    """Pause, recall or revive a link; every article that shows it follows. Returns False if it stands so already.

    The link's history says who did it (`by`) and when.
    """
    if link.status == status:
        return False
    link.status = status
    mark_changed(link)
    link._history_user = by  # type: ignore[attr-defined]  # simple-history reads it
    link.save()
    announce(link)
    return True


def mark_changed(record: AffiliateLink | Product) -> None:
    """Count a new version, to be saved by the caller: pages that show the old one are recompiled."""
    record.version += 1


def announce(record: AffiliateLink | Product) -> None:
    """Queue the recompilation of every article that shows the record or waits for its slug."""
    from articles.recompile import dependency_changed

    forget()
    kind = "link" if isinstance(record, AffiliateLink) else "product"
    dependency_changed(f"{kind}:{record.pk}", f"{kind}-slug:{record.slug}")


def link_for_url(url: str, *, title: str = "", name: str = "") -> AffiliateLink:
    """Return the managed link of an address, made on first sight. The same address always gives the same link.

    An unknown host counts as a merchant of its own. `name` proposes the slug. Raises TargetError.
    """
    found = recognise_address(url)
    existing = AffiliateLink.objects.filter(targets__url_hash=url_hash(found.target.url))
    link = existing.order_by("-targets__is_active", "pk").first()
    if link is not None:
        return link
    network, program = found.network or _direct_merchant(), found.program
    if not host_matches(found.target.host, approved_hosts(network, program)):
        program = own_program(network, found.target.host)
    return create_link(
        url=found.target.url,
        network=network,
        program=program,
        title=title or f"Offer at {found.store_name}",
        store_name=found.store_name,
        slug=free_slug(f"{found.store_name} {name or title or 'offer'}"),
    )


def _direct_merchant() -> Network:
    return next(network for network in all_networks() if network.key == DIRECT_MERCHANT)


def own_program(network: Network, host: str) -> Program:
    """Return the program of a shop that pays by itself, made on first sight. Raises TargetError."""
    name = host.removeprefix("www.")
    if is_public_suffix(name):
        raise TargetError(
            f"{name} belongs to many: strangers open shops below it. Use the address of one shop."
        )
    program, _ = Program.objects.get_or_create(
        slug=slugify(name.replace(".", "-"))[:64],
        defaults={"network": network, "merchant": name, "domains": [name]},
    )
    return program


def free_slug(words: str) -> str:
    """Return a slug made of `words` that no link has or ever had."""
    base = re.sub(r"-+", "-", slugify(words).replace("_", "-"))[:58].strip("-")
    base = base if len(base) >= 2 else f"link-{base}".strip("-")
    taken = set(AffiliateLink.history.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= set(AffiliateLink.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | {
        "beacon"
    }
    candidate, number = base, 1
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    return candidate
