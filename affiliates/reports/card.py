"""The card on the first page of the admin: the last seven days beside the seven before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import timezone

from affiliates.reports import earned, numbers
from affiliates.reports.pages import OVERVIEW
from affiliates.reports.periods import Period
from affiliates.reports.question import ask
from affiliates.reports.rows import change
from affiliates.tallies.facts import Numbers
from cms.contracts import SlotContext

DAYS = {"period": "7"}
COUNTS = 2  # entries that are no money


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    text: str


def reports_card(context: SlotContext) -> str:
    """Render the card for who may see reports; nothing as long as there is nothing to tell. Two queries."""
    user = getattr(context.request, "user", None)
    if user is None or not user.has_perm("affiliates.view_report"):
        return ""
    question = ask(OVERVIEW, DAYS, timezone.now().date(), sees_money=True)
    days = numbers.by_day(question.periods)
    now, before = (_total(period, days) for period in (question.period, question.period.before()))
    entries = [
        Entry(
            "Clicks on paid links", f"{now.clicks:,} ({now.unique_clicks:,} unique); {_moved(now, before)}"
        ),
        Entry("Articles opened", f"{now.views:,}"),
    ]
    unknown = f"Uniqueness of {now.unmeasured:,} clicks was not measured." if now.unmeasured else ""
    if user.has_perm("affiliates.see_money"):
        money = earned.currencies(question.period)
        entries += [Entry(f"Commission, {name}", _commission(money, name)) for name in money.totals]
    if not (now.clicks or before.clicks or now.views or len(entries) > COUNTS):
        return ""
    return render_to_string(
        "affiliates/admin/reports/card.html",
        {"entries": entries, "unknown": unknown, "period": question.period},
    )


def _total(period: Period, days: Mapping[date, Numbers]) -> Numbers:
    return numbers.total(each for day, each in days.items() if day in period)


def _moved(now: Numbers, before: Numbers) -> str:
    found = change(now.clicks, 7, before.clicks, 7)
    if not found.is_clear:
        return f"no clear difference to the 7 days before ({before.clicks:,})"
    if found.percent is None:
        return "none in the 7 days before"
    return f"{found.percent:+,.0f} % against the 7 days before ({before.clicks:,})"


def _commission(money: earned.Currencies, name: str) -> str:
    coverage = money.coverage(name)
    tied = "" if coverage is None else f", {coverage:.0%} of it tied to an article"
    return f"{money.totals[name]:,.2f}, {money.pending[name]:,.2f} pending{tied}"
