"""The recall switch: out of every article at once, with a reason and a line in the log."""

import pytest
from django.urls import reverse

from affiliates.models import AffiliateLink
from affiliates.recall import AT_ONCE, RecallError, affected, recall, reinstate
from articles.models import AuditEvent, Edition
from articles.publishing import publish
from tests.affiliates.desk import change_url, list_url
from tests.affiliates.factories import LinkFactory, ProductFactory
from tests.affiliates.redirects import visit
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db
TEXT = "Try [zinc](aff:zinc).\n\n::product{tablets}\n\n::button{zinc}"


@pytest.fixture
def link():
    return LinkFactory(slug="zinc")


@pytest.fixture
def product(link):
    return ProductFactory(slug="tablets", link=link)


def go_live(text=TEXT, number=1):
    return [
        publish(ArticleFactory(text=f"{text}\n\nNo {index}."), override="test") for index in range(number)
    ]


def html_of(edition):
    return Edition.objects.live().get(article=edition.article_id).html


@pytest.mark.django_db(transaction=True)
def test_readers_stop_seeing_it_without_waiting_for_a_worker(link, product):
    (edition,) = go_live()

    number = recall([link], reason="FDA warning letter")

    assert number == 1
    assert "/go/" not in html_of(edition)
    assert "Zinc Citrate 10" not in html_of(edition)
    assert "Try zinc." in html_of(edition)


@pytest.mark.django_db(transaction=True)
def test_a_recalled_product_leaves_its_link_alone(link, product):
    (edition,) = go_live()

    recall([product], reason="Wrong label")

    assert "Zinc Citrate 10" not in html_of(edition)
    assert ">zinc</a>" in html_of(edition)
    product.refresh_from_db()
    assert (product.is_recalled, product.recall_reason) == (True, "Wrong label")


@pytest.mark.django_db(transaction=True)
def test_it_comes_back_everywhere(link, product):
    (edition,) = go_live()
    before = edition.html

    recall([link], reason="FDA warning letter")
    reinstate([link], reason="Lifted")

    assert html_of(edition) == before
    link.refresh_from_db()
    assert (link.status, link.recall_reason) == ("live", "")


def test_each_article_gets_a_line_with_name_and_reason(link, product):
    user = UserFactory(username="edda")
    editions = go_live(number=2)

    recall([link], reason="FDA warning letter", by=user)
    reinstate([link], by=user)

    lines = AuditEvent.objects.filter(kind__in=["recalled", "reinstated"]).order_by("pk")
    assert {line.article_id for line in lines} == {edition.article_id for edition in editions}
    assert [line.kind for line in lines] == ["recalled", "recalled", "reinstated", "reinstated"]
    assert {line.reason for line in lines} == {"FDA warning letter", ""}
    assert {line.actor_name for line in lines} == {"edda"}
    assert lines[0].data["records"] == [{"key": f"link:{link.pk}", "name": str(link)}]
    assert link.history.first().history_user == user


def test_what_no_article_shows_gets_a_line_all_the_same(link):
    assert recall([link], reason="Never again") == 0

    line = AuditEvent.objects.get(kind="recalled")
    assert (line.article_id, line.reason) == (None, "Never again")


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_recall_needs_a_reason(link, reason):
    with pytest.raises(RecallError, match="Say why"):
        recall([link], reason=reason)

    link.refresh_from_db()
    assert link.status == "live"


def test_a_recalled_link_cannot_replace_another(link):
    for replacement in (link, LinkFactory(status="recalled")):
        with pytest.raises(RecallError, match="recalled itself"):
            recall([link], reason="x", replacement=replacement)


def test_twice_is_once(link):
    recall([link], reason="x")
    recall([link], reason="y")

    link.refresh_from_db()
    assert (link.recall_reason, link.version) == ("x", 2)
    assert AuditEvent.objects.filter(kind="recalled").count() == 1
    assert reinstate([LinkFactory()]) == 0


def test_clicks_on_cached_pages_hear_of_the_replacement(client, link):
    better = LinkFactory(slug="better", title="Zinc gluconate")

    recall([link], reason="x", replacement=better)

    response = visit(client, "/go/zinc/")
    assert response.status_code == 410
    assert "/go/better/" in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_many_articles_are_left_to_the_worker(link, product, run_tasks, monkeypatch):
    monkeypatch.setattr("affiliates.recall.AT_ONCE", 1)
    editions = go_live(number=2)
    run_tasks()

    recall([link], reason="x")
    assert "/go/" in html_of(editions[0])
    run_tasks()

    assert AT_ONCE == 20
    assert all("/go/" not in html_of(edition) for edition in editions)


def test_only_what_readers_see_or_will_see_is_affected(link, product):
    shown = go_live()
    ArticleFactory(text=TEXT)
    go_live("Nothing of it.")

    assert list(affected([link])) == shown
    assert list(affected([product])) == shown


def url_of(name, *records):
    model = records[0]._meta.model_name
    ids = ",".join(str(record.pk) for record in records)
    return f"{reverse(f'admin:affiliates_{model}_{name}')}?ids={ids}"


def test_the_page_shows_first_what_will_happen(staff, link, product):
    (edition,) = go_live()

    page = staff.get(url_of("recall", link)).content.decode()

    assert edition.title in page
    assert product.name in page
    assert "Recall now" in page
    link.refresh_from_db()
    assert link.status == "live"


def test_the_button_recalls_signs_and_leads_back(staff, link):
    better = LinkFactory(slug="better")

    response = staff.post(url_of("recall", link), {"reason": "FDA", "replacement": "better"})

    link.refresh_from_db()
    assert response["Location"] == change_url(link)
    assert (link.status, link.recall_reason, link.replacement) == ("recalled", "FDA", better)
    assert AuditEvent.objects.get(kind="recalled").actor.is_superuser


@pytest.mark.parametrize(
    ("data", "words"),
    [({"reason": ""}, "required"), ({"reason": "x", "replacement": "nothing"}, "no live link named so")],
)
def test_what_is_missing_is_said(staff, link, data, words):
    response = staff.post(url_of("recall", link), data)

    assert words in str(response.context["form"].errors)
    link.refresh_from_db()
    assert link.status == "live"


@pytest.mark.parametrize("make", [LinkFactory, ProductFactory])
def test_several_rows_of_a_list_are_asked_about_together(staff, make):
    records = [make(), make()]

    response = staff.post(
        list_url(records[0]._meta.model_name),
        {"action": "recall", "_selected_action": [record.pk for record in records]},
    )
    assert "/recall/?ids=" in response["Location"]

    staff.post(response["Location"], {"reason": "Both"})
    for record in records:
        record.refresh_from_db()
        assert record.recall_reason == "Both"


def test_the_way_back_is_on_the_records_page(staff, product):
    recall([product], reason="Wrong label")

    assert "Wrong label" in staff.get(change_url(product)).content.decode()
    staff.post(url_of("reinstate", product), {"reason": ""})

    product.refresh_from_db()
    assert not product.is_recalled


@pytest.mark.parametrize(("number", "words"), [(1, "One article {} it"), (2, "2 articles {} it")])
def test_the_answer_counts_the_articles_in_words(staff, link, product, number, words):
    go_live(number=number)
    verb = "shows" if number == 1 else "show"

    gone = staff.post(url_of("recall", product), {"reason": "FDA"}, follow=True).content.decode()
    back = staff.post(url_of("reinstate", product), {"reason": ""}, follow=True).content.decode()

    assert words.format(f"no longer {verb}") in gone
    assert words.format(verb) in back


def test_the_lists_action_leads_to_the_way_back(staff, product):
    recall([product], reason="x")

    response = staff.post(list_url("product"), {"action": "reinstate", "_selected_action": [product.pk]})

    assert "Wrong" not in response["Location"]
    assert b"Bring it back" in staff.get(response["Location"]).content


def test_a_second_recall_says_so(staff, link):
    recall([link], reason="x")

    assert b"Already recalled" in staff.get(url_of("recall", link)).content
    assert b"Not recalled" in staff.get(url_of("reinstate", LinkFactory())).content


def test_who_may_not_change_links_may_not_recall(client, link):
    client.force_login(UserFactory())

    assert client.post(url_of("recall", link), {"reason": "x"}).status_code == 403
    link.refresh_from_db()
    assert link.status == "live"


@pytest.mark.parametrize("ids", ["", "0", "x", "99999999999999999999"])
def test_unknown_records_are_not_found(staff, ids):
    assert staff.get(f"{reverse('admin:affiliates_affiliatelink_recall')}?ids={ids}").status_code == 404


@pytest.mark.parametrize("number", [1, 6])
def test_the_page_costs_the_same_for_many_articles(
    staff, link, product, number, django_assert_max_num_queries
):
    go_live(number=number)

    with django_assert_max_num_queries(15):
        page = staff.get(url_of("recall", link))

    assert page.content.decode().count("/admin/articles/article/") >= number


def test_the_states_of_products_are_told_apart(staff, product):
    recall([ProductFactory(name="Gone")], reason="x")
    ProductFactory(link=None)

    page = staff.get(list_url("product")).content.decode()

    assert all(word in page for word in ("Recalled", "Shown", "No link"))
    assert AffiliateLink.objects.count() == 2
