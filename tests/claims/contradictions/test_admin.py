"""The report of contradictions and the table of limits in the admin."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from claims.admin import limits as pages
from claims.contradictions import store
from claims.models import Contradiction, Dismissal
from tests.claims.contradictions.test_store import published
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
REPORT = "/admin/claims/contradiction/"
LIMITS = "/admin/claims/contradiction/limits/"


@pytest.fixture
def editor(client):
    user = UserFactory(username="edda")
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    return user


def differ(count=1):
    published("Take 100 mg of magnesium a day.")
    for _ in range(count):
        published("Take 300 mg of magnesium a day.")


def words(response):
    return response.content.decode()


def test_both_quotes_stand_side_by_side_with_their_places(client, editor):
    differ()

    page = words(client.get(REPORT))

    found = Contradiction.objects.select_related("first__edition", "second__edition").get()
    for row in (found.first, found.second):
        assert f"<p>{row.quote}</p>" in page
        assert f"/admin/articles/article/{row.article_id}/change/#line-1" in page
        assert row.edition.get_absolute_url() in page
    assert "100 mg of magnesium a day for adults" in page


def test_an_empty_report_says_what_is_known(client, editor):
    assert "No live page advises a dose" in words(client.get(REPORT))

    published("Take 100 mg of magnesium a day.")

    assert "1 piece of advice on doses and timing is known" in words(client.get(REPORT))


def test_two_places_of_one_article_are_marked(client, editor):
    published("Take magnesium in the evening.\n\nTake magnesium in the morning.")

    assert "within one article" in words(client.get(REPORT))


def test_a_nutrient_can_be_chosen(client, editor):
    differ()
    published("Take iron with food.")
    published("Take iron on an empty stomach.")

    page = words(client.get(REPORT, {"nutrient": "iron"}))

    assert "Iron (1)" in page
    assert "Magnesium (1)" in page
    assert page.count('class="pair"') == 1
    assert "No two live pages contradict each other on zinc." in words(
        client.get(REPORT, {"nutrient": "zinc"})
    )


@pytest.mark.parametrize("count", [1, 12])
def test_the_report_costs_the_same_however_long(count, client, editor, django_assert_max_num_queries):
    differ(count)

    with django_assert_max_num_queries(15):
        page = words(client.get(REPORT))

    assert page.count('class="pair"') == count


def test_a_long_report_has_pages(client, editor, monkeypatch):
    monkeypatch.setattr("claims.admin.contradictions.PER_PAGE", 2)
    differ(3)

    first, second = (words(client.get(REPORT, {"page": number})) for number in (1, 2))

    assert (first.count('class="pair"'), second.count('class="pair"')) == (2, 1)
    assert "Page 2 of 2" in second


def test_letting_pass_takes_a_reason_and_keeps_name_and_time(client, editor):
    differ()
    found = Contradiction.objects.get()
    address = reverse("admin:claims_contradiction_dismiss", args=[found.pk])

    client.post(address, {"reason": "   "})
    assert not Dismissal.objects.exists()

    response = client.post(address, {"reason": "One is for athletes."}, follow=True)

    assert "No two live pages contradict each other." in words(response)
    dismissal = Dismissal.objects.get()
    assert (dismissal.reason, dismissal.by, dismissal.by_name) == ("One is for athletes.", editor, "edda")
    assert "Let pass by edda" in words(client.get(REPORT, {"show": "passed"}))


def test_what_was_let_pass_can_be_opened_again(client, editor):
    differ()
    found = Contradiction.objects.get()
    store.dismiss(found, by=editor, reason="Athletes.")

    client.post(reverse("admin:claims_contradiction_reopen", args=[found.pk]))

    assert Contradiction.objects.let_pass(False).get() == found


@pytest.mark.parametrize("action", ["dismiss", "reopen"])
def test_actions_are_posted_by_those_who_may(action, client, editor):
    differ()
    address = reverse(f"admin:claims_contradiction_{action}", args=[Contradiction.objects.get().pk])
    missing = reverse(f"admin:claims_contradiction_{action}", args=[0])

    assert client.get(address).status_code == 405
    assert client.post(missing, {"reason": "None."}).status_code == 404

    author = UserFactory()
    author.groups.add(Group.objects.get(name="Author"))
    client.force_login(author)

    assert client.post(address, {"reason": "I say so."}).status_code == 403
    assert "Both may stand" not in words(client.get(REPORT))


@pytest.mark.parametrize("address", [REPORT, LIMITS])
def test_nobody_looks_without_permission(address, client):
    assert client.get(address).status_code == 302

    client.force_login(UserFactory())

    assert client.get(address).status_code == 403


def test_words_of_articles_are_escaped(client, editor):
    published("Take 100 mg of magnesium <b>a day</b> & *rest*.")
    published("Take 300 mg of magnesium a day.")

    assert "&lt;b&gt;a day&lt;/b&gt; &amp; *rest*." in words(client.get(REPORT))


def test_limits_stand_with_source_and_status(client, editor):
    page = words(client.get(LIMITS, {"nutrient": "magnesium"}))

    assert "Magnesium: NASEM, United States" in page
    assert "Magnesium: EFSA, European Union" in page
    assert "Read in the source" in page
    assert "magnesium bisglycinate (pure, anhydrous)" in page


def test_limits_of_one_authority(client, editor):
    page = words(client.get(LIMITS, {"nutrient": "zinc", "authority": "EFSA"}))

    assert "Zinc: EFSA, European Union" in page
    assert "Zinc: NASEM" not in page


@pytest.mark.parametrize(
    ("nutrient", "authority", "said"),
    [
        ("kryptonite", "", "Magnesium: NASEM"),
        ("vitamin_d", "", "Units of vitamin D"),
        ("arsenic", "EFSA", "This authority has set nothing for arsenic"),
        ("vitamin_b12", "NASEM", "not determined"),
    ],
)
def test_limits_of_anything(nutrient, authority, said, client, editor):
    assert said in words(client.get(LIMITS, {"nutrient": nutrient, "authority": authority}))


def test_the_table_of_limits_needs_no_database(client, editor, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):  # the login, and what the frame of the admin asks
        client.get(LIMITS)


@pytest.mark.parametrize(
    ("nutrient", "authority", "people"),
    [
        ("magnesium", "NASEM", {"Children, 1 to 3", "Adults, from 19", "Women, 19 to 50, pregnant"}),
        ("magnesium", "NASEM", {"Women, 19 to 30", "Men, from 31", "Women, 19 to 30, breastfeeding"}),
    ],
)
def test_rows_that_say_the_same_are_one_line(nutrient, authority, people):
    rows = [
        row for row in pages.limits.table().limits if (row.nutrient, row.authority) == (nutrient, authority)
    ]

    lines = pages._lines(rows)

    assert people <= {line.people for line in lines}
    assert len(lines) < len(rows)
