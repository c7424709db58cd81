"""The editor's form: fields in, a clean item out, nothing lost."""

import pytest

from references.forms import ReferenceForm
from references.models import Reference
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db

EMPTY = {"type": "article-journal", "title": "Zinc", "editorial_status": "current"}


def saved(reference=None, **data):
    form = ReferenceForm({**EMPTY, **data}, instance=reference)
    assert form.is_valid(), form.errors
    return form.save()


def errors(field, reference=None, **data):
    form = ReferenceForm({**EMPTY, **data}, instance=reference)
    return form.errors.get(field, [])


def filled(reference):
    """Return what the browser would send back for an untouched form."""
    form = ReferenceForm(instance=reference)
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


def test_fields_become_an_item():
    reference = saved(
        title="Zinc and <i>E. coli</i>",
        authors="Shankar, Anuraj H\nWorld Health Organization\n\n",
        container_title="Am J Clin Nutr",
        year="1998",
        volume="68",
        issue="2 Suppl",
        page="447S-463S",
        doi="https://doi.org/10.1093/AJCN/68.2.447S",
        accessed="2024-05-13",
        study_type="review",
    )

    assert reference.csl == {
        "type": "article-journal",
        "title": "Zinc and <i>E. coli</i>",
        "author": [{"family": "Shankar", "given": "Anuraj H"}, {"literal": "World Health Organization"}],
        "container-title": "Am J Clin Nutr",
        "issued": {"date-parts": [[1998]]},
        "volume": "68",
        "issue": "2 Suppl",
        "page": "447S-463S",
        "DOI": "10.1093/ajcn/68.2.447s",
        "accessed": {"date-parts": [[2024, 5, 13]]},
    }
    assert (reference.citekey, reference.study_type) == ("shankar1998", "review")


@pytest.mark.parametrize(
    ("pasted", "field", "value"),
    [
        (
            "https://jhpn.biomedcentral.com/articles/10.1186/s41043-023-00423-0",
            "doi",
            "10.1186/s41043-023-00423-0",
        ),
        ("https://pubmed.ncbi.nlm.nih.gov/9701160/", "pmid", "9701160"),
        ("9701160", "pmid", "9701160"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC7257447/", "pmcid", "PMC7257447"),
        ("https://www.ncbi.nlm.nih.gov/books/NBK507250/", "nbk", "NBK507250"),
        ("arXiv:2101.00001v2", "arxiv", "2101.00001"),
        ("0-306-40615-2", "isbn", "9780306406157"),
        ("https://ods.od.nih.gov/factsheets/Zinc/", "url", "https://ods.od.nih.gov/factsheets/Zinc/"),
    ],
)
def test_a_pasted_identifier_is_sorted_into_its_field(pasted, field, value):
    reference = saved(paste=pasted)

    assert getattr(reference, field) == value


def test_pasted_words_are_refused():
    assert errors("paste", paste="zinc and immunity") == [
        "There is no DOI, PMID, PMC, Bookshelf, arXiv or ISBN number and no address in it."
    ]


def test_a_pasted_identifier_never_overwrites_another():
    assert errors("paste", paste="10.1234/new", doi="10.1234/old") == [
        "The field DOI holds another value: 10.1234/old."
    ]


def test_pasting_what_the_field_holds_already_is_fine():
    assert saved(paste="https://doi.org/10.1234/OLD", doi="10.1234/old").doi == "10.1234/old"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("doi", "11.1/x", "is not a DOI"),
        ("pmid", "PMC1", "not a PubMed number"),
        ("pmcid", "x", "not a PubMed Central number"),
        ("isbn", "0-306-40615-3", "right check digit"),
        ("nbk", "507250", "not a Bookshelf number"),
        ("arxiv", "x", "not an arXiv number"),
        ("url", "ods.od.nih.gov", "with https:// in front"),
        ("url", "javascript:alert(1)", "with https:// in front"),
        ("title", " ", "required"),
        ("year", "20133", "less than or equal"),
        ("citekey", "With Capitals", "small letters"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(field, value, message):
    assert message in errors(field, **{field: value})[0]


def test_a_work_that_the_library_has_is_named():
    known = ReferenceFactory(csl__DOI="10.1234/known")

    [message] = errors("doi", paste="doi:10.1234/KNOWN")

    assert str(known) in message
    assert f"/admin/references/reference/{known.pk}/change/" in message


def test_an_address_counts_as_its_identifier():
    ReferenceFactory(csl__PMID="9701160")

    assert "has it already" in errors("pmid", url="https://pubmed.ncbi.nlm.nih.gov/9701160/")[0]


def test_a_work_is_no_duplicate_of_itself():
    reference = ReferenceFactory(csl__DOI="10.1234/known")

    assert saved(reference, citekey=reference.citekey, doi="10.1234/known").pk == reference.pk


def test_an_untouched_form_changes_nothing():
    item = {
        "type": "patent",
        "title": "Zinc",
        "author": [
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van den", "ORCID": "0000-0001"},
            {"literal": "WHO"},
        ],
        "editor": [{"family": "Vink", "given": "Robert", "suffix": "Jr"}],
        "issued": {"date-parts": [[2013, 5, 1]]},
        "accessed": {"date-parts": [[2024, 5]]},
        "DOI": "10.1234/x",
        "keyword": "magnesium",
        "custom": {"nbk": "NBK507250", "source": "manual"},
    }
    reference = Reference.objects.get(pk=ReferenceFactory(csl=item).pk)

    saved(reference, **filled(reference))

    assert reference.csl == item


def test_an_emptied_field_is_emptied():
    reference = ReferenceFactory()

    saved(reference, **{**filled(reference), "volume": "", "authors": "", "doi": "", "year": ""})

    assert not {"volume", "author", "DOI", "issued"} & reference.csl.keys()


def test_a_new_year_drops_the_old_month():
    reference = ReferenceFactory(csl__issued={"date-parts": [[2013, 5]]})

    saved(reference, **{**filled(reference), "year": "2014"})

    assert reference.csl["issued"] == {"date-parts": [[2014]]}


def test_a_date_without_a_number_survives():
    reference = ReferenceFactory(csl__issued={"raw": "in press"})

    saved(reference, **filled(reference))

    assert reference.csl["issued"] == {"raw": "in press"}


def test_a_free_key_is_found():
    ReferenceFactory(citekey="zinc")

    assert saved().citekey == "zincb"


def test_a_taken_key_is_refused():
    ReferenceFactory(citekey="zinc")

    assert "already exists" in errors("citekey", citekey="zinc")[0]
