"""A table of papers becomes references and `::papers`."""

import pytest

from articles.importers.papers import cells, take_papers
from tests.articles.importers.helpers import OTHER, SENTENCE, draft_of, ids_of, numbers_of, text_of

HEAD = "| S.No | Paper Title (Author, Year) | Relevant Insight | Citations |"
RULE = "|------|:--------------------------|-----------------:|:---------:|"


def table(*rows, head=HEAD, rule=RULE):
    return "\n".join([SENTENCE, "", head, rule, *rows, "", OTHER])


def custom_of(draft):
    return [item.get("custom") for item in draft.references]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("| a | b |", ["a", "b"]),
        ("a | b", ["a", "b"]),
        ("|a|b|", ["a", "b"]),
        ("| a \\| b | c |", ["a | b", "c"]),
        ("| a |  | c |", ["a", "", "c"]),
        ("|", []),
        ("", []),
    ],
)
def test_cells(row, found):
    assert cells(row) == found


def test_the_table_is_replaced_by_the_embed():
    draft = take_papers(
        draft_of(
            table(
                "| 1 | Copper and you (Siebert, 2013) | It is absorbed. | 5 |",
                "| 2 | Iron and copper (Barba & Domingo, 2019) | They meet. | - |",
            )
        )
    )

    assert text_of(draft) == [SENTENCE, "::papers", OTHER]
    assert numbers_of(draft) == [1, 3, 8]
    assert [item["id"] for item in draft.references] == ["siebert2013", "barba2019"]
    assert custom_of(draft) == [
        {"insight": "It is absorbed.", "citation_count": 5},
        {"insight": "They meet.", "citation_count": None},
    ]
    assert (ids_of(draft.findings), draft.findings[0].quote) == (["IMP07"], HEAD)


@pytest.mark.parametrize("unknown", ["-", "–", "—", "", "n/a", "?"])
def test_a_dash_means_unknown_not_nought(unknown):
    draft = take_papers(draft_of(table(f"| 1 | Copper (Liu, 2020) | Yes. | {unknown} |")))

    assert custom_of(draft) == [{"insight": "Yes.", "citation_count": None}]


@pytest.mark.parametrize(("written", "count"), [("0", 0), ("1,204", 1204), ("12 ", 12)])
def test_numbers_of_citations(written, count):
    draft = take_papers(draft_of(table(f"| 1 | Copper (Liu, 2020) | Yes. | {written} |")))

    assert custom_of(draft)[0]["citation_count"] == count


def test_an_odd_number_of_citations_is_kept_and_reported():
    draft = take_papers(draft_of(table("| 1 | Copper (Liu, 2020) | Yes. | many |")))

    assert custom_of(draft) == [{"insight": "Yes.", "columns": {"citations": "many"}}]
    assert draft.not_understood == ("Line 5: “many” is no number of citations.",)


def test_columns_of_other_names_are_kept():
    draft = take_papers(
        draft_of(
            table(
                "| Copper (Liu, 2020) | Yes. | Nature | spare |",
                head="| Study | Key findings | Journal |",
                rule="|---|---|---|",
            )
        )
    )

    assert custom_of(draft) == [{"insight": "Yes.", "columns": {"Journal": "Nature", "more": "spare"}}]
    assert "more cells than the head" in draft.not_understood[0]


def test_a_row_with_fewer_cells():
    draft = take_papers(draft_of(table("| 1 | Copper (Liu, 2020) |")))

    assert custom_of(draft) == [None]


def test_a_paper_without_author_and_year_is_reported():
    draft = take_papers(draft_of(table("| 1 | Copper and you | Yes. | 3 |")))

    assert [item["title"] for item in draft.references] == ["Copper and you"]
    assert draft.not_understood == ("Line 5: no author and year were found in “Copper and you”.",)


def test_a_row_without_a_paper_is_reported_in_full():
    row = "| 1 |  | Nobody wrote this. | 3 |"
    draft = take_papers(draft_of(table(row)))

    assert draft.references == ()
    assert row in [finding.quote for finding in draft.findings]
    assert "names no paper" in draft.not_understood[0]


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        ("| Form | Elemental |", "|---|---|"),
        ("| Paper size | Weight |", "|---|---|"),
        ("| Insight | Citations |", "|---|---|"),
        (HEAD, "not a rule"),
        (HEAD, "| no | rule | at | all |"),
    ],
)
def test_other_tables_stay(head, rule):
    draft = draft_of(table("| a | b |", head=head, rule=rule))

    assert take_papers(draft).references == ()
    assert text_of(take_papers(draft)) == text_of(draft)


def test_a_table_in_code_stays():
    draft = draft_of(f"```\n{HEAD}\n{RULE}\n| 1 | A (Liu, 2020) | x | 1 |\n```")

    assert text_of(take_papers(draft)) == text_of(draft)


def test_a_head_as_the_last_line_is_no_table():
    draft = draft_of(HEAD)

    assert text_of(take_papers(draft)) == [HEAD]


def test_a_second_table_joins_the_first():
    rows = "| 1 | Copper (Liu, 2020) | Yes. | 3 |"
    more = "| 1 | Iron (Ruiz, 2021) | No. | 4 |"
    draft = take_papers(draft_of(f"{table(rows)}\n\n{HEAD}\n{RULE}\n{more}"))

    assert [item["id"] for item in draft.references] == ["liu2020", "ruiz2021"]
    assert text_of(draft).count("::papers") == 1
    assert ids_of(draft.findings) == ["IMP07", "IMP07"]
