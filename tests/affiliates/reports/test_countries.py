"""Reports say which country a code is."""

import re

import pytest
from django.urls import reverse

from affiliates.clicks.country import NOWHERE
from affiliates.models import Dimension
from affiliates.reports.countries import country_names
from affiliates.reports.labels import label
from affiliates.reports.rows import Row
from affiliates.tallies.facts import OTHER, Numbers
from tests.affiliates.reports.asking import text_of, url
from tests.affiliates.reports.filling import tally


def named(key):
    row = Row(key, Numbers())
    label(Dimension.COUNTRY, [row])
    return row.label, row.note


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("DE", "Germany"),
        ("GB", "United Kingdom"),
        ("NO", "Norway"),
        ("US", "United States"),
        ("AX", "Åland Islands"),
        ("XK", "Kosovo"),
    ],
)
def test_a_country_is_told_by_its_name_and_its_code(code, name):
    assert named(code) == (name, code)


def test_a_code_without_a_name_stands_as_it_is():
    assert named("QQ") == ("QQ", "")


def test_what_names_no_country_is_told_as_before():
    assert named("") == ("Unknown", "no proxy names the country")
    assert named(OTHER)[0] == "All others"


def test_every_code_of_the_standard_has_one_name_and_nowhere_has_none():
    names = country_names()

    assert len(names) == 250  # 249 of ISO 3166-1, and Kosovo
    assert all(re.fullmatch("[A-Z]{2}", code) for code in names)
    assert all(name == name.strip() != "" for name in names.values())
    assert len(set(names.values())) == len(names)
    assert not NOWHERE & set(names)


@pytest.mark.django_db
def test_page_and_file_name_the_country_and_keep_its_code(staff):
    tally("country", "DE", clicks=3)

    page = text_of(staff.get(url("country")))
    file = staff.get(reverse("admin:affiliates_report_file", args=["country"])).getvalue().decode()

    assert "Germany DE 3" in page
    assert "\r\nDE,Germany,DE,3," in file
