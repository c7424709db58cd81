"""The line under every report: what its numbers do not know."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from freezegun import freeze_time

from affiliates.reports.earned import Currencies, Maturity
from affiliates.reports.pages import OVERVIEW, PAGES
from affiliates.reports.periods import Period
from affiliates.reports.rows import Row
from affiliates.reports.unknown import sentences
from affiliates.tallies.facts import Numbers

TODAY = date(2026, 5, 20)
PERIOD = Period(TODAY - timedelta(days=28), TODAY - timedelta(days=1))


def said(
    page="article",
    *,
    numbers=None,
    earned=None,
    maturity=None,
    currency="EUR",
    began=None,
    before=None,
    keys=(),
    is_running=False,
):
    asked = OVERVIEW if page == "overview" else PAGES[page]
    total = Row("", numbers or Numbers())
    with freeze_time(TODAY):
        return " ".join(
            sentences(
                asked,
                PERIOD,
                total,
                currency=currency,
                earned=earned,
                maturity=maturity or Maturity(None, None),
                began=began,
                before=before,
                rows=[Row(key, Numbers(clicks=1)) for key in keys],
                is_running=is_running,
            )
        )


def euros(total, placed=None, pending="0", **others):
    totals = {"EUR": Decimal(total), **{name: Decimal(value) for name, value in others.items()}}
    return Currencies(totals, {"EUR": Decimal(placed or total)}, {"EUR": Decimal(pending)})


@pytest.mark.parametrize("page", ["overview", *PAGES])
def test_every_report_says_what_unique_means_and_that_direct_links_are_a_lower_bound(page):
    text = said(page)

    assert "Unique means once a day, link and reader" in text
    assert "are a lower bound" in text


def test_how_many_clicks_were_not_measured():
    text = said(numbers=Numbers(clicks=2_000, unmeasured=500))

    assert "not measured for 500 of 2,000 clicks (25%)" in text
    assert "not measured for" not in said(numbers=Numbers(clicks=2_000))


def test_clicks_that_are_all_unmeasured_divide_by_nothing():
    assert "(100%)" in said(numbers=Numbers(clicks=1, unmeasured=1))
    assert "1 of 0 clicks" in said(numbers=Numbers(clicks=0, unmeasured=1))


@pytest.mark.parametrize(("page", "is_said"), [("article", True), ("link", True), ("country", False)])
def test_views_come_from_readers_with_script(page, is_said):
    assert ("Views and sights come from readers with script" in said(page)) is is_said


def test_who_may_not_see_money_reads_nothing_of_it():
    text = said(earned=None)

    assert "commission" not in text
    assert "network's report" not in text


def test_no_money_is_said():
    assert "No earnings are known for these days" in said(earned=Currencies(), currency="")


@pytest.mark.parametrize(
    ("earned", "words"),
    [
        (euros("100", "80"), "Coverage: 80% of the commission in EUR"),
        (euros("100", "100", "25"), "25% of it is pending"),
        (euros("100", USD="5"), "Currencies are never added up"),
    ],
)
def test_what_money_does_not_know(earned, words):
    assert words in said(earned=earned)


@pytest.mark.parametrize("total", ["0", "-5"])
def test_a_loss_has_no_shares(total):
    text = said(earned=euros(total, total, "-1"))

    assert "Coverage" not in text
    assert "pending" not in text


def test_one_currency_needs_no_warning():
    assert "never added up" not in said(earned=euros("5"))


@pytest.mark.parametrize(
    ("maturity", "words"),
    [
        (
            Maturity(None, TODAY - timedelta(days=4)),
            "3 of 28 days are immature: no later report has been imported",
        ),
        (
            Maturity(0, TODAY - timedelta(days=4)),
            "3 of 28 days are immature: no later report has been imported",
        ),
        (
            Maturity(10, TODAY - timedelta(days=1)),
            "10 of 28 days are immature: half of the sales are posted 10 days",
        ),
        (Maturity(90, TODAY - timedelta(days=1)), "28 of 28 days are immature"),
    ],
)
def test_days_whose_earnings_will_grow(maturity, words):
    assert words in said(earned=euros("5"), maturity=maturity)


def test_mature_days_are_not_mentioned():
    assert "immature" not in said(earned=euros("5"), maturity=Maturity(0, TODAY))


@pytest.mark.parametrize("page", ["country", "device", "language", "referrer"])
def test_readers_countries_and_devices_have_no_rate(page):
    assert "no rate and no money here" in said(page)


@pytest.mark.parametrize(("header", "is_said"), [("", True), ("X-Country", False)])
def test_countries_need_a_proxy_that_tells(settings, header, is_said):
    settings.COUNTRY_HEADER = header

    assert ("No proxy tells the country" in said("country")) is is_said


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ([], "so all are unknown"),
        ([""], "so all are unknown"),
        (["DE", ""], "so clicks from now on are unknown"),
        (["DE"], "so clicks from now on are unknown"),
    ],
)
def test_countries_that_are_known_are_not_called_unknown(settings, keys, words):
    settings.COUNTRY_HEADER = ""

    assert f"No proxy tells the country (COUNTRY_HEADER), {words}." in said("country", keys=keys)


@pytest.mark.parametrize(("days", "is_said"), [(29, False), (28, False), (27, True)])
def test_sums_outlive_their_clicks(settings, days, is_said):
    settings.CLICK_RETENTION_DAYS = days + 1

    assert ("older sums cannot be checked again" in said()) is is_said


@pytest.mark.parametrize(
    ("began", "before", "words"),
    [
        (None, PERIOD.before(), ""),
        (PERIOD.before().start, PERIOD.before(), ""),
        (PERIOD.start, None, ""),
        (PERIOD.start, PERIOD.before(), "The days compared with begin before counting did"),
        (PERIOD.end, PERIOD.before(), "The days of this report begin before counting did"),
        (PERIOD.end, None, "The days of this report begin before counting did"),
    ],
)
def test_days_before_counting_are_named(began, before, words):
    text = said(began=began, before=before)

    assert words in text
    assert ("counting did" in text) == bool(words)


@pytest.mark.parametrize("is_running", [True, False])
def test_a_day_that_goes_on_is_said(is_running):
    assert ("Today is not over" in said(is_running=is_running)) == is_running
