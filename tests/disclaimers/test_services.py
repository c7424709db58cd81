import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Edition
from articles.publishing import publish
from disclaimers import services
from disclaimers.models import Disclaimer, DisclaimerVersion
from tests.disclaimers.factories import DisclaimerFactory
from tests.factories import ArticleFactory, EditionFactory, UserFactory

pytestmark = pytest.mark.django_db
IMPORTANT = (
    "Important Note: The information contained in this article is for general informational purposes only, and "
    "should not be construed as health or medical advice, nor is it intended to diagnose, prevent, treat, or cure "
    "any disease or health condition."
)
REGARDING = (
    "Regarding Nutritional Supplements Or Other Non-Prescription Health Products: If any are mentioned, any claims "
    "or statements made about them have not been evaluated by the U.S. Food and Drug Administration."
)


def test_a_new_wording_is_a_new_version():
    disclaimer, editor = DisclaimerFactory(text="Old words."), UserFactory()

    version = services.change_text(disclaimer, " New words. ", editor)

    assert (version.number, version.text, version.heading) == (2, "New words.", "Please note")
    assert version.created_by == editor
    assert disclaimer.text == "New words."
    assert [old.text for old in disclaimer.versions.all()] == ["New words.", "Old words."]


def test_the_same_wording_is_no_new_version():
    disclaimer = DisclaimerFactory(text="Words.")

    services.change_text(disclaimer, "Words.")

    assert disclaimer.versions.count() == 1


def test_a_new_heading_alone_is_a_new_version():
    disclaimer = DisclaimerFactory(text="Words.")

    version = services.change_text(disclaimer, "Words.", heading="Mind this")

    assert (version.number, version.heading) == (2, "Mind this")


def test_a_version_is_never_changed():
    version = DisclaimerFactory().current
    version.text = "Other words."

    with pytest.raises(TypeError, match="change_text makes a new one"):
        version.save()


def test_two_versions_never_share_a_number():
    version = DisclaimerFactory().current

    with pytest.raises(IntegrityError), transaction.atomic():
        DisclaimerVersion.objects.create(
            disclaimer=version.disclaimer, number=1, text="Words.", fingerprint="0"
        )


def test_prescribed_wording_is_locked():
    statement = Disclaimer.objects.get(slug="us-dshea-plural")

    with pytest.raises(services.VerbatimLocked, match=r"prescribed \(21 CFR 101.93\(c\)\(2\)\)"):
        services.change_text(statement, "We have not asked the FDA.")


def test_an_accepted_variant_of_prescribed_wording_may_be_chosen_and_taken_back():
    statement = Disclaimer.objects.get(slug="amazon-associate-statement")
    original, variant = statement.text, statement.accepted_variants[0]

    services.change_text(statement, variant)
    services.change_text(statement, original)

    assert statement.text == original
    assert statement.current.number == 3


@pytest.mark.django_db(transaction=True)
def test_readers_see_a_new_wording_once_the_tasks_have_run(run_tasks):
    notice = Disclaimer.objects.get(slug="health-info-general")
    article = ArticleFactory(text="Zinc is a mineral.")
    publish(article)
    run_tasks()
    services.change_text(notice, "Ask your doctor first.")

    run_tasks()

    live = Edition.objects.live().get()
    assert "Ask your doctor first." in live.html
    assert live.dependencies.get(key=notice.dependency_key).version == "2"
    assert article.editions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_new_rule_reaches_pages_that_did_not_show_the_text(run_tasks):
    publish(ArticleFactory(text="Zinc is a mineral."))
    run_tasks()
    notice = DisclaimerFactory(text="House rules.")
    notice.when = {"is_health_article": True}
    services.save_rule(notice)

    run_tasks()

    assert "House rules." in Edition.objects.live().get().html


def test_a_text_from_elsewhere_becomes_a_record():
    disclaimer = services.remember(IMPORTANT)

    assert disclaimer.origin == "imported"
    assert (disclaimer.family, disclaimer.kind) == ("notice", "health_information")
    assert disclaimer.current.heading == "Important Note"
    assert disclaimer.text.startswith("The information contained")
    assert disclaimer.when == {}


@pytest.mark.parametrize(
    "again",
    [IMPORTANT, IMPORTANT.upper(), IMPORTANT.replace(" ", "  "), IMPORTANT.split(": ")[1], IMPORTANT[:-1]],
)
def test_the_same_text_again_is_the_same_record(again):
    first = services.remember(IMPORTANT)

    assert services.remember(again) == first


def test_a_label_does_not_make_another_record():
    plain = services.remember(IMPORTANT.split(": ")[1])

    assert services.remember(IMPORTANT) == plain


def test_a_text_keeps_its_record_after_an_editor_improved_it():
    first = services.remember(IMPORTANT)
    services.change_text(first, "Not medical advice.")

    assert services.remember(IMPORTANT) == first
    assert first.text == "Not medical advice."


def test_another_text_is_another_record():
    assert services.remember(IMPORTANT) != services.remember(REGARDING)


def test_a_shipped_text_is_recognised():
    known = Disclaimer.objects.get(slug="uk-affiliate-text")

    assert (
        services.remember("AD: this article contains paid links. We get commission when you buy through them")
        == known
    )


@pytest.mark.parametrize(
    ("text", "family", "kind"),
    [
        (IMPORTANT, "notice", "health_information"),
        (REGARDING, "statement", "structure_function_disclaimer"),
        ("Consult your doctor before you start.", "notice", "health_information"),
        ("As an Amazon Associate, we earn from qualifying purchases.", "disclosure", "network_statement"),
        (
            "This post contains affiliate links, we may earn a commission.",
            "disclosure",
            "affiliate_disclosure",
        ),
        ("This post contains affiliate links.", "disclosure", "unclear_disclosure"),
        ("We learn from partner links.", "disclosure", "unclear_disclosure"),
        ("Photos by Ana.", "notice", "imported_notice"),
    ],
)
def test_texts_from_elsewhere_are_classified(text, family, kind):
    assert services.classify(text) == (family, kind)


@settings(deadline=None)  # it writes to the database
@given(st.text(min_size=1).filter(str.strip))
def test_remembering_any_text_twice_gives_one_record(text):
    text = text.replace("\x00", "")
    if not text.strip():
        return

    assert services.remember(text) == services.remember(text)


def test_an_unused_text_can_be_deleted():
    disclaimer = DisclaimerFactory()
    services.change_text(disclaimer, "Other words.")

    disclaimer.delete()

    assert not Disclaimer.objects.filter(slug=disclaimer.slug).exists()
    assert not DisclaimerVersion.objects.filter(disclaimer_id=disclaimer.pk).exists()


def test_a_shipped_text_cannot_be_deleted():
    with pytest.raises(ProtectedError, match="came with the software"):
        Disclaimer.objects.get(slug="us-dshea-plural").delete()


def test_a_text_that_readers_have_seen_cannot_be_deleted():
    disclaimer = DisclaimerFactory()
    EditionFactory(ended=True).dependencies.create(key=disclaimer.dependency_key, version="1")

    with pytest.raises(ProtectedError, match="Readers have seen it"):
        disclaimer.delete()


def test_a_text_that_a_draft_names_cannot_be_deleted():
    disclaimer = DisclaimerFactory(slug="house")
    ArticleFactory(front_matter={"disclaimers": ["house"]})

    with pytest.raises(ProtectedError, match="Articles name it"):
        disclaimer.delete()


def test_a_longer_name_is_another_name():
    disclaimer = DisclaimerFactory(slug="house")
    ArticleFactory(front_matter={"disclaimers": ["house-of-cards"]})

    assert disclaimer.why_kept() == ""


def test_a_deleted_login_leaves_the_version():
    editor = UserFactory()
    version = services.change_text(DisclaimerFactory(), "New words.", editor)

    editor.delete()

    version.refresh_from_db()
    assert version.created_by is None
