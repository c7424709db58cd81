"""What may be kept of a page is kept; what is meant for one reader or one moment never is."""

from types import MappingProxyType

import pytest
from django.test import RequestFactory

from articles.models import Edition, Topic
from articles.serving import Watched, cache
from cms import plugins
from cms.contracts import Slot
from tests.factories import EditionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def url():
    return EditionFactory(article__slug="zinc", title="All about zinc").get_absolute_url()


@pytest.fixture
def with_slots():
    """Return a function that adds slots to those of this site."""
    stack = []

    def add(*slots):
        before = plugins.registry()
        found = {**before.of("slots"), **{slot.id: slot for slot in slots}}
        objects = MappingProxyType({**before.objects, "slots": MappingProxyType(found)})
        swapped = plugins.use_registry(plugins.Registry(plugins=before.plugins, objects=objects))
        swapped.__enter__()
        stack.append(swapped)

    yield add
    for swapped in reversed(stack):
        swapped.__exit__(None, None, None)


@pytest.fixture
def theme(settings, tmp_path):
    """Return a function that puts a template in front of ours, as the theme of a plugin does."""

    def replace(name, text):
        path = tmp_path / "theme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        [engine] = settings.TEMPLATES
        settings.TEMPLATES = [{**engine, "DIRS": [tmp_path / "theme", *engine["DIRS"]]}]

    return replace


class Counter:
    def __init__(self):
        self.contexts = []

    def __call__(self, context):
        self.contexts.append(context)
        return f"<p>seen {len(self.contexts)}</p>"


def kept(client, url):
    """Return whether a second reader gets the page made for the first: only making one reads the text."""
    client.get(url)
    edition = Edition.objects.live().get(slug=url.split("/")[-2])
    Edition.objects.filter(pk=edition.pk).update(html="<p>Written over behind our back.</p>")
    return "behind our back" not in client.get(url).text


def test_a_page_is_made_once(client, url):
    assert kept(client, url)


def test_a_page_from_memory_is_the_same_to_the_byte(client, url):
    first, second = client.get(url), client.get(url)

    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)


def test_a_page_from_memory_answers_304_without_a_template(client, url, monkeypatch):
    etag = client.get(url)["ETag"]
    monkeypatch.setattr("articles.views.render", None)

    again = client.get(url, headers={"If-None-Match": etag})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)


def test_another_etag_gets_the_page(client, url):
    client.get(url)

    assert client.get(url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_from_memory_is_like_get(client, url):
    page = client.get(url)

    assert client.head(url)["ETag"] == page["ETag"]


def test_a_slot_is_filled_for_every_request(client, url, with_slots):
    footer = Counter()
    with_slots(Slot("shop:footer", "footer", footer))

    pages = [client.get(url).text for _ in range(3)]

    assert ["seen 1" in pages[0], "seen 2" in pages[1], "seen 3" in pages[2]] == [True] * 3
    assert "seen 1" not in pages[1]


def test_a_page_around_such_a_slot_is_kept(client, url, with_slots):
    with_slots(Slot("shop:footer", "footer", Counter()))

    assert kept(client, url)


def test_such_a_slot_changes_the_etag(client, url, with_slots):
    with_slots(Slot("shop:footer", "footer", Counter()))
    etag = client.get(url)["ETag"]

    again = client.get(url, headers={"If-None-Match": etag})

    assert again.status_code == 200
    assert again["ETag"] != etag


def test_a_slot_that_says_the_same_keeps_the_etag(client, url, with_slots):
    with_slots(Slot("shop:footer", "footer", lambda context: "<p>Same</p>"))
    etag = client.get(url)["ETag"]

    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304


def test_a_slot_gets_the_request_and_the_edition_each_time(client, url, with_slots):
    footer = Counter()
    with_slots(Slot("shop:footer", "footer", footer))

    client.get(url, {"from": "first"})
    client.get(url, {"from": "second"})

    assert [context.request.GET["from"] for context in footer.contexts] == ["first", "second"]
    assert [context.edition.html for context in footer.contexts] == [Edition.objects.get().html] * 2


def test_what_a_slot_does_to_its_edition_stays_with_it(client, url, with_slots):
    def spoil(context):
        title, context.edition.title = context.edition.title, "Spoilt"
        return f"<p>{title}</p>"

    with_slots(Slot("shop:footer", "footer", spoil))
    client.get(url)

    assert "<p>All about zinc</p>" in client.get(url).text


def test_a_fixed_slot_is_filled_once(client, url, with_slots):
    head = Counter()
    with_slots(Slot("shop:head", "head", head, is_fixed=True))

    pages = [client.get(url).text for _ in range(2)]

    assert all("seen 1" in page for page in pages)
    assert len(head.contexts) == 1


def test_slots_keep_their_order(client, url, with_slots):
    with_slots(
        Slot("c", "footer", lambda context: "<i>c</i>", order=3, is_fixed=True),
        Slot("b", "footer", lambda context: "<i>b</i>", order=2),
        Slot("a", "footer", lambda context: "<i>a</i>", order=1, is_fixed=True),
    )

    assert all("<i>a</i><i>b</i><i>c</i>" in client.get(url).text for _ in range(2))


def test_a_slot_that_fails_later_costs_nothing_but_itself(client, url, with_slots):
    calls = []

    def fail(context):
        calls.append(1)
        raise RuntimeError("shop is closed")

    with_slots(Slot("bad", "footer", fail), Slot("good", "footer", lambda context: "<i>good</i>"))

    assert all("<i>good</i>" in client.get(url).text for _ in range(2))
    assert len(calls) == 2


def test_no_sign_of_a_hole_reaches_readers(client, url, with_slots):
    with_slots(Slot("shop:footer", "footer", lambda context: ""))

    assert all("hole" not in client.get(url).text for _ in range(2))


@pytest.mark.parametrize(
    "body",
    [
        "{% load site_tags %}{% filter upper %}{% slot 'footer' %}{% endfilter %}",
        "{% load site_tags %}{% filter striptags %}{% slot 'footer' %}{% endfilter %}",
    ],
)
def test_a_theme_that_changes_a_slot_gets_it_anew(client, url, with_slots, theme, body):
    theme("articles/detail.html", body)
    with_slots(Slot("shop:footer", "footer", Counter()))

    pages = [client.get(url).text.lower() for _ in range(2)]

    assert all("seen" in page and "hole" not in page for page in pages)
    assert pages[0] != pages[1]


def test_a_theme_may_show_a_slot_twice(client, url, with_slots, theme):
    theme("articles/detail.html", "{% load site_tags %}{% slot 'footer' as foot %}{{ foot }}|{{ foot }}")
    with_slots(Slot("shop:footer", "footer", Counter()))

    assert [client.get(url).text for _ in range(2)] == [
        "<p>seen 1</p>|<p>seen 2</p>",
        "<p>seen 3</p>|<p>seen 4</p>",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "{{ request.GET.q }}",
        "{{ request.headers.host }}",
        "{{ request.get_full_path }}",
        "{% if request.is_secure %}s{% endif %}",
        "{% csrf_token %}",
        "{{ edition.tags.all }}",
        "{{ edition.article.owner }}",
        "{{ edition.findings }}",
    ],
)
def test_a_theme_that_reads_more_than_the_rows_is_rendered_anew(client, url, theme, body):
    theme("articles/detail.html", body + "{{ edition.html }}")

    assert not kept(client, url)


@pytest.mark.parametrize("body", ["{{ user }}", "{{ messages }}", "{% if user.is_staff %}Edit{% endif %}"])
def test_a_theme_that_asks_for_a_user_finds_none(client, url, theme, body):
    """There is none on a reader's page, whoever is logged in, so the page is the same for all."""
    theme("articles/detail.html", body + "{{ edition.html }}")
    client.force_login(UserFactory(superuser=True))

    assert kept(client, url)
    assert "Edit" not in client.get(url).text


def test_a_theme_of_its_own_kind_is_kept(client, url, theme):
    theme("articles/detail.html", "{% load site_tags %}<h1>{{ edition.title }}</h1>{{ edition.html }}")

    assert kept(client, url)


def test_a_token_of_one_reader_never_reaches_another(client, url, theme):
    theme("articles/detail.html", "{% csrf_token %}")

    first, second = client.get(url), client.get(url)

    assert first.text != second.text


def test_nothing_is_kept_while_developing(client, url, settings):
    settings.DEBUG = True

    assert not kept(client, url)


def test_what_is_not_there_is_not_kept(client):
    Topic.objects.create(name="Zinc", slug="zinc")

    for number in range(5):
        client.get(f"/articles/nothing-{number}/")

    assert len(cache) == 0


def test_asking_for_what_a_request_has_not_is_no_use_of_it():
    watched = Watched(RequestFactory().get("/"))

    assert getattr(watched, "user", None) is None
    assert watched.used == set()
    assert watched.path == "/"
    assert watched.used == {"request.path"}


def test_our_own_slots_leave_no_hole(client, url):
    """Pages of a site without third-party plugins are bytes: nothing is put together for a reader."""
    client.get(url)

    assert [entry.page.holes for entry in cache._entries.values()] == [()]
