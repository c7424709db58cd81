import pytest

from cms.contracts import Document, Snapshot, Source
from disclaimers.checks import seen
from tests.disclaimers.factories import DisclaimerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop")]
US = "us-ftc-affiliate-top"


def house(slug, text, **changes):
    DisclaimerFactory(slug=slug, text=text, **{"disclosure": True, "jurisdictions": ["*"], **changes})


def test_a_disclosure_at_the_end_comes_after_the_first_link(found, switch_off):
    switch_off(US)
    house("late", "We earn a commission.", slot="after_body")

    finding = found("Words.\n\n::shop")["AFF02"]

    assert (finding.severity, finding.line) == ("error", 3)
    assert "“late”" in finding.fix


def test_a_disclosure_above_the_link_is_in_its_place(found):
    assert "AFF02" not in found("Words.\n\n::shop")


def test_another_disclosure_at_the_end_does_no_harm(found):
    house("late", "We earn a commission, once more.", slot="after_body")

    assert "AFF02" not in found("Words.\n\n::shop")


def test_without_any_disclosure_it_is_missing_not_misplaced(found, switch_off):
    switch_off(US)

    assert set(found("::shop")) == {"AFF01"}


def test_a_disclosure_without_a_paid_link_cannot_come_late(found):
    house("late", "We earn a commission.", slot="after_body", when={"has_affiliate_link": False})

    assert found("Words.") == {}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a class="paid" href="/">x</a><aside class="disclosure">', True),
        ('<a href="/" class="paid paid--button">x</a><aside class="disclosure">', True),
        ('<aside class="disclosure"><p>We earn.</p></aside><a class="paid" href="/">x</a>', False),
        ('<a class="unpaid" href="/">x</a><aside class="disclosure">', False),
        ('<a class="paid__label" href="/">x</a><aside class="disclosure">', False),
    ],
)
def test_only_paid_links_count(html, expected, monkeypatch):
    monkeypatch.setattr(seen, "disclosures_on", lambda snapshot: iter([DisclaimerFactory.build(slug="a")]))

    findings = list(seen.link_before_disclosure(Snapshot(Source(""), Document(html))))

    assert bool(findings) is expected


FOOTNOTE = "Buy it.[^1]\n\n::shop\n\n[^1]: We earn a *commission* on it."


def test_a_disclosure_in_a_footnote_only_is_an_error(found, switch_off):
    switch_off(US)

    finding = found(FOOTNOTE)["AFF03"]

    assert (finding.severity, finding.line, finding.quote) == ("error", 5, "We earn")


@pytest.mark.parametrize(
    "text",
    [
        FOOTNOTE.replace("Buy it.", "We earn a commission."),
        "Buy it.[^1]\n\n::shop\n\n[^1]: Smith, 2020.",
        "Buy it.[^1]\n\n[^1]: We earn a commission on it.",
        "::shop",
    ],
)
def test_what_is_said_elsewhere_or_not_at_all_is_no_footnote(found, switch_off, text):
    switch_off(US)

    assert "AFF03" not in found(text)


def test_a_footnote_beside_a_shown_disclosure_is_fine(found):
    assert found(FOOTNOTE) == {}


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("This page contains affiliate links.", "affiliate links"),
        ("Partner links are marked.", "partner links"),
        ("Thanks to our friends at Shop.", "thanks to"),
    ],
)
def test_vague_words_alone_are_a_warning(found, text, vague):
    house("house", text)

    finding = found("::shop")["AFF04"]

    assert finding.severity == "warning"
    assert f"“house” says only “{vague}”" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Affiliate links: we earn a commission.",
        "Ad. Affiliate links.",
        "Affiliate-Links: wir erhalten eine Provision.",
        "We are friends of the shop.",
        "Our affiliation with the university is old.",
    ],
)
def test_words_that_name_the_money_or_are_not_vague_are_fine(found, text):
    house("house", text)

    assert "AFF04" not in found("::shop")


def test_a_vague_notice_is_no_disclosure(found):
    house("house", "Thanks to the team.", family="notice", kind="imported_notice")

    assert "AFF04" not in found("::shop")


@pytest.mark.parametrize(
    ("language", "place", "slug", "word"),
    [("en", "UK", "uk-affiliate-text", "Ad"), ("de", "DE", "de-affiliate-text", "Anzeige")],
)
def test_without_the_word_of_the_place_it_is_an_error(found, switch_off, language, place, slug, word):
    switch_off(slug)
    house("house", "Wir erhalten eine Provision: commission.", locale=language)

    finding = found("::shop", language=language, jurisdictions=[place])["EU01"]

    assert finding.severity == "error"
    assert f"readers in {place} know: {word}." in finding.message


@pytest.mark.parametrize(
    ("language", "places"),
    [
        ("en", ["UK"]),
        ("en", ["GB", "US"]),
        ("de", ["DE", "AT"]),
        ("fr", ["FR"]),
        ("en", ["DE", "EU"]),
        ("en", ["US"]),
        ("en", ["CA"]),
    ],
)
def test_the_shipped_texts_say_the_word(found, language, places):
    assert "EU01" not in found("::shop", language=language, jurisdictions=places)


def test_each_place_is_named_once(found, switch_off):
    switch_off("uk-affiliate-text")
    house("house", "We earn a commission.")

    assert "UK" in found("::shop", jurisdictions=["UK", "GB", "US"])["EU01"].message


def test_a_page_that_earns_nothing_needs_no_word(found):
    assert "EU01" not in found("Words.", jurisdictions=["UK"])


@pytest.mark.parametrize(
    ("labels", "expected"),
    [(["(Ad)"], True), (["(Ad)", "(paid link)"], False), ([], False), (["(ADD)"], False)],
)
def test_the_labels_of_all_links_stand_in_for_the_disclosure(labels, expected):
    assert seen._is_labelled(("ad", "#ad"), ["We earn a commission."], labels) is expected
