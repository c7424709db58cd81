"""The library's own pages: evidence, decisions, adding, merging."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.urls import reverse

from references.models import Reference, Verification
from references.verification.service import verify
from tests.factories import ArticleFactory, UserFactory
from tests.references.factories import ReferenceFactory
from tests.references.sources import payloads
from tests.references.sources.fixtures import point_at
from tests.support.http import Reply, local_site

__all__ = ["local_site"]
pytestmark = pytest.mark.django_db
DOI = "10.1093/ajcn/68.2.447s"
WORK = "/crossref/works/10.1093%2Fajcn%2F68.2.447s"
TITLE = "Zinc and immune function: the biological basis of altered resistance to infection"


@pytest.fixture
def sources(settings, local_site, monkeypatch):
    cache.clear()
    point_at(settings, local_site)
    monkeypatch.setattr("references.sources.lookup.RETRIES", 0)
    local_site[WORK] = Reply(body=payloads.crossref())
    return local_site


@pytest.fixture
def editor(client):
    user = UserFactory(username="edda")
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    return client


def make(title="Iron in the diet of cats", **changes):
    item = {"type": "article-journal", "title": title, "DOI": DOI}
    return ReferenceFactory(citekey="cats1998", csl=item, **changes)


def at(name, *args):
    return reverse(f"admin:references_reference_{name}", args=args)


def do(client, reference, doing, **data):
    reply = client.post(at("sources", reference.pk), {"do": doing, **data}, follow=True)
    return reply.content.decode()


def page(client, reference):
    return client.get(at("sources", reference.pk)).content.decode()


def again(reference):
    return Reference.objects.get(pk=reference.pk)


def test_a_work_that_was_never_checked_says_so(editor):
    html = page(editor, make())

    assert "not checked yet" in html
    assert "Nobody has counted. That is not nought." in html


def test_check_now_asks_and_shows_both_titles(editor, sources):
    html = do(editor, make(), "check")

    assert "Checked: another work." in html
    assert f"On record: <q>{TITLE}</q>" in html
    assert "1992" in html


def test_check_now_without_an_answer_concludes_nothing(editor, sources):
    sources[WORK] = Reply(503)

    html = do(editor, make(), "check")

    assert "No answer; nothing follows from that. Crossref: It answered with status 503." in html


def test_a_retraction_is_told_at_once(editor, sources):
    updated = {"updated-by": [payloads.update("retraction", "10.1234/notice")]}
    sources[WORK] = Reply(body=payloads.crossref(**updated))

    html = do(editor, make(TITLE), "check")

    assert "It is now marked: retracted" in html
    assert 'href="https://doi.org/10.1234/notice"' in html


def test_an_editor_accepts_a_difference_with_a_reason(editor, sources):
    reference = make()
    verify(reference)

    refused = do(editor, reference, "accept", **{"accept-note": " "})
    html = do(editor, reference, "accept", **{"accept-note": "Title of the English edition"})

    assert "This field is required." in refused
    assert again(reference).is_accepted
    assert "Title of the English edition" in html
    assert Verification.objects.get(result="accepted").reviewed_by.username == "edda"


def test_what_is_ticked_is_taken_over(editor, sources):
    reference = make()
    verify(reference)

    html = do(editor, reference, "refresh", field=["title", "volume"])

    assert "Taken over: Title, Volume." in html
    assert (again(reference).title, again(reference).verification) == (TITLE, "matched")
    assert again(reference).history.first().history_user.username == "edda"


def test_nothing_of_another_work_is_ticked_beforehand(editor, sources):
    reference = make()
    verify(reference)
    of_another = page(editor, reference)
    do(editor, reference, "refresh", field=["title"])

    assert 'value="volume" id="take-volume">' in of_another
    assert 'value="volume" id="take-volume" checked>' in page(editor, reference)


def test_a_title_that_was_cut_short_is_ticked(editor, sources):
    reference = make("Zinc and immune function: the biological basis")
    verify(reference)

    assert 'value="title" id="take-title" checked>' in page(editor, reference)


def test_a_field_that_an_editor_changes_is_settled(editor, sources):
    reference = make(TITLE)
    data = {"type": "article-journal", "title": "Zinc", "doi": DOI, "editorial_status": "current"}

    editor.post(at("change", reference.pk), data)
    verify(again(reference))

    assert again(reference).locked_fields == ["title"]
    html = page(editor, again(reference))
    assert "settled by an editor" in html
    assert 'id="take-title">' in html


def test_an_article_is_let_cite_a_retracted_work(editor):
    reference = make(retracted=True)
    article = ArticleFactory(text="It was wrong [@cats1998].", title="The fraud")
    ArticleFactory(text="No citation.", title="Elsewhere")

    form = page(editor, reference)
    html = do(
        editor,
        reference,
        "acknowledge",
        **{"acknowledge-article": article.pk, "acknowledge-reason": "About it."},
    )

    assert "The fraud" in form
    assert "Elsewhere" not in form
    assert "“The fraud” may cite it." in html
    given = reference.acknowledgements.get()
    assert (given.reason, given.by.username) == ("About it.", "edda")

    assert "Taken back." in do(editor, reference, "take_back", given=given.pk)
    assert not reference.acknowledgements.exists()


def test_a_reason_is_needed(editor):
    reference = make(retracted=True)
    article = ArticleFactory(text="It was wrong [@cats1998].")

    html = do(
        editor, reference, "acknowledge", **{"acknowledge-article": article.pk, "acknowledge-reason": ""}
    )

    assert "This field is required." in html
    assert not reference.acknowledgements.exists()


@pytest.mark.parametrize("given", ["", "x", "9" * 30, "1"])
def test_taking_back_what_is_not_there_does_nothing(editor, given):
    assert "Taken back" not in do(editor, make(retracted=True), "take_back", given=given)


@pytest.mark.parametrize("doing", ["", "nonsense", "delete"])
def test_nothing_else_can_be_done(editor, doing):
    assert editor.post(at("sources", make().pk), {"do": doing}).status_code == 404


@pytest.mark.parametrize("name", ["sources", "merge"])
@pytest.mark.parametrize("number", ["999", "x", "9" * 30])
def test_what_is_not_there_is_not_found(editor, name, number):
    assert editor.get(at(name, number)).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("sources", 403), ("merge", 403)])
def test_without_a_right_there_is_nothing_to_see(client, name, status):
    reference = make()
    client.force_login(UserFactory())

    assert client.get(at(name, reference.pk)).status_code == status
    assert client.get(at("by_number")).status_code == 403


def test_a_reader_of_the_library_can_change_nothing(client, sources):
    from django.contrib.auth.models import Permission

    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="view_reference"))
    client.force_login(user)
    reference = make()

    assert "Check now" not in page(client, reference)
    assert client.post(at("sources", reference.pk), {"do": "check"}).status_code == 403
    assert sources.asked == []


def test_authors_do_not_merge(client):
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Author"))
    client.force_login(user)

    assert client.get(at("merge", make().pk)).status_code == 403


def test_merging_compares_first(editor):
    kept = make(TITLE)
    other = ReferenceFactory(citekey="cats1998b", csl__DOI=None, csl__volume="68")

    compared = editor.post(at("merge", kept.pk), {"other": "[@Cats1998b]"}).content.decode()

    assert "Merge cats1998b into cats1998" in compared
    assert "Their titles differ." in compared
    assert other.title in compared
    assert Reference.objects.count() == 2


def test_the_same_title_raises_no_alarm(editor):
    kept = make(TITLE)
    ReferenceFactory(citekey="cats1998b", csl__DOI=None, csl__title=TITLE)

    assert (
        "Their titles differ."
        not in editor.post(at("merge", kept.pk), {"other": "cats1998b"}).content.decode()
    )


def test_merging_is_a_second_step(editor):
    kept = make(TITLE)
    ReferenceFactory(citekey="cats1998b", csl__DOI=None)

    html = editor.post(
        at("merge", kept.pk), {"other": "cats1998b", "merge": "1"}, follow=True
    ).content.decode()

    assert "Merged. [@cats1998b] goes on to work." in html
    assert Reference.objects.get() == kept


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ("nokey", "There is no reference with this key."),
        ("cats1998", "Choose two references."),
        ("dogs", "They are two works"),
    ],
)
def test_what_cannot_be_merged_is_told(editor, other, words):
    kept = make(TITLE)
    ReferenceFactory(citekey="dogs", csl__DOI="10.1234/dogs")

    html = editor.post(at("merge", kept.pk), {"other": other, "merge": "1"}).content.decode()

    assert words in html
    assert Reference.objects.count() == 2


def test_works_that_look_alike_are_offered(editor):
    kept = ReferenceFactory(citekey="liu2021", csl__title="Zinc in cats and dogs of the world")
    ReferenceFactory(citekey="liu2021b", csl__title="Zinc in cats and dogs of the world: a review")
    ReferenceFactory(citekey="far2000", csl__author=[{"family": "Far"}], csl__title="Iron")

    html = editor.get(at("merge", kept.pk)).content.decode()

    assert "?other=liu2021b" in html
    assert "far2000" not in html


def test_adding_by_number_looks_first(editor, sources):
    html = editor.post(at("by_number"), {"what": f"https://doi.org/{DOI}"}).content.decode()

    assert "Add it as [@shankar1998]" in html
    assert not Reference.objects.exists()


def test_adding_by_number_takes_it(editor, sources):
    reply = editor.post(at("by_number"), {"what": DOI, "take": "1"})

    reference = Reference.objects.get()
    assert reply.url == at("change", reference.pk)
    assert reference.created_by.username == "edda"


def test_adding_what_is_there_leads_to_it(editor, sources):
    make(TITLE)

    html = editor.post(at("by_number"), {"what": DOI}).content.decode()

    assert "The library has it" in html
    assert "Add it as" not in html


@pytest.mark.parametrize(
    ("what", "words"),
    [("", "This field is required."), ("zinc", "There is no DOI"), ("10.1234/none", "No source knows")],
)
def test_adding_says_what_is_wrong(editor, sources, what, words):
    assert words in editor.post(at("by_number"), {"what": what}).content.decode()


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("?verification__exact=mismatch", ["bad"]),
        ("?doubt=yes", ["doubtful"]),
        ("?number=yes", ["nameless"]),
        ("?used=no", ["bad", "doubtful", "nameless"]),
        ("?used=yes", []),
    ],
)
def test_the_list_is_filtered_by_what_needs_an_editor(editor, query, keys):
    ReferenceFactory(citekey="bad", verification="mismatch")
    ReferenceFactory(citekey="doubtful", doubt="Retracted, says OpenAlex alone")
    ReferenceFactory(citekey="nameless", csl__DOI=None)

    html = editor.get(at("changelist") + query).content.decode()

    assert [key for key in ("bad", "doubtful", "nameless") if f"@{key}" in html] == keys


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_takes_few_queries(editor, sources, django_assert_max_num_queries, count):
    reference = make()
    for number in range(count):
        sources[WORK] = Reply(body=payloads.crossref(volume=str(number)))
        verify(again(reference))
        article = ArticleFactory()
        reference.acknowledgements.create(article=article, status="concern", reason="Known.")

    with django_assert_max_num_queries(15):
        page(editor, reference)
