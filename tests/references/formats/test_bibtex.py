import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.formats import bibtex
from tests.references.patience import patient


def items(text):
    return [entry.item for entry in bibtex.read(text).entries]


def item(fields, kind="article"):
    [found] = items(f"@{kind}{{key, {fields}}}")
    return found


def test_a_journal_article_has_csls_names():
    found = item(
        "author = {Veronese, Nicola}, title = {Magnesium}, journal = {Eur J Nutr}, year = 2020, month = feb,"
        " volume = {59}, number = {1}, pages = {263--272}, doi = {https://doi.org/10.1007/S00394-019-01905-W}"
    )

    assert found == {
        "id": "key",
        "type": "article-journal",
        "title": "Magnesium",
        "container-title": "Eur J Nutr",
        "author": [{"family": "Veronese", "given": "Nicola"}],
        "issued": {"date-parts": [[2020, 2]]},
        "volume": "59",
        "issue": "1",
        "page": "263-272",
        "DOI": "10.1007/s00394-019-01905-w",
    }


def test_one_bad_entry_does_not_lose_the_others():
    batch = bibtex.read("@book{a, title={A}}\n\n@book{b, title={B\n\n@book{c, title={C}}\n")

    assert [entry.item["title"] for entry in batch.entries] == ["A", "C"]
    assert [(problem.line, problem.beginning) for problem in batch.problems] == [(3, "@book{b, title={B")]


def test_entries_know_their_line():
    batch = bibtex.read("% comment\n\n@book{a,\n title={A}}\n\n@book{b, title={B}}\n")

    assert [entry.line for entry in batch.entries] == [3, 6]


def test_keys_and_fields_that_stand_twice_lose_nothing():
    found = items("@book{a, title={One}, title={Two}}\n@book{a, title={Other}}")

    assert [entry["title"] for entry in found] == ["One", "Other"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('"quoted"', "quoted"),
        ("{braced}", "braced"),
        ("2020", "2020"),
        ('journal # " of Zinc"', "Journal of Zinc"),
        ('"a {"}b{"} c"', 'a "b" c'),
        ("{two\n  lines}", "two lines"),
        ("unknown", "unknown"),
    ],
)
def test_values_are_read_in_every_spelling(value, expected):
    [found] = items(f"@string{{journal = {{Journal}}}}\n@misc{{a, title = {value}}}")

    assert found["title"] == expected


def test_a_part_takes_what_it_leaves_out_from_its_parent():
    [part, _] = items(
        "@inproceedings{p, crossref={whole}, title={Part}}\n"
        "@proceedings{whole, title={The Whole}, year={1999}, editor={Bass, Len}}"
    )

    assert part["title"] == "Part"
    assert part["container-title"] == "The Whole"
    assert part["issued"] == {"date-parts": [[1999]]}
    assert part["editor"] == [{"family": "Bass", "given": "Len"}]


def test_entries_that_refer_to_each_other_end():
    found = items("@book{a, crossref={b}}\n@book{b, crossref={a}, title={B}}")

    assert [entry.get("title") for entry in found] == ["B", "B"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("article", "article-journal"), ("incollection", "chapter"), ("inproceedings", "paper-conference"),
        ("phdthesis", "thesis"), ("techreport", "report"), ("online", "webpage"), ("dataset", "dataset"),
        ("ARTICLE", "article-journal"), ("somethingelse", "document"),
    ],
)  # fmt: skip
def test_types_are_csls(kind, expected):
    assert item("title={T}", kind)["type"] == expected


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year={2020}, month=mar", [2020, 3]),
        ("year={2020}, month={March}", [2020, 3]),
        ("year={2020}, month={03}", [2020, 3]),
        ("year={2020}, month={}", [2020]),
        ("year={2020}, month={Spring}", [2020]),
        ("date={2020-03-17}", [2020, 3, 17]),
        ("date={2020-03/2020-05}", [2020, 3]),
        ("year={c2020}", [2020]),
    ],
)
def test_dates_are_as_exact_as_the_entry(fields, date):
    assert item(fields)["issued"] == {"date-parts": [date]}


def test_a_year_in_words_is_kept():
    assert item("year={in press}")["issued"] == {"raw": "in press"}


@pytest.mark.parametrize(
    ("fields", "name", "expected"),
    [
        ("eprint={2304.05376}, archiveprefix={arXiv}", "custom", {"arxiv": "2304.05376"}),
        ("eprint={123}, eprinttype={pubmed}", "PMID", "123"),
        (r"url={https://x.org/a\_b~c%20d}", "URL", "https://x.org/a_b~c%20d"),
        (r"howpublished={\url{https://x.org/}}", "URL", "https://x.org/"),
        ("doi={https://example.org/no-doi}", "URL", "https://example.org/no-doi"),
        (r"doi={10.1000/a\_b}", "DOI", "10.1000/a_b"),
        ("eid={e0815}", "page", "e0815"),
        ("title={Zinc}, subtitle={A review}", "title", "Zinc: A review"),
    ],
)
def test_identifiers_and_addresses_find_their_field(fields, name, expected):
    assert item(fields)[name] == expected


def test_a_number_means_the_issue_the_series_or_the_work_itself():
    assert item("number={3}")["issue"] == "3"
    assert item("number={3}, series={LNCS}", "book")["collection-number"] == "3"
    assert item("number={3}", "techreport")["number"] == "3"


def test_comments_preambles_and_bookkeeping_are_no_works():
    assert items('@comment{x}\n@preamble{"y"}\n@xdata{d, title={D}}\nwords between\n@book{a, title={A}}') == [
        {"id": "a", "type": "book", "title": "A"}
    ]


@patient
@given(
    st.lists(
        st.sampled_from(["@", "book", "{", "}", ",", "a", "=", '"', "title", "#", "\n", "(", "\\"]),
        max_size=40,
    )
)
def test_nothing_stops_the_reader(pieces):
    batch = bibtex.read("".join(pieces) + "\n@book{last, title={Last}}")

    assert batch.entries or batch.problems
