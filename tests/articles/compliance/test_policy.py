"""What a site makes of findings: severity, off, let pass."""

import pytest

from articles import publishing
from articles.compile import compile_article
from articles.compliance.overrides import CannotPass, let_pass, withdraw
from articles.compliance.policy import about, judged
from articles.models import AuditEvent, CheckSetting, Override
from articles.revisions import save_revision
from cms import plugins
from cms.contracts import Check, Finding
from tests.articles.intake.helpers import registry_with
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db
LOUD = "Take 900 mg of zinc."


@pytest.fixture
def doses():
    """A check that minds every "900 mg" of a text, mildly every "90 mg"."""

    def run(snapshot):
        for number, line in enumerate(snapshot.source.text.split("\n"), start=1):
            if "900 mg" in line:
                yield Finding("XYZ01", "error", "Too much.", line=number, quote="900 mg")
            elif "90 mg" in line:
                yield Finding("XYZ01", "warning", "Rather much.", line=number, quote="90 mg")

    check = Check("XYZ01", "error", run)
    with plugins.use_registry(registry_with(plugins.registry(), publish_checks=[check])):
        yield


def found(article):
    return [finding for finding in compile_article(article).findings if finding.id == "XYZ01"]


def severities(article):
    return [finding.severity for finding in found(article)]


def test_a_check_is_as_it_was_shipped(doses):
    article = ArticleFactory(text=f"{LOUD}\n\nOr 90 mg.")

    assert severities(article) == ["error", "warning"]


def test_a_site_can_switch_a_check_off(doses):
    CheckSetting.objects.create(check_id="XYZ01", is_on=False, note="We sell to horses.")

    assert found(ArticleFactory(text=LOUD)) == []


def test_a_site_can_lower_a_check(doses):
    CheckSetting.objects.create(check_id="XYZ01", severity="info", note="Under discussion.")

    assert severities(ArticleFactory(text=f"{LOUD}\n\nOr 90 mg.")) == ["info", "info"]


def test_what_a_check_says_mildly_is_not_raised(doses):
    CheckSetting.objects.create(check_id="XYZ01", severity="error", note="Strict.")

    assert severities(ArticleFactory(text="Or 90 mg.")) == ["warning"]


def test_a_critical_finding_is_neither_off_nor_lower():
    CheckSetting.objects.create(check_id="CRI01", is_on=False, note="Please.")
    critical = Finding("CRI01", "error", "Never.", critical=True)

    assert judged([critical], None) == (critical,)


def test_a_finding_that_was_let_pass_does_not_block(doses):
    article, editor = ArticleFactory(text=LOUD), UserFactory(username="anna")
    let_pass(article, found(article), reason="A veterinary dose.", by=editor)

    edition = publishing.publish(article)

    (finding,) = [one for one in edition.findings if one["id"] == "XYZ01"]
    assert finding["severity"] == "error"
    assert finding["overridden"].startswith("anna, ")
    assert finding["overridden"].endswith(": A veterinary dose.")


def test_other_words_are_asked_about_again(doses):
    article = ArticleFactory(text=LOUD)
    let_pass(article, found(article), reason="A veterinary dose.", by=None)
    save_revision(article, text="Take 90 mg.", front_matter={})

    article.refresh_from_db()

    assert [finding.overridden for finding in found(article)] == [""]


def test_an_override_holds_for_its_article_alone(doses):
    article, other = ArticleFactory(text=LOUD), ArticleFactory(text=LOUD)

    let_pass(article, found(article), reason="A veterinary dose.", by=None)

    assert found(other)[0].blocks


def test_an_override_needs_a_reason(doses):
    article = ArticleFactory(text=LOUD)

    with pytest.raises(CannotPass, match="Say why"):
        let_pass(article, found(article), reason="  ", by=None)

    assert not Override.objects.exists()


def test_a_critical_finding_cannot_pass_nor_those_with_it(doses):
    article = ArticleFactory(text=LOUD)
    critical = Finding("CRI01", "error", "Never.", critical=True)

    with pytest.raises(CannotPass, match="Never"):
        let_pass(article, [*found(article), critical], reason="Please.", by=None)

    assert not Override.objects.exists()


def test_an_override_is_on_record(doses):
    article, editor = ArticleFactory(text=LOUD), UserFactory(username="anna")

    let_pass(article, found(article), reason="A veterinary dose.", by=editor)

    event = AuditEvent.objects.get(kind="finding_passed")
    assert (event.article, event.actor_name, event.reason) == (article, "anna", "A veterinary dose.")
    assert event.data == {"check": "XYZ01", "about": "900 mg"}


def test_letting_pass_twice_is_one_decision(doses):
    article = ArticleFactory(text=LOUD)

    for reason in ("First.", "Second."):
        let_pass(article, found(article), reason=reason, by=None)

    assert [row.reason for row in Override.objects.all()] == ["First."]


def test_an_override_can_be_withdrawn_and_stays_on_record(doses):
    article, editor = ArticleFactory(text=LOUD), UserFactory(username="anna")
    (row,) = let_pass(article, found(article), reason="A veterinary dose.", by=None)

    withdraw(row, by=editor, reason="It was none.")

    row.refresh_from_db()
    assert (found(article)[0].blocks, row.withdrawn_by) == (True, "anna")
    assert AuditEvent.objects.filter(kind="override_withdrawn", reason="It was none.").exists()


def test_withdrawing_twice_is_logged_once(doses):
    article = ArticleFactory(text=LOUD)
    (row,) = let_pass(article, found(article), reason="A veterinary dose.", by=None)

    withdraw(row, by=None)
    withdraw(row, by=None)

    assert AuditEvent.objects.filter(kind="override_withdrawn").count() == 1


def test_publishing_despite_errors_lets_each_pass_from_then_on(doses):
    article = ArticleFactory(text=LOUD)
    publishing.publish(article, override="A veterinary dose.", by=UserFactory(username="anna"))

    publishing.publish(article)

    assert [(row.check_id, row.about) for row in Override.objects.all()] == [("XYZ01", "900 mg")]


def test_findings_of_the_front_matter_are_judged_too():
    article = ArticleFactory(text="Zinc.")
    save_revision(article, text="Zinc.", front_matter={"authors": ["nobody"]})
    article.refresh_from_db()
    with pytest.raises(publishing.PublishRefused) as refused:
        publishing.publish(article)

    let_pass(article, refused.value.findings, reason="She starts tomorrow.", by=None)

    assert publishing.publish(article).pk


def test_a_finding_without_a_quote_is_known_by_its_message():
    assert about(Finding("AFF01", "error", "Add  the\ndisclosure.")) == "Add the disclosure."


@pytest.mark.parametrize(("count", "queries"), [(0, 0), (1, 2), (40, 2)])
def test_judging_takes_two_queries_at_most(django_assert_num_queries, count, queries):
    article = ArticleFactory(text=LOUD)
    findings = [Finding("XYZ01", "error", f"Number {number}.") for number in range(count)]

    with django_assert_num_queries(queries):  # settings, overrides
        judged(findings, article.pk)
