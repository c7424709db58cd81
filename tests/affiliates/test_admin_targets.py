"""Further addresses of a link in the admin: a change is a new row."""

import pytest

from affiliates import services
from affiliates.models import LinkTarget
from tests.affiliates.desk import AWIN, change_url, form_data
from tests.affiliates.factories import LinkFactory

pytestmark = pytest.mark.django_db
US = f"{AWIN}&us=1"


@pytest.fixture
def link():
    return LinkFactory(slug="zinc", url=AWIN)


def rows(link, *forms, initial=0):
    data = form_data(network=link.network_id, store_name="N")
    data |= {"targets-TOTAL_FORMS": len(forms), "targets-INITIAL_FORMS": initial}
    for number, values in enumerate(forms):
        filled = {"url": US, "weight": 1, "priority": 0, **values}
        data |= {f"targets-{number}-{name}": value for name, value in filled.items()}
        data[f"targets-{number}-link"] = link.pk
    return data


def problems(response):
    return str(response.context["inline_admin_formsets"][0].formset.errors)


def active(link):
    return set(link.targets.filter(is_active=True).values_list("url", "countries"))


def test_an_address_for_a_country_is_added_and_signed(staff, link):
    response = staff.post(change_url(link), rows(link, {"countries": "us, ca", "devices": "Phone"}))

    assert response.status_code == 302
    target = link.targets.get(countries="US CA")
    assert (target.url, target.devices, target.is_active) == (US, "phone", True)
    assert target.created_by.is_superuser
    assert target.approved_at is not None
    assert active(link) == {(AWIN, ""), (US, "US CA")}


def test_a_changed_address_is_a_new_row(staff, link):
    old = services.add_target(link, url=US, countries="US")

    staff.post(change_url(link), rows(link, {"id": old.pk, "countries": "DE"}, initial=1))

    old.refresh_from_db()
    assert (old.countries, old.is_active) == ("US", False)
    assert active(link) == {(AWIN, ""), (US, "DE")}


def test_an_unchanged_address_stays_the_same_row(staff, link):
    old = services.add_target(link, url=US, countries="US")

    staff.post(change_url(link), rows(link, {"id": old.pk, "countries": "US"}, initial=1))

    assert link.targets.count() == 2


def test_a_deleted_address_goes_inactive_and_stays_in_the_history(staff, link):
    old = services.add_target(link, url=US, countries="US")

    staff.post(change_url(link), rows(link, {"id": old.pk, "countries": "US", "DELETE": "on"}, initial=1))

    assert active(link) == {(AWIN, "")}
    assert LinkTarget.objects.filter(pk=old.pk).exists()
    assert "US" in staff.get(change_url(link)).content.decode()


def test_the_address_of_the_link_itself_is_no_further_one(staff, link):
    page = staff.get(change_url(link))

    assert page.context["inline_admin_formsets"][0].formset.initial_form_count() == 0


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"url": "https://evil.example/"}, "not a host of this network"),
        ({"url": "http://www.awin1.com/"}, "must begin with https"),
        ({"countries": "USA"}, "Two-letter codes"),
        ({"devices": "watch"}, "Use desktop, phone and tablet"),
        ({"languages": "german"}, "Language codes"),
        ({"starts_at_0": "2026-05-02", "starts_at_1": "10:00", "ends_at_0": "2026-05-01", "ends_at_1": "10:00"},
         "later than the beginning"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_saved(staff, link, values, words):
    response = staff.post(change_url(link), rows(link, values))

    assert words in problems(response)
    assert link.targets.count() == 1


def test_a_direct_link_has_one_address(staff):
    link = LinkFactory(amazon=True)
    data = rows(link, {"url": "https://www.amazon.de/dp/B0?tag=chelate-20", "countries": "DE"})

    response = staff.post(
        change_url(link), {**data, "target_url": "https://www.amazon.com/dp/B0DEMO?tag=chelate-20"}
    )

    assert "one address for everybody" in problems(response)
    assert link.targets.count() == 1


@pytest.mark.parametrize("number", [1, 8])
def test_many_addresses_cost_few_queries(staff, link, number, django_assert_max_num_queries):
    for index in range(number):
        services.add_target(link, url=f"{US}&n={index}", countries="US")

    with django_assert_max_num_queries(15):
        assert staff.get(change_url(link)).status_code == 200
