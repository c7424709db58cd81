"""What is known about affiliate networks and about our own accounts with them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from affiliates.subids import ALPHABET, Carrier, SubIdRule

validate_parameter = RegexValidator(
    r"\A[A-Za-z0-9_.-]+\Z", "A parameter is one word of letters, digits, dots, hyphens and underscores."
)


def validate_pattern(text: str) -> None:
    try:
        re.compile(text)
    except re.error as error:
        raise ValidationError(f"This is not a regular expression: {error}.") from error


def validate_account_pattern(text: str) -> None:
    validate_pattern(text)
    if re.compile(text).groups != 1:
        raise ValidationError("Put exactly one pair of brackets around the account, as in /c/(\\d+)/.*")


def validate_alphabet(text: str) -> None:
    validate_pattern(f"[{text}]")


def holds_sub_ids(alphabet: str) -> bool:
    """Return whether our sub-IDs fit into a network's characters; an unreadable set is refused by its field."""
    try:
        return re.fullmatch(f"[{alphabet or ALPHABET}]+", ALPHABET) is not None
    except re.error:
        return True


class Network(models.Model):
    """One affiliate network. Shipped as data (affiliates/data/networks.yaml) and editable in the admin."""

    class Routing(models.TextChoices):
        REDIRECT = "redirect", "Counted redirect: the link goes to /go/ on this site first"
        DIRECT = "direct", "Direct: the link goes straight to the shop, clicks are counted by a small script"

    class SubIdCarrier(models.TextChoices):
        NONE = Carrier.NONE, "None: the network takes no sub-ID"
        QUERY = Carrier.QUERY, "Query parameter"
        SEGMENT = (
            Carrier.SEGMENT,
            "Two path segments before the destination (CJ deep links), else query parameter",
        )
        PREFIX = Carrier.PREFIX, "One path segment with a prefix, after camref (Partnerize)"
        TAG_POOL = Carrier.TAG_POOL, "Pool of tracking IDs (Amazon)"

    class PriceRule(models.TextChoices):
        NONE = "", "No rule is known"
        API_ONLY = "api_only", "Only prices that the network itself delivers, with their time"
        FORBIDDEN = "forbidden", "No prices at all"

    key = models.SlugField(
        max_length=40, unique=True, help_text="Short name in files and reports; it never changes."
    )
    name = models.CharField(max_length=80)
    store_name = models.CharField(
        max_length=80,
        blank=True,
        help_text="The shop as readers know it, where the network is one shop: Amazon.",
    )
    routing = models.CharField(
        max_length=10,
        choices=Routing,
        default=Routing.REDIRECT,
        help_text="Amazon and eBay close accounts over redirects; keep them direct.",
    )
    hosts = models.JSONField(
        default=list,
        blank=True,
        help_text="Hosts that its links may point to, one a line. Their subdomains are included.",
    )
    short_hosts = models.JSONField(
        default=list,
        blank=True,
        help_text="Hosts of its short links, one a line. They hide the destination and your own tag.",
    )
    path_pattern = models.CharField(
        max_length=200,
        blank=True,
        validators=[validate_pattern],
        help_text="A regular expression that recognises the network by the path where it uses hosts of many brands.",
    )
    marker_parameter = models.CharField(
        max_length=40,
        blank=True,
        validators=[validate_parameter],
        help_text="A query parameter that recognises the network on hosts of merchants.",
    )
    sub_id_carrier = models.CharField(max_length=10, choices=SubIdCarrier, default=SubIdCarrier.NONE)
    sub_id_parameter = models.CharField(
        max_length=40,
        blank=True,
        validators=[validate_parameter],
        help_text="Where reports find the placement again.",
    )
    sub_id_max_length = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Leave empty if the network states no limit."
    )
    sub_id_alphabet = models.CharField(
        "sub-ID characters",
        max_length=60,
        blank=True,
        validators=[validate_alphabet],
        help_text="What a sub-ID may hold, such as A-Za-z0-9. Leave empty if the network states nothing.",
    )
    sends_click_token = models.BooleanField(
        "send a number for each click",
        default=False,
        help_text="Tells the network a random number for each click, so that a sale can be joined to its click. Off by "
        "default, and never sent for readers who object to being recognised (GPC, DNT).",
    )
    destination_parameter = models.CharField(
        max_length=40,
        blank=True,
        validators=[validate_parameter],
        help_text="The query parameter behind which the shop's own address stands; a sub-ID is written before it.",
    )
    account_parameter = models.CharField(
        max_length=40,
        blank=True,
        validators=[validate_parameter],
        help_text="The query parameter that holds your own account or tracking ID.",
    )
    account_pattern = models.CharField(
        max_length=200,
        blank=True,
        validators=[validate_account_pattern],
        help_text="Where the account stands in the path instead: a regular expression with one pair of brackets.",
    )
    required_sentence = models.CharField(
        max_length=300,
        blank=True,
        help_text="A sentence that the network prescribes on every page with its links.",
    )
    price_rule = models.CharField(
        max_length=10,
        choices=PriceRule,
        blank=True,
        help_text="What the network lets you say about prices. Chelate shows none in any case.",
    )
    is_open = models.BooleanField(default=True, help_text="Clear it when the network has closed.")
    notes = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True, help_text="Where these facts were read.")
    sources = models.JSONField(
        default=dict, blank=True, help_text="Where each group of facts was read, and when."
    )
    checked_on = models.DateField(
        null=True, blank=True, help_text="When they were last compared with the source."
    )
    is_customised = models.BooleanField(
        default=False,
        help_text="Set when somebody here changed the facts; updates of Chelate then leave them alone.",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        carries = self.sub_id_carrier not in (Carrier.NONE, Carrier.TAG_POOL)
        if self.sends_click_token and not carries:
            raise ValidationError({"sends_click_token": "This network takes no sub-ID that could carry it."})
        if carries and not holds_sub_ids(self.sub_id_alphabet):
            raise ValidationError(
                {"sub_id_alphabet": "Sub-IDs of Chelate hold letters and digits. Choose no carrier instead."}
            )


class Program(models.Model):
    """Our account with one merchant or one network's account."""

    slug = models.SlugField(max_length=64, unique=True, help_text="Short name in files; it never changes.")
    network = models.ForeignKey(Network, models.PROTECT, related_name="programs")
    merchant = models.CharField(max_length=120, help_text="The company that pays.")
    store_name = models.CharField(
        max_length=80,
        blank=True,
        help_text="The shop's name as readers know it; empty means the merchant's name.",
    )
    domains = models.JSONField(
        default=list,
        blank=True,
        help_text="The merchant's own hosts that links may point to, one a line. Their subdomains are included.",
    )
    account = models.CharField(
        max_length=80,
        blank=True,
        help_text="Your tracking ID, tag or publisher number. A link with somebody else's is refused.",
    )
    sub_id_parameter = models.CharField(
        max_length=40,
        blank=True,
        validators=[validate_parameter],
        help_text="The merchant's own query parameter for a sub-ID, if it has one.",
    )
    currency = models.CharField(
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"\A[A-Z]{3}\Z", "Three capital letters, such as EUR.")],
        help_text="What it pays in, such as EUR.",
    )
    credit_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many days after a click a sale is still credited to you."
    )
    starts_on = models.DateField(null=True, blank=True, help_text="When the program began.")
    ends_on = models.DateField(
        null=True, blank=True, help_text="The last day of the program. Its links then count as expired."
    )
    forbids_redirect = models.BooleanField(
        default=False,
        help_text="Tick if this merchant wants direct links although the network allows redirects.",
    )
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ["merchant"]

    def __str__(self) -> str:
        return f"{self.merchant} ({self.network})"


def routing_of(network: Network, program: Program | None) -> str:
    """Return how links go out; a merchant that wants direct links overrides its network."""
    return Network.Routing.DIRECT if program and program.forbids_redirect else network.routing


def approved_hosts(network: Network, program: Program | None) -> Sequence[str]:
    """Return every host that a link of this network and program may point to."""
    return (*network.hosts, *network.short_hosts, *(program.domains if program else ()))


def sub_id_rule(network: Network, program: Program | None) -> SubIdRule:
    """Return how links of this network and program carry a sub-ID; a program's own parameter wins."""
    carrier, parameter = Carrier(network.sub_id_carrier), network.sub_id_parameter
    if program and program.sub_id_parameter:
        carrier, parameter = Carrier.QUERY, program.sub_id_parameter
    return SubIdRule(carrier, parameter, network.sub_id_max_length, network.destination_parameter)
