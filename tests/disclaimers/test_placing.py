import pytest

from articles.compile import compile_article, compile_markdown, make_source
from articles.models import EditionDependency
from articles.publishing import publish
from disclaimers.models import Disclaimer
from tests.disclaimers.factories import DisclaimerFactory
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db
AMAZON = "As an Amazon Associate I earn from qualifying purchases."
COMMISSION = "We earn a commission if you buy through links on this page"
HEALTH = "This article is general information, not medical advice"


def page(text, **front_matter):
    return compile_article(make_source(text, front_matter))


def ids(document):
    return [finding.id for finding in document.findings]


def test_an_article_about_health_ends_with_the_health_notice():
    document = page("Zinc is a mineral.")

    assert document.html.startswith("<p")
    assert (
        '<div class="notice notice--health"><p class="notice__title">Health information</p><p>'
        in document.html
    )
    assert document.html.index(HEALTH) > document.html.index("Zinc is a mineral")


def test_the_title_alone_makes_an_article_a_health_article():
    assert HEALTH in page("It is a mineral.", title="Zinc").html


def test_another_article_ends_without_notices():
    assert "notices" not in page("Choosing a domain name.").html


@pytest.mark.usefixtures("shop")
def test_the_disclosure_stands_before_the_first_paid_link():
    html = page("First words.\n\nSecond words.\n\n::shop\n\n::shop\n").html

    assert html.count('<aside class="disclosure">') == 1
    assert html.index("Second words") < html.index(COMMISSION) < html.index("shop.example")


@pytest.mark.usefixtures("shop")
def test_without_a_paid_link_nothing_is_disclosed():
    assert "disclosure" not in page("First words.").html


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(("network", "expected"), [("amazon", True), ("shop", False)])
def test_amazons_sentence_is_shown_if_and_only_if_amazon_is_linked(network, expected):
    document = page(f"::shop{{{network}}}")

    assert (AMAZON in document.html) is expected


@pytest.mark.usefixtures("shop")
def test_every_jurisdiction_of_the_article_gets_its_disclosure():
    html = page("::shop", jurisdictions=["US", "UK", "DE"]).html

    assert "We earn a commission" in html
    assert "Ad: this article contains paid links" in html
    assert "Advertising: we receive a commission" in html


@pytest.mark.usefixtures("shop")
def test_a_german_article_is_disclosed_in_german():
    html = page("::shop{amazon}", jurisdictions=["DE"], language="de").html

    assert "Werbung: Dieser Artikel enthält Affiliate-Links." in html
    assert "Als Amazon-Partner verdiene ich" in html
    assert "We earn" not in html


def test_evidence_callouts_bring_the_note_on_evidence_before_the_references():
    document = page(":::statistic\nHalf of them.\n:::\n")

    assert ("Limits of the evidence" in document.html) is bool(document.records.get("callouts"))


def test_statements_about_a_supplement_bring_the_fda_text():
    one = page("Zinc supplements support immunity.").html
    two = page("Zinc supplements support immunity. Zinc supplements promote sleep.").html

    assert "This statement has not been evaluated by the Food and Drug Administration." in one
    assert "These statements have not been evaluated by the Food and Drug Administration." in two
    assert "This statement" not in two


def test_the_fda_text_is_for_american_readers():
    assert "Food and Drug" not in page("Zinc supplements support immunity.", jurisdictions=["UK"]).html


def test_a_text_named_by_the_article_is_shown():
    DisclaimerFactory(slug="house-rules", text="House <rules> apply.\n\nAlways.")

    html = page("Words.", disclaimers=["house-rules"]).html

    assert '<p class="notice__title">Please note</p><p>House &lt;rules&gt; apply.</p><p>Always.</p>' in html


def test_a_health_notice_by_hand_is_not_doubled():
    DisclaimerFactory(slug="by-hand", kind="health_information", text="Not medical advice, says the writer.")

    html = page("Zinc is a mineral.", disclaimers=["by-hand"]).html

    assert "says the writer" in html
    assert HEALTH not in html


def test_a_disclosure_by_hand_moves_to_the_end_when_nothing_is_paid():
    DisclaimerFactory(slug="old", disclosure=True, when={}, text="This post contains affiliate links.")

    assert "This post contains affiliate links." in page("Words.", disclaimers=["old"]).html


@pytest.mark.usefixtures("shop")
def test_a_disclosure_by_hand_is_shown_once_before_the_paid_link():
    DisclaimerFactory(slug="old", disclosure=True, when={}, text="This post contains affiliate links.")

    html = page("::shop", disclaimers=["old"]).html

    assert html.count("This post contains affiliate links.") == 1
    assert html.index("This post contains") < html.index("shop.example")


@pytest.mark.parametrize("value", [["nowhere"], "nowhere", ["nowhere", 7, None]])
def test_an_unknown_name_is_an_error(value):
    document = page("Words.", disclaimers=value)

    [finding] = [finding for finding in document.findings if finding.id == "DIS01"]
    assert (finding.severity, finding.quote) == ("error", "nowhere")


@pytest.mark.parametrize("value", [7, True, {"a": 1}])
def test_a_value_that_names_nothing_is_left_alone(value):
    assert "notices" not in page("Words.", disclaimers=value).html


def test_a_name_that_is_switched_off_is_a_warning_and_not_shown():
    DisclaimerFactory(slug="off", is_active=False, text="Old words.")

    document = page("Words.", disclaimers=["off"])

    assert [finding.severity for finding in document.findings if finding.id == "DIS01"] == ["warning"]
    assert "Old words." not in document.html


def test_an_edition_records_the_version_that_readers_saw():
    article = ArticleFactory(text="Zinc is a mineral.")
    notice = Disclaimer.objects.get(slug="health-info-general")

    edition = publish(article)

    found = EditionDependency.objects.filter(edition=edition).values_list("key", "version")
    assert (f"disclaimer:{notice.pk}", "1") in found


def test_every_page_depends_on_the_rules():
    assert "disclaimer:rules" in [dependency.key for dependency in page("Words.").dependencies]


QUERIES = 4  # disclaimers; words of the checks, contradictions; settings of the checks


def test_a_page_costs_one_query_of_ours(django_assert_num_queries):
    with django_assert_num_queries(QUERIES):
        page("Zinc.")


def test_many_records_cost_no_more_queries(django_assert_num_queries):
    DisclaimerFactory.create_batch(20)
    with django_assert_num_queries(QUERIES):
        page("Zinc.", disclaimers=["house-notice-1"])


def test_pure_compilation_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        document = compile_markdown("Zinc.")

    assert "notices" not in document.html
