"""What people decided goes out and comes back: into itself without a trace, into an empty site as it was."""

import pytest
import yaml
from django.contrib.auth.models import User
from django.utils import timezone

from articles import addresses, deciding
from articles.compliance import overrides
from articles.models import Article, AuditEvent, CheckSetting, OldAddress, Override, Review, SlugClaim
from articles.publishing import publish
from articles.revisions import save_revision
from claims.contradictions import store
from claims.models import Contradiction, Dismissal, Term
from cms import plugins
from cms.contracts import Finding
from references import acknowledging
from references.models import Acknowledgement, Reference
from tests.articles.tables import every_row
from tests.factories import ArticleFactory, AuthorFactory, UserFactory
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db
FINDING = Finding("CLM02", "warning", "This implies a disease effect.", quote="helps with colds")
FILES = ("decisions.yaml", "acknowledgements.yaml", "claims.yaml")


def decided():
    """A site with two published articles and one decision of every kind."""
    by = UserFactory(username="edda")
    work = ReferenceFactory(citekey="liu2021", retracted=True)
    zinc = ArticleFactory(
        slug="zinc",
        title="Zinc",
        text="Take 100 mg of magnesium a day.",
        front_matter={"aliases": ["/2021/05/zinc/"]},
    )
    iron = ArticleFactory(slug="iron", title="Iron", text="Take 300 mg of magnesium a day.")
    for article in (zinc, iron):
        publish(article, override="A test.")
    addresses.claim(zinc, ["/articles/zinc-old/", "/zinc.html"])
    overrides.let_pass(zinc, [FINDING], reason="It is a quotation.", by=by)
    [again] = overrides.let_pass(iron, [FINDING], reason="Mistake.", by=by)
    overrides.withdraw(again, by=by)
    bell = AuthorFactory(slug="bell", name="Dr Bell")
    iron.reviews.create(revision=iron.head, reviewer=bell, reviewer_name="Dr Bell", note="Read it all.")
    acknowledging.acknowledge(work, zinc, reason="It is about the retraction.", by=by)
    store.dismiss(Contradiction.objects.get(), by=by, reason="Athletes.")
    Term.objects.create(list="overclaim_error", phrase="wonder cure", note="Ours.")
    CheckSetting.objects.create(check_id="TRU02", severity="info", note="We review yearly.")


def content(folder):
    return {name: (folder / name).read_text(encoding="utf-8") for name in FILES}


def test_importing_it_into_the_same_site_changes_nothing(export, bring):
    decided()
    before = every_row()

    export()
    bring()

    assert every_row() == before


def test_an_empty_site_decides_as_the_first_one_did(another_site, export, bring, target, tmp_path, client):
    with another_site:
        decided()
        export()
    assert not Article.objects.exists()

    bring("--publish", "--override", "A test.")

    export(folder=tmp_path / "again")
    assert content(tmp_path / "again") == content(target)
    assert Override.objects.standing().get().actor_name == "edda"
    assert Override.objects.count() == 2
    assert Review.objects.get().reviewer.slug == "bell"
    assert Acknowledgement.objects.get().by_name == "edda"
    assert Contradiction.objects.let_pass(True).count() == 1
    assert Term.objects.get().phrase == "wonder cure"
    assert CheckSetting.objects.get().note == "We review yearly."
    for old in ("/2021/05/zinc/", "/zinc.html", "/articles/zinc-old/"):
        assert client.get(old)["Location"] == "/articles/zinc/"


def test_what_came_from_a_folder_is_in_the_audit_log(another_site, export, bring):
    with another_site:
        decided()
        export()

    bring("--publish", "--override", "A test.")

    brought = AuditEvent.objects.filter(data__has_key="from")
    kinds = sorted(brought.values_list("kind", flat=True))
    assert kinds == ["check_changed", *["finding_passed"] * 4, "signed"]
    assert not User.objects.filter(username="edda").exists()


def test_bringing_it_twice_decides_once(another_site, export, bring):
    with another_site:
        decided()
        export()
    bring("--publish", "--override", "A test.")
    before = every_row()

    bring()

    assert every_row() == before


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def brought(folder, **document):
    (folder / deciding.FILE).write_text(yaml.safe_dump(document), encoding="utf-8")
    deciding.load(folder)


def passed(about_article, **changes):
    row = {"check": "CLM02", "about": "x", "reason": "Fine.", "by": "eve", "at": "2026-05-01T10:00:00+00:00"}
    return {**deciding.named(about_article), **row, **changes}


def test_a_site_without_decisions_writes_no_file(folder):
    deciding.dump(folder)

    assert not list(folder.iterdir())


def test_what_this_site_let_pass_itself_stays(folder):
    article = ArticleFactory()
    overrides.let_pass(article, [FINDING], reason="Ours.", by=UserFactory())

    brought(folder, let_pass=[passed(article, about="helps with colds")])

    assert Override.objects.get().reason == "Ours."


def test_decisions_about_unknown_articles_are_left_out(folder):
    nowhere = {"article": "file:nowhere.md", "slug": "nowhere"}

    brought(
        folder,
        let_pass=[passed(ArticleFactory(), **nowhere)],
        signatures=[{**nowhere, "words": "x"}],
        addresses=[{**nowhere, "lead_here": ["/old/"]}],
    )

    assert not Override.objects.exists()
    assert not OldAddress.objects.exists()


def test_a_signature_under_other_words_is_not_taken_over(folder):
    article = ArticleFactory(text="Zinc.")
    Review.objects.create(article=article, revision=article.head, reviewer_name="Dr Bell")
    deciding.dump(folder)
    Review.objects.all().delete()
    save_revision(article, text="Other words.", front_matter=article.head.front_matter)

    deciding.load(folder)

    assert not Review.objects.exists()


def test_a_signature_under_an_earlier_wording_stays_in_the_back_up(folder):
    article = ArticleFactory(text="Zinc.")
    Review.objects.create(article=article, revision=article.head, reviewer_name="Dr Bell")
    save_revision(article, text="Other words.", front_matter=article.head.front_matter)

    deciding.dump(folder)

    assert not (folder / deciding.FILE).exists()


@pytest.mark.parametrize(
    "document",
    [
        {"let_pass": [{"at": "yesterday"}]},
        {"let_pass": [{"at": "2026-05-01T10:00:00"}]},
        {"let_pass": "all"},
        ["a list"],
    ],
)
def test_a_file_that_says_something_else_changes_nothing(folder, document):
    article = ArticleFactory()
    if isinstance(document, dict) and isinstance(document.get("let_pass"), list):
        document = {"let_pass": [passed(article), passed(article, about="y", **document["let_pass"][0])]}
    (folder / deciding.FILE).write_text(yaml.safe_dump(document), encoding="utf-8")

    with pytest.raises(ValueError):  # noqa: PT011
        deciding.load(folder)

    assert not Override.objects.exists()


def test_an_address_of_a_folder_never_takes_one_of_this_site(folder):
    article = ArticleFactory()

    brought(
        folder, addresses=[{**deciding.named(article), "lead_here": ["/admin/", "//evil.example/", "/old/"]}]
    )

    assert [row.path for row in OldAddress.objects.all()] == ["/old"]
    assert not SlugClaim.objects.exists()


def test_every_kind_of_decision_travels_after_the_articles():
    portables = plugins.registry().portables

    assert all(portables[name].names_articles for name in ("decisions", "acknowledgements", "claims"))


def test_a_dismissal_that_has_ended_is_history(folder):
    Dismissal.objects.create(key="x" * 64, reason="Once.", by_name="edda", at=timezone.now())

    plugins.registry().portables["claims"].dump(folder)

    assert not list(folder.iterdir())


def test_an_acknowledgement_finds_its_work_under_a_former_key(folder):
    article, work = ArticleFactory(), ReferenceFactory(citekey="liu2021", retracted=True)
    acknowledging.acknowledge(work, article, reason="Known.", by=UserFactory())
    portable = plugins.registry().portables["acknowledgements"]
    portable.dump(folder)
    Acknowledgement.objects.all().delete()
    work.aliases.create(alias="liu2021")
    Reference.objects.filter(pk=work.pk).update(citekey="liu2021-zinc")

    portable.load(folder)

    assert Acknowledgement.objects.get().reason == "Known."
