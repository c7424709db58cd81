"""The line under every report: what its numbers do not know, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.conf import settings

from affiliates.reports.earned import Currencies, Maturity
from affiliates.reports.pages import Page
from affiliates.reports.periods import Period
from affiliates.reports.rows import Row
from affiliates.tallies.retention import first_day_kept

RUNNING = "Today is not over: its numbers will still grow, so they are not held against those of whole days."
FEW = "fewer than 5 sales, so no interval"


def sentences(
    page: Page,
    period: Period,
    total: Row,
    *,
    currency: str,
    earned: Currencies | None,
    maturity: Maturity | None,
    began: date | None = None,
    before: Period | None = None,
    rows: Sequence[Row] = (),
    is_running: bool = False,
) -> list[str]:
    """Return what a reader of this report should know before believing it."""
    return [
        *_beginning(period, before, began),
        *([RUNNING] if is_running else []),
        *_clicks(page, period, total),
        *(_money(period, currency, earned, maturity) if earned and maturity else ()),
        *_dimension(page, rows),
    ]


def _beginning(period: Period, before: Period | None, began: date | None) -> Iterator[str]:
    first = min(period.start, before.start) if before else period.start
    if began is not None and first < began:
        which = "The days of this report begin" if period.start < began else "The days compared with begin"
        yield f"{which} before counting did, on {began:%-d %B %Y}: there is less in them than there was."


def _clicks(page: Page, period: Period, total: Row) -> Iterator[str]:
    if total.now.unmeasured:
        share = total.now.unmeasured / max(1, total.now.clicks)
        yield (
            f"Uniqueness was not measured for {total.now.unmeasured:,} of {total.now.clicks:,} clicks ({share:.0%}): "
            "these readers asked not to be recognised."
        )
    yield "Unique means once a day, link and reader; who comes back tomorrow is a new one, for nobody is followed."
    yield "Links that lead straight to a shop (Amazon, eBay) are a lower bound: without script they are not counted."
    if page.seen:
        yield (
            "Views and sights come from readers with script who do not object to being counted, "
            "so the click rate leaves the others out of both numbers as far as it can."
        )
    if period.start < first_day_kept():
        yield (
            f"Single clicks are deleted after {settings.CLICK_RETENTION_DAYS} days; older sums cannot be checked again."
        )


def _money(period: Period, currency: str, earned: Currencies, maturity: Maturity) -> Iterator[str]:
    if not currency:
        yield "No earnings are known for these days; import a network's report to see some."
        return
    coverage = earned.coverage(currency)
    if coverage is not None:
        yield f"Coverage: {coverage:.0%} of the commission in {currency} could be tied to an article."
    pending, total = earned.pending.get(currency), earned.totals.get(currency)
    if pending and total and total > 0:
        yield f"{float(pending / total):.0%} of it is pending: the networks may still decline it."
    immature = sum(maturity.is_immature(day) for day in period)
    if immature:
        lag = maturity.lag_days
        why = (
            f"half of the sales are posted {lag} days later or more"
            if lag
            else "no later report has been imported"
        )
        yield f"{immature} of {len(period)} days are immature: {why}, so their earnings will still grow."
    if len(earned.totals) > 1:
        yield "Currencies are never added up; each is a report of its own."


def _dimension(page: Page, rows: Sequence[Row]) -> Iterator[str]:
    if page.key in ("country", "device", "language", "referrer"):
        yield "Views and earnings are not known by this, so there is no rate and no money here."
    if page.key == "country" and not settings.COUNTRY_HEADER:
        which = (
            "clicks from now on" if any(row.key for row in rows) else "all"
        )  # a proxy may have told it once
        yield f"No proxy tells the country (COUNTRY_HEADER), so {which} are unknown."
    if page.key == "referrer":
        yield "Each day's 50 largest sites have a row, the rest share one. Most clicks come from the article itself."
    if page.key == "link":
        yield "Earnings that a network reports by tracking ID know the article, not the link."


RECONCILE = [
    "Only days on which a network reported its own clicks are compared; its days may begin at another hour than ours.",
    "Networks leave out clicks by rules that they do not publish, so a ratio of exactly 1 is not to be expected.",
    "Links that lead straight to a shop are counted by script: their network should count more than we do.",
]
