"""The geometry of the chart of days."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from affiliates.reports.answer import Answer
from affiliates.reports.charts import DIGIT, HEIGHT, MARKS, MOST_BARS, WIDTH, clicks_chart, nice
from affiliates.reports.earned import Maturity
from affiliates.reports.pages import OVERVIEW
from affiliates.reports.question import ask
from affiliates.reports.rows import Row
from affiliates.tallies.facts import Numbers
from tests.affiliates.reports.asking import EVERY, url
from tests.affiliates.reports.filling import busy_day

TODAY = date(2026, 5, 20)


def answered(days, maturity=None, **query):
    question = ask(OVERVIEW, {"period": "28", **query}, TODAY, sees_money=True)
    return Answer(question, [], Row("", Numbers()), days=days, maturity=maturity)


def clicks(**numbers):
    """Numbers of the days before today, by how many."""
    return {
        TODAY - timedelta(days=int(days[1:])): Numbers(clicks=number, unique_clicks=number // 2)
        for days, number in numbers.items()
    }


def test_there_is_a_bar_for_each_day():
    chart = clicks_chart(answered(clicks(d1=100, d2=50)))

    assert len(chart.bars) == 28
    assert chart.bars[-1].label == "Tue 19 May: 100 clicks, 50 unique"
    assert float(chart.bars[-1].height) == pytest.approx(2 * float(chart.bars[-2].height), abs=0.2)
    assert float(chart.bars[-1].inner_height) == pytest.approx(float(chart.bars[-2].height), abs=0.2)


def test_bars_stay_inside():
    chart = clicks_chart(answered(clicks(d1=7, d28=3)))

    for bar in chart.bars:
        assert float(chart.left) <= float(bar.x) <= float(bar.x) + float(bar.width) <= WIDTH
        assert 0 <= float(bar.y) <= float(bar.inner_y) <= HEIGHT


@pytest.mark.parametrize("number", [3, 900, 9_000, 31_000, 2_000_000])
def test_the_numbers_of_the_levels_have_room(number):
    chart = clicks_chart(answered(clicks(d1=number)))

    longest = max(len(level.text) for level in chart.levels)
    assert DIGIT * longest <= float(chart.numbers) < float(chart.left) <= float(chart.bars[0].x)


def test_a_year_has_weeks_instead_of_days():
    chart = clicks_chart(answered(clicks(d1=7, d2=7), period="365"))

    assert (chart.step_days, len(chart.bars)) == (7, 53)
    assert len(chart.bars) <= MOST_BARS
    assert "clicks, 6 unique" in chart.bars[-1].label or "clicks, 3 unique" in chart.bars[-1].label


def test_the_other_period_is_a_line():
    with_line = clicks_chart(answered(clicks(d1=10, d30=20)))
    without = clicks_chart(answered(clicks(d1=10, d30=20), compare="none"))

    assert len(with_line.line.split()) == 28
    assert without.line == ""


def test_immature_days_are_marked_and_said():
    chart = clicks_chart(answered(clicks(d1=10), Maturity(0, TODAY - timedelta(days=3))))

    marked = [bar.label for bar in chart.bars if "immature" in bar.css]
    assert len(marked) == 2
    assert marked[-1].endswith("earnings still coming in")


def test_no_template_has_elements_of_the_class_that_the_admins_own_script_draws_on():
    """Unfold calls getContext on every element of the class `chart`: anything but a canvas of its own breaks it."""
    classes = re.compile(r'class="(?:[^"]*\s)?chart[\s"{]')

    found = [
        path for path in (settings.BASE_DIR / "templates").rglob("*.html") if classes.search(path.read_text())
    ]

    assert found == []


@pytest.mark.django_db
@pytest.mark.parametrize("key", EVERY)
def test_no_page_has_elements_of_that_class(staff, placement, key):
    busy_day(placement)

    page = staff.get(url(key)).content.decode()

    assert not [names for names in re.findall(r'class="([^"]*)"', page) if "chart" in names.split()]


def test_without_clicks_there_is_no_chart():
    assert clicks_chart(answered({})) is None
    assert clicks_chart(answered(clicks(d1=0))) is None


@given(st.integers(0, 10**9))
def test_the_top_is_round_and_not_too_high(value):
    top = nice(value)

    assert top >= value
    assert top % MARKS == 0
    assert top <= max(MARKS, 4 * value)


def test_numbers_are_spelt_as_svg_wants_them(settings):
    settings.LANGUAGE_CODE = "de"

    chart = clicks_chart(answered(clicks(d1=10, d3=3)))

    assert all("," not in text for bar in chart.bars for text in (bar.x, bar.width, bar.y, bar.height))
