"""What a file is, what is in it, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import csl, formats, markup
from references.formats.base import Batch, Entry
from tests.references.patience import patient

ITEM = {
    "id": "veronese2020",
    "type": "article-journal",
    "title": "Magnesium & <i>E. coli</i> in H<sub>2</sub>O: 50% {sic}",
    "container-title": "European Journal of Nutrition",
    "author": [
        {"family": "Veronese", "given": "Nicola"},
        {"family": "Berg", "given": "Anna", "non-dropping-particle": "van den"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
        {"literal": "Zinc and Iron Group"},
    ],
    "issued": {"date-parts": [[2020, 2]]},
    "volume": "59",
    "issue": "1",
    "page": "263-272",
    "DOI": "10.1007/s00394-019-01905-w",
}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"@book{a, title={A}}", "bibtex"),
        (b"TY  - BOOK\nTI  - A\nER  - ", "ris"),
        (b"PMID- 1\nTI  - A", "nbib"),
        (b"FN X\nPT J\nTI A\nER\n", "wos"),
        (b'[{"title": "A"}]', "csl-json"),
        ("\ufeff@book{a, title={A}}".encode("utf-16"), "bibtex"),
    ],
)
def test_the_content_says_what_a_file_is(data, kind):
    batch = formats.read(data)

    assert (batch.kind, [entry.item.get("title") for entry in batch.entries]) == (kind, ["A"])


@pytest.mark.parametrize("data", [b"", b"Just words.", b"\x89PNG\r\n\x1a\n", b"name,year\nA,2020\n"])
def test_what_is_no_bibliography_is_refused_in_words(data):
    with pytest.raises(ValueError, match="no bibliography that we know"):
        formats.read(data)


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(formats, "MAX_BYTES", 10)

    with pytest.raises(ValueError, match="11 bytes; 10 are allowed"):
        formats.read(b"@book{a, b}")


@pytest.mark.parametrize("kind", ["bibtex", "ris", "csl-json"])
def test_an_item_survives_the_way_out_and_in(kind):
    written = formats.write(kind, [ITEM])

    [(found, _)], problems = formats.cleaned(formats.read(written.encode()))

    assert not problems
    same = ("type", "container-title", "volume", "issue", "page", "DOI", "id")
    assert {name: found[name] for name in same} == {name: ITEM[name] for name in same}
    assert markup.plain(found["title"]) == markup.plain(ITEM["title"])
    assert csl.date_parts(found) == (2020, 2)
    assert [csl.family(name) for name in found["author"]] == [
        "Veronese",
        "van den Berg",
        "King",
        "Zinc and Iron Group",
    ]


def test_bibtex_keeps_marks_and_capitals():
    written = formats.write("bibtex", [ITEM])

    assert r"title = {{Magnesium \& \textit{E. coli} in H\textsubscript{2}O: 50\% \{sic\}}}" in written
    assert "month = feb" in written
    assert "pages = {263--272}" in written


def test_a_name_of_two_is_one_in_bibtex():
    written = formats.write(
        "bibtex", [{"title": "T", "author": [{"family": "Research and Practice", "given": "A"}]}]
    )

    [(found, _)], _ = formats.cleaned(formats.read(written.encode()))

    assert [csl.family(name) for name in found["author"]] == ["Research and Practice"]


@pytest.mark.parametrize("kind", formats.writable())
@patient
@given(st.text(max_size=40), st.text(max_size=20))
def test_hostile_words_open_no_second_entry(kind, title, name):
    item = csl.tidy_item(
        {"title": f"T {title}", "author": [{"family": f"A{name}"}], "volume": title, "PMID": "1"}
    )

    written = formats.write(
        kind, [{"id": title, **item}, {"id": "b", "title": "Second", "type": "book", "PMID": "2"}]
    )

    assert len(formats.FORMATS[kind].read(written).entries) == 2


def test_every_item_gets_a_key_of_its_own():
    batch = Batch(
        "bibtex",
        (Entry({"id": "a", "title": "A"}), Entry({"id": "a", "title": "B"}), Entry({"title": "Zinc"})),
    )

    items, _ = formats.cleaned(batch)

    assert [item["id"] for item, _ in items] == ["a", "ab", "zinc"]


def test_what_csl_cannot_hold_is_under_custom():
    entry = Entry({"title": "A", "study_type": "rct", "custom": {"editorial_status": "retracted"}})

    [(item, _)], _ = formats.cleaned(Batch("ris", (entry,)))

    assert item["custom"] == {"source": "ris", "editorial_status": "retracted", "study_type": "rct"}
    assert "study_type" not in item


def test_an_item_that_is_too_large_is_a_problem_at_its_line():
    entry = Entry({"title": "A", "abstract": "x" * 200_000}, line=7)

    items, problems = formats.cleaned(Batch("ris", (entry,)))

    assert (items, [problem.line for problem in problems]) == ([], [7])


@pytest.mark.parametrize("kind", ["wos", "nonsense"])
def test_only_what_can_be_written_is_written(kind):
    with pytest.raises(KeyError):
        formats.write(kind, [ITEM])
