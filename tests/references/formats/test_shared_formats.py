"""The sample files beside the clone: how many works each holds, and what they are called."""

import pytest

from references import formats, markup

pytestmark = pytest.mark.shared

COUNTS = {
    "complex.bib": 20, "crossref.bib": 4, "bibWithUserComments.bib": 2, "biblatex-software.bib": 9,
    "articleWithMonths.bib": 2, "rispy-extraneous_data.ris": 2, "rispy-full_without_whitespace.ris": 2,
    "rispy-multiline.ris": 3, "rispy-urls.ris": 4, "rispy-wos.ris": 2,
}  # fmt: skip
NAMELESS = {  # files whose entries have no title
    "crossref-10-1007-2fs40278-023-41815-2.bib", "crossref-10-2307-2fj-ctt5vkfh7-11.bib", "articleWithMonths.bib",
    "encoding-windows-1252-but-utf-8-declared--decoding-fails.bib", "encoding-windows-1252-with-header.bib",
    "rispy-bom.ris", "rispy-multiline.ris",
}  # fmt: skip
TITLES = {
    "complex.bib": {
        (
            "The postcranial anatomy of <i>Procolophon</i> (Parareptilia: Procolophonidae) and its implications for the"
            " origin of turtles"
        ),
        "The trouble with login: on usability and computer security in ubiquitous computing",
        "Introduction to software engineering for secure systems: SESS06 – secure by design",
        "Why Johnny can't encrypt: a usability evaluation of PGP 5.0",
        "Are Usability and Security Two Opposite Directions in Computer Systems?",
        "Article with complex Authornames",
        "How secure is AOP and what can we do about it?",
    },
    "crossref.bib": {
        (
            "Architectural Decision Guidance Across Projects - Problem Space Modeling, Decision Backlog Management and"
            " Cloud Computing Knowledge"
        ),
        "Title of the article",
        "Paper title",
        "12th Working IEEE/IFIP Conference on Software Architecture, WICSA 2015, Montreal, QC, Canada, May 4-8, 2015",
    },
    "biblatex-software.bib": {
        "Scilab",
        "The Computational Geometry Algorithms Library",
        "The Parmap library",
    },
    "MsBibExportFormatUmlauts.bib": {"Umläuts are fünny"},
    "encoding-utf-16BE-without-header.bib": {"Ü ist ein Umlaut"},
    "RisImporterTest3.ris": {
        "Toward a Robust Analysis of Dermoscopy Images Acquired under Different Conditions",
    },
    "RisImporterTest5a.ris": {
        "Release profile of ibuprofen in β-cyclodextrin complexes from two different solid dosage forms.",
    },
    "RisImporterTestScience.ris": {
        "Phase separation and ω transformation in binary V-Ti and ternary V-Ti-Cr alloys",
    },
    "RisImporterCorrupted.ris": {"Editorial: Open Source and Empirical Software Engineering"},
    "rispy-wos.ris": {
        (
            "Interactions stabilizing the structure of the core light-harvesting complex (LHl) of photosynthetic"
            " bacteria and its subunit (B820)"
        ),
        "Proximal and distal influences on ligand binding kinetics in microperoxidase and heme model compounds",
    },
}


def read_all(shared_dir, *folders):
    for folder in folders:
        for path in sorted((shared_dir / "fixtures" / "citations" / folder).iterdir()):
            if path.suffix in {".bib", ".ris"}:
                batch = formats.read(path.read_bytes())
                items, problems = formats.cleaned(batch)
                assert not problems, path.name
                assert not batch.problems, path.name
                yield path.name, [item for item, _ in items]


def test_every_bibtex_and_ris_file_holds_the_entries_that_it_should(shared_dir):
    counts = {name: len(items) for name, items in read_all(shared_dir, "bibtex", "ris")}

    assert len(counts) == 42
    assert counts == {name: COUNTS.get(name, 1) for name in counts}


def test_every_title_is_there_and_clean(shared_dir):
    for name, items in read_all(shared_dir, "bibtex", "ris"):
        for item in items:
            title = markup.plain(item.get("title", ""))
            assert bool(title) == (name not in NAMELESS), (name, item["id"])
            assert not set(title) & set("{}\\$\ufffd"), (name, title)


@pytest.mark.parametrize("name", TITLES)
def test_titles_are_right(shared_dir, name):
    found = dict(read_all(shared_dir, "bibtex", "ris"))[name]

    assert TITLES[name] <= {item["title"] for item in found}


def test_files_of_all_databases_are_known_and_read(shared_dir):
    kinds = {"crossref": "crossref", "openalex": "openalex", "europepmc": "europepmc", "pubmed": "pubmed"}
    checked = 0
    for folder, kind in kinds.items():
        for path in sorted((shared_dir / "fixtures" / "citations" / folder).iterdir()):
            if path.stem.startswith("esearch"):
                continue
            batch = formats.read(path.read_bytes())
            assert batch.kind == kind, path.name
            assert not batch.problems, path.name
            items, problems = formats.cleaned(batch)
            assert not problems, path.name
            assert all(item["custom"]["editorial_status"] for item, _ in items), path.name
            checked += len(items)

    assert checked >= 80


@pytest.mark.parametrize("kind", ["bibtex", "ris", "csl-json"])
def test_every_work_survives_the_way_out_and_in(shared_dir, kind):
    works = [item for _, items in read_all(shared_dir, "bibtex", "ris") for item in items]

    again = formats.FORMATS[kind].read(formats.write(kind, works))
    items, _ = formats.cleaned(again)

    plain = [markup.plain(item.get("title", "")).strip(". ") for item in works]
    assert [markup.plain(item.get("title", "")).strip(". ") for item, _ in items] == plain
    assert [item.get("DOI") for item, _ in items] == [item.get("DOI") for item in works]
