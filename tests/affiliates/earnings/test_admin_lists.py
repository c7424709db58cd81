"""The lists of the ledger, tracking IDs, and who may see them."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from affiliates.earnings import services
from affiliates.models import Conversion, EarningsDay, EarningsMapping, ImportFile, TagPool
from tests.affiliates.earnings.desk import MAX_QUERIES, MODELS, list_url, page_url, upload
from tests.affiliates.earnings.reports import (
    AWIN,
    amazon,
    awin,
    put,
    put_amazon,
    put_awin,
    sub_id,
    text_of,
)
from tests.affiliates.factories import PlacementFactory, network
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_tracking_id_assigned_in_the_admin_finds_earlier_earnings(staff, run_tasks):
    put_amazon(amazon("B1", "1.00", "mg-20"))
    article = ArticleFactory()
    data = {"network": network("amazon").pk, "tracking_id": "mg-20", "article": article.pk}

    staff.post(reverse("admin:affiliates_tagpool_add"), data)
    run_tasks()

    assert EarningsDay.objects.get().article == article


def test_tracking_ids_are_sorted_by_one_column_and_leave_empty_cells_empty(staff):
    for tag in ("zn-20", "mg-20"):
        TagPool.objects.create(network=network("amazon"), tracking_id=tag)

    response = staff.get(list_url("tagpool"))
    page = response.content.decode()

    assert [row.tracking_id for row in response.context["cl"].result_list] == ["mg-20", "zn-20"]
    assert "Sorting priority" not in page
    assert ">-</td>" not in page


def test_dates_stand_as_on_our_own_pages(staff):
    TagPool.objects.create(network=network("amazon"), tracking_id="mg-20", valid_from=date(2026, 11, 2))
    EarningsMapping.objects.create(network=network("awin"), name="Own")
    EarningsMapping.objects.update(saved_at=datetime(2026, 11, 22, 7, 1, tzinfo=UTC))

    assert ">2 Nov 2026</td>" in staff.get(list_url("tagpool")).content.decode()
    assert ">22 Nov 2026, 07:01</td>" in staff.get(list_url("earningsmapping")).content.decode()


def test_a_shared_tracking_id_is_told(staff):
    other = ArticleFactory(title="Zinc and sleep")
    TagPool.objects.create(network=network("amazon"), tracking_id="mg-20", article=other)
    data = {"network": network("amazon").pk, "tracking_id": "MG-20", "article": ArticleFactory().pk}

    page = staff.post(reverse("admin:affiliates_tagpool_add"), data, follow=True).content.decode()

    assert "“Zinc and sleep” has the same tracking ID" in page


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"valid_from": "2026-03-02", "valid_until": "2026-03-01"}, "The last day is before the first."),
        ({"topic": "1", "article": "1"}, "not to both"),
    ],
)
def test_an_assignment_that_cannot_be_is_refused(staff, values, message):
    article = ArticleFactory()
    data = {"network": network("amazon").pk, "tracking_id": "mg-20"}
    data |= {"topic": article.topic_id, "article": article.pk} if "topic" in values else values

    assert message in staff.post(reverse("admin:affiliates_tagpool_add"), data).content.decode()


def fill(count):
    clicks = {"report": "clicks", "columns": {"event_at": "Day", "clicks": "Clicks"}}
    for number in range(count):
        put_awin(awin(number, sub_id=sub_id(PlacementFactory())))
        put_amazon(amazon(f"B{number}", "1.00", f"t{number}-20"))
        put(f"Day,Clicks\n{date(2026, 3, 1 + number)},10\n", mapping=clicks)
        TagPool.objects.create(
            network=network("amazon"), tracking_id=f"t{number}-20", article=ArticleFactory()
        )
        EarningsMapping.objects.create(network=network(), name=f"m{number}", rules={"columns": {"sku": "A"}})


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("count", [1, 8])
def test_every_list_takes_few_queries_at_any_size(staff, model, count, django_assert_max_num_queries):
    fill(count)

    with django_assert_max_num_queries(MAX_QUERIES):
        response = staff.get(list_url(model))

    assert response.status_code == 200
    assert response.context["cl"].result_count >= count


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_of_an_import_and_of_a_row_take_few_queries(staff, rows, django_assert_max_num_queries):
    upload(staff, text_of(AWIN, [awin(number) for number in range(rows)]))
    record = ImportFile.objects.get()

    for url in (page_url("change", record), page_url("columns", record)):
        with django_assert_max_num_queries(MAX_QUERIES):
            assert staff.get(url).status_code == 200
    staff.post(page_url("write", record))
    row = Conversion.objects.first()
    for url in (page_url("undo", record), reverse("admin:affiliates_conversion_change", args=[row.pk])):
        with django_assert_max_num_queries(MAX_QUERIES):
            assert staff.get(url).status_code == 200


@pytest.mark.parametrize(
    "query", ["method=tag_pool", "currency=EUR", "kind__exact=sale", "q=chelate", "method=nonsense"]
)
def test_the_ledger_is_filtered(staff, query):
    put_awin(awin("chelate-1"))
    put_amazon(amazon("B1", "1.00", "other"))

    response = staff.get(f"{list_url('conversion')}?{query}")

    expected = {
        "method=tag_pool": 0,
        "currency=EUR": 1,
        "kind__exact=sale": 2,
        "q=chelate": 1,
        "method=nonsense": 2,
    }
    assert response.context["cl"].result_count == expected[query]


@pytest.mark.parametrize("model", MODELS)
def test_an_empty_list_says_what_it_is_for(staff, model):
    response = staff.get(list_url(model))

    assert response.context["cl"].model_admin.empty_hint[:30] in response.content.decode()


@pytest.mark.parametrize("model", ["conversion", "networkclickday"])
def test_the_ledger_cannot_be_written_by_hand(staff, model):
    assert staff.get(reverse(f"admin:affiliates_{model}_add")).status_code == 403


@pytest.mark.parametrize("name", ["columns", "write", "discard", "undo", "rejected", "change"])
def test_nobody_without_the_right_reaches_a_page(client, name):
    record = put_awin(awin(1))
    client.force_login(UserFactory())

    response = (
        client.post(page_url(name, record))
        if name in ("write", "discard")
        else client.get(page_url(name, record))
    )

    assert response.status_code == 403
    assert services.later_imports(record) == []


def test_an_import_that_does_not_exist_is_not_found(staff):
    assert staff.get(reverse("admin:affiliates_importfile_change", args=[999])).status_code == 404
