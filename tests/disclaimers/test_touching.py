import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from articles.models import AuditEvent, Edition
from articles.publishing import publish
from disclaimers import touching
from disclaimers.models import Disclaimer
from tests.disclaimers.factories import DisclaimerFactory
from tests.disclaimers.test_admin import form_data
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db
WHY = "The text is made up."


@pytest.fixture
def editor(client):
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="change_disclaimer"))
    client.force_login(user)
    return user


def live(title, text, **fields):
    return publish(ArticleFactory(title=title, text=text, **fields), override=WHY)


def ask(client, disclaimer, **changes):
    address = reverse("admin:disclaimers_disclaimer_touches", args=[disclaimer.pk])
    return client.post(address, form_data(disclaimer, **changes))


def titles(editions):
    return {edition.title for edition in editions}


def test_articles_that_would_get_the_text_are_listed(client, editor):
    live("Zinc", "Take 10 mg of zinc a day.")
    live("Iron", "Iron is a mineral in blood and food.")

    response = ask(client, DisclaimerFactory(), supplements=["zinc"])

    assert titles(response.context["touched"].placed) == {"Zinc"}
    assert "new on 1 article" in response.content.decode()
    assert "All 2 live articles were looked at." in response.content.decode()


def test_articles_that_would_lose_the_text_are_listed(client, editor):
    live("Zinc", "Take 10 mg of zinc a day.")
    live("Iron", "Take 10 mg of iron a day.")
    disclaimer = DisclaimerFactory(when={"recommends_supplement": ["zinc", "iron"]})

    touched = ask(client, disclaimer, supplements=["iron"]).context["touched"]

    assert (titles(touched.taken), titles(touched.placed), touched.kept_count) == ({"Zinc"}, set(), 1)


def test_switching_off_takes_it_from_all(client, editor):
    live("Zinc", "Take 10 mg of zinc a day.")
    disclaimer = DisclaimerFactory(when={"recommends_supplement": "zinc"})
    data = form_data(disclaimer)
    del data["is_active"]

    address = reverse("admin:disclaimers_disclaimer_touches", args=[disclaimer.pk])

    assert titles(client.post(address, data).context["touched"].taken) == {"Zinc"}


def test_what_an_article_carries_stays(client, editor):
    disclaimer = DisclaimerFactory(slug="house", when={"recommends_supplement": "zinc"})
    live("Zinc", "Take 10 mg of zinc a day.", front_matter={"title": "Zinc", "disclaimers": ["house"]})

    touched = ask(client, disclaimer, supplements=["iron"]).context["touched"]

    assert (list(touched.taken), touched.kept_count) == ([], 1)


def test_another_language_places_nothing(client, editor):
    live("Zinc", "Take 10 mg of zinc a day.")

    assert (
        titles(ask(client, DisclaimerFactory(), supplements=["zinc"], locale="de").context["touched"].placed)
        == set()
    )


def test_facts_of_the_rendered_page_count(client, editor):
    live("Callout", ":::statistic\nZinc is in 300 enzymes.\n:::")
    live("Plain", "Words.")

    touched = ask(client, DisclaimerFactory(), conditions=["evidence"]).context["touched"]

    assert titles(touched.placed) == {"Callout"}


def test_nothing_is_written(client, editor):
    live("Zinc", "Take 10 mg of zinc a day.")
    disclaimer = DisclaimerFactory(text="Ours.")
    before = AuditEvent.objects.count(), Edition.objects.count(), disclaimer.history.count()

    ask(client, disclaimer, supplements=["zinc"], text="Other words.")

    disclaimer.refresh_from_db()
    assert (disclaimer.when, disclaimer.text) == ({}, "Ours.")
    assert before == (AuditEvent.objects.count(), Edition.objects.count(), disclaimer.history.count())


def test_a_new_text_can_be_asked_for(client, editor):
    live("Zinc", "Take 10 mg of zinc a day.")
    draft = DisclaimerFactory(slug="draft")
    data = form_data(draft, slug="new", kind="other", supplements=["zinc"])

    response = client.post(reverse("admin:disclaimers_disclaimer_touches_new"), data)

    assert titles(response.context["touched"].placed) == {"Zinc"}
    assert not Disclaimer.objects.filter(slug="new").exists()


def test_mistakes_in_the_form_are_named(client, editor):
    response = ask(client, DisclaimerFactory(), jurisdictions="Atlantis")

    assert response.status_code == 400
    assert "ATLANTIS is not a code" in response.content.decode()


def test_readers_of_texts_are_refused(client):
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="view_disclaimer"))
    client.force_login(user)
    disclaimer = DisclaimerFactory()

    page = client.get(reverse("admin:disclaimers_disclaimer_change", args=[disclaimer.pk]))

    assert "Which articles would this touch?" not in page.content.decode()
    assert ask(client, disclaimer).status_code == 403


def test_strangers_are_sent_to_the_login(client):
    assert ask(client, DisclaimerFactory()).status_code == 302


@pytest.mark.parametrize("number", ["999999", "x", "9" * 30])
def test_an_unknown_record_is_not_found(client, editor, number):
    assert client.post(f"/admin/disclaimers/disclaimer/{number}/touches/").status_code == 404


def test_it_is_asked_by_post_only(client, editor):
    address = reverse("admin:disclaimers_disclaimer_touches", args=[DisclaimerFactory().pk])

    assert client.get(address).status_code == 405


def test_the_form_has_the_button(client, editor):
    disclaimer = DisclaimerFactory()

    page = client.get(reverse("admin:disclaimers_disclaimer_change", args=[disclaimer.pk])).content.decode()

    assert "Which articles would this touch?" in page
    assert f'formaction="/admin/disclaimers/disclaimer/{disclaimer.pk}/touches/"' in page


def sent_next(response):
    """What the button of the page sends."""
    sent = {}
    for name, value in response.context["again"]:
        sent.setdefault(name, []).append(value)
    return sent


def test_what_time_does_not_allow_is_looked_at_next(client, editor, monkeypatch):
    monkeypatch.setattr(touching, "SECONDS", 0)
    for name in ("zinc", "iron", "selenium"):
        live(name, f"Take 10 mg of {name} a day.")
    live("Words", "Words.")
    disclaimer = DisclaimerFactory(when={"recommends_supplement": ["selenium"]})

    response = ask(client, disclaimer, supplements=["zinc", "iron"])
    looked_at = [response.context["touched"].looked_at_count]
    assert "Look at the next ones" in response.content.decode()
    while not response.context["touched"].is_complete:
        response = client.post(response.request["PATH_INFO"], sent_next(response))
        looked_at.append(response.context["touched"].looked_at_count)

    touched = response.context["touched"]
    assert looked_at == [1, 2, 3, 4]
    assert (titles(touched.placed), titles(touched.taken)) == ({"zinc", "iron"}, {"selenium"})
    assert "Look at the next ones" not in response.content.decode()
    assert "All 4 live articles were looked at." in response.content.decode()


def test_what_would_stay_is_counted_on(client, editor, monkeypatch):
    monkeypatch.setattr(touching, "SECONDS", 0)
    for name in ("zinc", "iron"):
        live(name, f"Take 10 mg of {name} a day.")
    disclaimer = DisclaimerFactory(when={"recommends_supplement": "any"})

    first = ask(client, disclaimer, supplements=["any"])
    second = client.post(first.request["PATH_INFO"], sent_next(first))

    assert [page.context["touched"].kept_count for page in (first, second)] == [1, 2]


@pytest.mark.parametrize("number", ["x", "-1", "9" * 30, "٣"])
def test_numbers_that_are_none_are_left_out(client, editor, number):
    live("Zinc", "Take 10 mg of zinc a day.")
    carried = {"_placed": ["999", number], "_taken": number, "_kept": number, "_looked_at": number}

    response = ask(client, DisclaimerFactory(), supplements=["zinc"], **carried)

    assert response.status_code == 200
    assert titles(response.context["touched"].placed) <= {"Zinc"}


@pytest.mark.parametrize("count", [1, 8])
def test_queries_do_not_grow_with_the_articles(django_assert_num_queries, count):
    for number in range(count):
        live(f"Article {number}", "Take 10 mg of zinc a day.")
    record = DisclaimerFactory().as_record()

    with django_assert_num_queries(3):  # editions, disclaimers, count
        touching.touched_by(None, record)
