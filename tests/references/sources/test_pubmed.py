"""PubMed's XML."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from references import library
from references.models.states import EditorialStatus as Status
from references.sources import pubmed, xml
from tests.references.sources import payloads


def read(**changes):
    [record] = pubmed.read(payloads.pubmed(**changes))
    return record


def test_an_article_becomes_an_item_of_the_library():
    item = library.read(read().item).item

    assert item["title"] == "Selenium and human health"
    assert item["author"] == [{"family": "Rayman", "given": "Margaret P"}]
    assert item["issued"] == {"date-parts": [[2012, 3, 31]]}
    assert (item["container-title"], item["container-title-short"]) == ("Lancet (London, England)", "Lancet")
    assert (item["volume"], item["issue"], item["page"]) == ("379", "9822", "1256-68")
    assert (item["PMID"], item["PMCID"], item["DOI"]) == ("22381456", "PMC1", "10.1016/s0140-6736(11)61452-9")


def test_an_answer_without_records_knows_nothing():
    assert pubmed.read(payloads.NO_ARTICLE) == []


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Selenium.", "Selenium"),
        ("[Selen und Gesundheit].", "Selen und Gesundheit"),
        ("[Selen und Gesundheit.]", "Selen und Gesundheit"),
        ("Uptake of Ca<sup>2+</sup> by <i>E. coli</i>", "Uptake of Ca<sup>2+</sup> by <i>E. coli</i>"),
        ("On <b>bold</b> claims &lt;5 %", "On bold claims &lt;5 %"),
        (
            "<math><msub><mi>H</mi> <mn>2</mn></msub><mml:mi>O</mml:mi></math> in milk",
            "H<sub>2</sub>O in milk",
        ),
    ],
)
def test_titles_keep_three_marks_and_nothing_else(written, title):
    assert read(title=written).item["title"] == title


@pytest.mark.parametrize(
    ("relation", "status"),
    [
        ("RetractionIn", Status.RETRACTED),
        ("PartialRetractionIn", Status.RETRACTED),
        ("ExpressionOfConcernIn", Status.CONCERN),
        ("ErratumIn", Status.CORRECTED),
        ("UpdateIn", Status.SUPERSEDED),
        ("RetractionOf", Status.NOTICE),
        ("ErratumFor", Status.NOTICE),
    ],
)
def test_relations_say_what_the_journal_has_published(relation, status):
    [notice] = read(extra=payloads.relation(relation)).notices

    assert (notice.status, notice.doi, notice.pmid) == (status, "10.1016/s0140-6736(10)60175-4", "20137807")
    assert notice.label[0].isupper()
    assert " " in notice.label


@pytest.mark.parametrize(
    "relation", ["CommentIn", "CommentOn", "UpdateOf", "RepublishedFrom", "SummaryForPatientsIn"]
)
def test_other_relations_say_nothing_against_a_work(relation):
    assert read(extra=payloads.relation(relation)).notices == ()


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("Retracted Publication", Status.RETRACTED),
        ("Retraction of Publication", Status.NOTICE),
        ("Published Erratum", Status.NOTICE),
    ],
)
def test_a_type_flags_without_a_relation(kind, status):
    assert [notice.status for notice in read(types=("Journal Article", kind)).notices] == [status]


def test_type_and_relation_are_one_retraction():
    record = read(types=("Retracted Publication",), extra=payloads.relation("RetractionIn"))

    assert [notice.pmid for notice in record.notices] == ["20137807"]


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (("Journal Article", "Review"), "review"),
        (("Review", "Systematic Review"), "meta_analysis"),
        (("Randomized Controlled Trial", "Journal Article"), "rct"),
        (("Case Reports",), "case_report"),
        (("Practice Guideline",), "guideline"),
        (("Journal Article",), ""),
    ],
)
def test_the_indexers_words_become_a_study_type(types, kind):
    assert read(types=types).study_type == kind


@pytest.mark.parametrize(
    ("subjects", "kind"),
    [
        (("Animals", "Rats"), "animal"),
        (("Animals", "Humans", "Cohort Studies"), "observational"),
        (("Animals", "Humans"), ""),
        (("In Vitro Techniques",), "in_vitro"),
    ],
)
def test_subjects_tell_animals_from_people(subjects, kind):
    names = "".join(
        f"<MeshHeading><DescriptorName>{name}</DescriptorName></MeshHeading>" for name in subjects
    )

    record = read(types=("Journal Article",), extra=f"<MeshHeadingList>{names}</MeshHeadingList>")

    assert record.study_type == kind


BOOK = """<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>21413195</PMID><ArticleIdList>
<ArticleId IdType="bookaccession">NBK51812</ArticleId></ArticleIdList><Book><Publisher>
<PublisherName>RCP</PublisherName><PublisherLocation>London</PublisherLocation></Publisher>
<BookTitle>Rheumatoid Arthritis.</BookTitle><PubDate>
<MedlineDate>2009 Dec-2010 Jan</MedlineDate></PubDate><Isbn>9781860163593</Isbn></Book>{chapter}
<AuthorList Type="authors"><Author><CollectiveName>National Centre</CollectiveName></Author></AuthorList>
</BookDocument></PubmedBookArticle></PubmedArticleSet>"""


def test_a_book_is_a_book_and_its_chapter_a_chapter():
    [book] = pubmed.read(BOOK.format(chapter=""))
    [chapter] = pubmed.read(BOOK.format(chapter="<ArticleTitle>Diet</ArticleTitle>"))

    assert (book.item["type"], book.item["title"], book.item["custom"]) == (
        "book",
        "Rheumatoid Arthritis",
        {"nbk": "NBK51812"},
    )
    assert (chapter.item["type"], chapter.item["title"], chapter.item["container-title"]) == (
        "chapter",
        "Diet",
        "Rheumatoid Arthritis",
    )
    assert book.item["author"] == [{"literal": "National Centre"}]
    assert book.item["issued"] == {"date-parts": [[2009]]}


BOMB = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><PubmedArticleSet>&y;</PubmedArticleSet>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><PubmedArticleSet>&x;</PubmedArticleSet>'


@pytest.mark.parametrize("text", [BOMB, OUTSIDE])
def test_xml_that_declares_entities_is_refused(text):
    with pytest.raises(xml.InvalidXml, match="declares entities"):
        pubmed.read(text)


@pytest.mark.parametrize("text", ["", "<html>", "busy", "<a></b>", "{}"])
def test_what_is_no_xml_is_refused(text):
    with pytest.raises(xml.InvalidXml, match="no XML"):
        pubmed.read(text)


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_words_come_through_as_words(words):
    root = xml.parse(f"<t>{''.join(letter for letter in xml.escape(words) if letter.isprintable())}</t>")

    written = xml.marked(root)

    assert "<" not in written
    assert written == " ".join(written.split())
