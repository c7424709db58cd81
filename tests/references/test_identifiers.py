"""Identifiers in every spelling that editors paste."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import identifiers
from references.identifiers import Identifiers, identify, identify_pasted
from tests.references.patience import patient

ZINC = "10.1186/s41043-023-00423-0"
SICI = "10.1002/(sici)1097-0142(19960501)77:9<1919::aid-cncr1>3.0.co;2-z"


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://jhpn.biomedcentral.com/articles/10.1186/s41043-023-00423-0", ZINC),
        ("10.1186/S41043-023-00423-0", ZINC),
        ("doi:10.1186/s41043-023-00423-0", ZINC),
        ("DOI: 10.1186/s41043-023-00423-0.", ZINC),
        ("https://doi.org/10.1186/s41043-023-00423-0", ZINC),
        ("http://dx.doi.org/10.1186/s41043-023-00423-0,", ZINC),
        ("https://doi.org/10.1186%2Fs41043-023-00423-0", ZINC),
        ("10.1186%2Fs41043-023-00423-0", ZINC),
        ("See (https://doi.org/10.1186/s41043-023-00423-0).", ZINC),
        ("[paper](https://doi.org/10.1186/s41043-023-00423-0)", ZINC),
        ("<https://doi.org/10.1186/s41043-023-00423-0>", ZINC),
        ("“10.1186/s41043-023-00423-0”", ZINC),
        ("<b>10.1186/s41043-023-00423-0</b>", ZINC),
        ("https://www.frontiersin.org/articles/10.3389/fnut.2020.00001/full", "10.3389/fnut.2020.00001"),
        ("https://link.springer.com/content/pdf/10.1007/s00394-019-01905-w.pdf", "10.1007/s00394-019-01905-w"),
        ("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0033693&type=printable",
         "10.1371/journal.pone.0033693"),
        ("https://www.nejm.org/doi/full/10.1056/NEJMoa2404204?query=featured", "10.1056/nejmoa2404204"),
        ("https://onlinelibrary.wiley.com/doi/abs/10.1111/ijal.12281#heading", "10.1111/ijal.12281"),
        ("https://www.biorxiv.org/content/10.1101/2024.04.01.587366v2.full.pdf", "10.1101/2024.04.01.587366"),
        ("10.1016/S0140-6736(97)11096-0", "10.1016/s0140-6736(97)11096-0"),
        (SICI.upper(), SICI),
        ("https://doi.org/10.1002/(SICI)1097-0142(19960501)77:9%3C1919::AID-CNCR1%3E3.0.CO;2-Z", SICI),
        ("10.1023/a:1007154515475", "10.1023/a:1007154515475"),
        ("https://www.nature.com/articles/s41586-020-2649-2", "10.1038/s41586-020-2649-2"),
        ("https://www.nature.com/articles/s41586-020-2649-2.pdf?x=1", "10.1038/s41586-020-2649-2"),
        ("https://www.nature.com/articles/nature12373.", "10.1038/nature12373"),
        ("see 10.1186/s41043-023-00423-0…", ZINC),
    ],
)  # fmt: skip
def test_doi_is_found_bare_and_in_lower_case(text, doi):
    assert identifiers.normalise_doi(text) == doi


@pytest.mark.parametrize(
    "text", ["", "10.1186", "10.1186/", "10.1186/.", "11.1186/abc", "https://example.org/10.5/x"]
)
def test_no_doi_is_an_error_that_shows_one(text):
    with pytest.raises(ValueError, match=r"is not a DOI; one looks like 10\.3390/nu13041136"):
        identifiers.normalise_doi(text)


@pytest.mark.parametrize(
    "text",
    [
        "9701160",
        " 09701160 ",
        "PMID9701160",
        "PubMed ID 9701160",
        "PubMed: 9701160",
        "PMID 9701160",
        "PMID: 9701160.",
        "pmid:9701160",
        "https://pubmed.ncbi.nlm.nih.gov/9701160/",
        "https://pubmed.ncbi.nlm.nih.gov/?term=9701160",
        "http://www.ncbi.nlm.nih.gov/pubmed/9701160",
        "https://www.ncbi.nlm.nih.gov/m/pubmed/9701160/",
        "https://www.ncbi.nlm.nih.gov/pmc/articles/pmid/9701160/",
        "http://www.ncbi.nlm.nih.gov/entrez/query.fcgi?cmd=Retrieve&db=PubMed&list_uids=9701160&dopt=Abstract",
        "https://europepmc.org/article/MED/9701160",
    ],
)
def test_pmid_is_found_in_every_host_and_label(text):
    assert identifiers.normalise_pmid(text) == "9701160"


@pytest.mark.parametrize(
    "text", ["", "0", "PMC7257447", "123456789", "in 2019", "https://example.org/9701160"]
)
def test_other_numbers_are_no_pmid(text):
    with pytest.raises(ValueError, match="not a PubMed number"):
        identifiers.normalise_pmid(text)


@pytest.mark.parametrize(
    "text",
    [
        "PMC7257447",
        "pmc7257447",
        "7257447",
        "PMCID: PMC7257447",
        "PMCID 7257447",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC7257447/",
        "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7257447/pdf/nutrients-12.pdf",
        "http://www.ncbi.nlm.nih.gov/pmc/articles/7257447/",
        "https://europepmc.org/articles/PMC7257447",
    ],
)
def test_pmcid_is_found_in_every_host_and_label(text):
    assert identifiers.normalise_pmcid(text) == "PMC7257447"


def test_a_word_that_ends_in_pmc_is_no_pmcid():
    with pytest.raises(ValueError, match="not a PubMed Central number"):
        identifiers.normalise_pmcid("xPMC7257447")


@pytest.mark.parametrize(
    "text", ["NBK507250", "nbk507250", "https://www.ncbi.nlm.nih.gov/books/NBK507250/?report=reader"]
)
def test_bookshelf_number_is_found(text):
    assert identifiers.normalise_nbk(text) == "NBK507250"


@pytest.mark.parametrize(
    ("text", "arxiv"),
    [
        ("2101.00001", "2101.00001"),
        ("arXiv:2101.00001v2", "2101.00001"),
        ("https://arxiv.org/abs/2101.00001", "2101.00001"),
        ("https://arxiv.org/pdf/2101.00001v3.pdf", "2101.00001"),
        ("https://doi.org/10.48550/arXiv.2101.00001", "2101.00001"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("arXiv:math.GT/0309136", "math.gt/0309136"),
    ],
)
def test_arxiv_number_is_found_without_its_version(text, arxiv):
    assert identifiers.normalise_arxiv(text) == arxiv


@pytest.mark.parametrize(
    "text", ["0-306-40615-2", "978-0-306-40615-7", "ISBN 0306406152", "ISBN-13: 978 0 306 40615 7"]
)
def test_isbn_becomes_13_digits(text):
    assert identifiers.normalise_isbn(text) == "9780306406157"


@pytest.mark.parametrize("text", ["0-306-40615-3", "978-0-306-40615-8", "ISBN 0306406153"])
def test_isbn_with_a_wrong_check_digit_is_refused(text):
    with pytest.raises(ValueError, match="not an ISBN"):
        identifiers.normalise_isbn(text)


def test_isbn_10_may_end_in_x():
    assert identifiers.normalise_isbn("0-8044-2957-X") == "9780804429573"


def test_identify_reads_a_retrieved_from_line():
    found = identify("Selenium and human health. Retrieved from: https://pubmed.ncbi.nlm.nih.gov/22381456/.")

    assert found == Identifiers(pmid="22381456", url="https://pubmed.ncbi.nlm.nih.gov/22381456/")


def test_identify_finds_several_kinds_in_one_citation():
    text = (
        "Eur J Nutr. 2020;59(1):263-272. doi:10.1007/s00394-019-01905-w. PMID: 30684032; PMCID: PMC7257447."
    )

    assert identify(text) == Identifiers(
        doi="10.1007/s00394-019-01905-w", pmid="30684032", pmcid="PMC7257447"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Zinc and selenium",
        "2019",
        "9701160",
        "pp. 447-463",
        "0306406152",
        "PubMed 2013",
        "nature.com/articles",
    ],
)
def test_identify_takes_no_bare_number(text):
    assert not identify(text)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("9701160", "pmid", "9701160"),
        ("9780306406157", "isbn", "9780306406157"),
        ("0306406152", "isbn", "9780306406157"),
        ("2101.00001", "arxiv", "2101.00001"),
        ("PMC7257447", "pmcid", "PMC7257447"),
    ],
)
def test_a_bare_number_pasted_into_the_identifier_field_is_understood(text, name, value):
    assert getattr(identify_pasted(text), name) == value


def test_pasted_words_are_no_identifier():
    assert not identify_pasted("zinc and immunity")


@patient
@given(st.text(max_size=60))
def test_identify_never_fails_and_its_doi_is_stable(text):
    for candidate in (text, f"10.1234/{text}", f"https://doi.org/10.1234/{text}"):
        doi = identify(candidate).doi

        assert doi == "" or identifiers.normalise_doi(doi) == doi


@patient
@given(
    st.from_regex(r"10\.[0-9]{4,9}/[a-z0-9][a-z0-9.()-]{0,20}[a-z0-9]", fullmatch=True),
    st.sampled_from(["{}", "doi:{}", "https://doi.org/{}", "see {}.", "({})", "<{}>", "{};", "“{}”"]),
)
def test_a_doi_is_the_same_in_every_wrapping(doi, wrapping):
    clean = doi if doi.count("(") == doi.count(")") else doi.replace("(", "").replace(")", "")

    assert identify(wrapping.format(clean)).doi == identify(clean).doi


@patient
@given(st.integers(1, 99_999_999))
def test_pmid_survives_every_spelling(number):
    spellings = [f"PMID: {number}", f"https://pubmed.ncbi.nlm.nih.gov/{number}/", f"{number:08}"]

    assert {identifiers.normalise_pmid(text) for text in spellings} == {str(number)}


@patient
@given(st.text("0123456789", min_size=12, max_size=12))
def test_isbn_13_takes_exactly_one_check_digit(stem):
    stem = "978" + stem[3:]

    valid = [digit for digit in "0123456789" if identifiers._isbn13(stem + digit)]

    assert len(valid) == 1
