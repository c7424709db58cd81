"""The two addresses behind the picker."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.urls import reverse

from references.models import Reference
from references.works import pick
from tests.factories import UserFactory
from tests.references.factories import ReferenceFactory
from tests.references.sources import payloads
from tests.references.sources.fixtures import point_at
from tests.support.http import Reply, local_site

__all__ = ["local_site"]
pytestmark = pytest.mark.django_db
DOI = "10.1093/ajcn/68.2.447s"
WORK = "/crossref/works/10.1093%2Fajcn%2F68.2.447s"
LOOK_UP, TAKE = "admin:references_reference_look_up", "admin:references_reference_take"


@pytest.fixture
def sources(settings, local_site):
    cache.clear()
    point_at(settings, local_site)
    local_site[WORK] = Reply(body=payloads.crossref())
    return local_site


@pytest.fixture
def author(client):
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Author"))
    client.force_login(user)
    return user


def ask(client, name, text):
    reply = client.post(reverse(name), {"q": text})
    assert reply.status_code == 200
    return reply.json()


def test_the_library_comes_first():
    ReferenceFactory(citekey="shankar1998", csl__DOI=DOI)

    assert [choice.insert for choice in pick(f"https://doi.org/{DOI}")] == ["[@shankar1998]"]


@pytest.mark.parametrize(
    "query", [DOI, "PMID 9701160", "NBK507250", "https://pmc.ncbi.nlm.nih.gov/articles/PMC7257447/"]
)
def test_what_the_library_does_not_have_can_be_looked_up(query):
    [choice] = pick(query)

    assert (choice.insert, choice.label, choice.more) == ("", "Look it up", reverse(LOOK_UP))


def test_a_pasted_entry_can_be_read():
    assert [choice.label for choice in pick("@article{x, title={Zinc}}")] == ["Read this entry"]


def test_words_offer_nothing_to_look_up():
    assert pick("zinc 2013") == []


def test_the_picker_marks_what_was_retracted():
    ReferenceFactory(retracted=True, csl__title="On zinc")

    assert [choice.label for choice in pick("zinc")] == ["RETRACTED: On zinc"]


def test_looking_shows_the_work_and_stores_nothing(client, author, sources):
    found = ask(client, LOOK_UP, DOI)

    [row] = found["choices"]
    assert row["label"].startswith("Zinc and immune function")
    assert row["detail"] == "Shankar and Prasad, 1998, The American Journal of Clinical Nutrition"
    assert row["more"] == reverse(TAKE)
    assert not Reference.objects.exists()


def test_taking_adds_it_and_says_what_to_insert(client, author, sources):
    ask(client, LOOK_UP, DOI)

    assert ask(client, TAKE, DOI)["insert"] == "[@shankar1998]"
    reference = Reference.objects.get()
    assert reference.created_by == author
    assert len(sources.asked) == 1


def test_a_known_work_is_cited_by_its_key(client, author, sources):
    ReferenceFactory(citekey="mine1998", csl__title="Zinc", csl__DOI=DOI)

    [row] = ask(client, LOOK_UP, DOI)["choices"]

    assert row["insert"] == "[@mine1998]"


def test_a_retracted_work_says_so_before_it_is_added(client, author, sources):
    updated = {"updated-by": [payloads.update("retraction", "10.1234/notice")]}
    sources[WORK] = Reply(body=payloads.crossref(**updated))

    [row] = ask(client, LOOK_UP, DOI)["choices"]

    assert row["label"].startswith("RETRACTED: Zinc")


@pytest.mark.parametrize("name", [LOOK_UP, TAKE])
def test_offline_it_says_so_and_offers_the_form(client, author, sources, name):
    sources[WORK] = Reply(503)

    found = ask(client, name, DOI)

    assert "Crossref: It answered with status 503" in found["message"]
    [row] = found["choices"]
    assert row["label"] == "Add it by hand"
    form = client.get(row["href"]).content.decode()
    assert f'value="{DOI}"' in form


def test_a_pasted_entry_is_added(client, author, sources):
    text = "@article{Rayman2012,\n title={Selenium and human health}, author={Rayman, M}, year=2012}"

    assert ask(client, TAKE, f"[@{text}")["insert"] == "[@rayman2012]"


@pytest.mark.parametrize("name", [LOOK_UP, TAKE])
def test_only_who_may_add_works_may_ask(client, sources, name):
    client.force_login(UserFactory())

    assert client.post(reverse(name), {"q": DOI}).status_code == 403
    assert sources.asked == []


@pytest.mark.parametrize("name", [LOOK_UP, TAKE])
def test_asking_needs_a_login_and_a_post(client, author, name):
    assert client.get(reverse(name)).status_code == 405
    client.logout()
    assert client.post(reverse(name), {"q": DOI}).status_code == 302


@pytest.mark.parametrize("count", [1, 1000])
def test_the_picker_answers_in_one_query(count, django_assert_num_queries):
    Reference.objects.bulk_create(_works(count))

    with django_assert_num_queries(1):  # references
        found = pick("magnesium")

    assert len(found) == min(count, 10)


def _works(count):
    for number in range(count):
        work = Reference(
            citekey=f"work{number}", csl={"title": f"Magnesium {number}", "type": "article-journal"}
        )
        work.derive()
        yield work
