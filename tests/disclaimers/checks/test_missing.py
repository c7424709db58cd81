import pytest

from articles.publishing import PublishRefused, publish
from tests.disclaimers.factories import DisclaimerFactory
from tests.factories import ArticleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop")]


@pytest.mark.parametrize("text", ["Zinc supplements.\n\n::shop{amazon}", "Words.", "::shop", "Zinc."])
def test_with_the_shipped_texts_nothing_is_missing(text, found):
    assert found(text) == {}


def test_a_paid_link_without_disclosure_is_an_error(found, switch_off):
    switch_off("us-ftc-affiliate-top")

    finding = found("::shop")["AFF01"]

    assert finding.severity == "error"
    assert "no text in “en” is shown for US" in finding.message


def test_each_jurisdiction_without_disclosure_is_named(found):
    assert "for AU, JP" in found("::shop", jurisdictions=["US", "AU", "JP"])["AFF01"].message


def test_a_language_without_disclosure_is_an_error(found):
    assert set(found("::shop{amazon}", language="fi")) == {"AFF01", "AFF05"}


def test_a_vague_disclosure_by_hand_does_not_count(found, switch_off):
    switch_off("us-ftc-affiliate-top")
    DisclaimerFactory(slug="vague", family="disclosure", kind="unclear_disclosure", slot="before_paid_link")

    assert "AFF01" in found("::shop", disclaimers=["vague"])


def test_no_paid_link_needs_no_disclosure(found, switch_off):
    switch_off("us-ftc-affiliate-top", "amazon-associate-statement")

    assert found("Words.") == {}


def test_an_amazon_link_without_the_sentence_is_an_error(found, switch_off):
    switch_off("amazon-associate-statement")

    assert set(found("::shop{amazon}")) == {"AFF05"}


def test_a_sentence_that_amazon_does_not_accept_does_not_count(found, switch_off):
    switch_off("amazon-associate-statement")
    DisclaimerFactory(slug="own", kind="network_statement", text="Amazon pays us, sometimes.")

    assert "AFF05" in found("::shop{amazon}", disclaimers=["own"])


def test_an_accepted_variant_counts(found, switch_off):
    switch_off("amazon-associate-statement")
    text = "As an Amazon Associate, we earn from qualifying purchases."
    DisclaimerFactory(slug="own", kind="network_statement", slot="before_paid_link", text=text)

    assert found("::shop{amazon}", disclaimers=["own"]) == {}


def test_a_health_article_without_the_notice_is_an_error(found, switch_off):
    switch_off("health-info-general")

    assert set(found("Zinc is a mineral.")) == {"SAF03"}


def test_a_health_article_in_a_language_without_notice_is_an_error(found):
    assert set(found("Magnesium ist ein Mineral.", language="de")) == {"SAF03"}


def test_a_health_notice_by_hand_counts(found, switch_off):
    switch_off("health-info-general")
    DisclaimerFactory(slug="by-hand", kind="health_information")

    assert found("Zinc is a mineral.", disclaimers=["by-hand"]) == {}


def test_publishing_without_disclosure_is_refused(switch_off):
    switch_off("us-ftc-affiliate-top")

    with pytest.raises(PublishRefused, match="Add the commission disclosure"):
        publish(ArticleFactory(text="::shop"))
