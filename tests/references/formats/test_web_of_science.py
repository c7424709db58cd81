import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.formats import web_of_science
from tests.references.patience import patient

TEXT = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Parkes-Loach, PS
   Majeed, AP
TI Interactions stabilizing the structure of the core
   light-harvesting complex
SO BIOCHEMISTRY
JI Biochemistry
PY 2004
VL 43
IS 22
BP 7003
EP 7016
DI 10.1021/bi049798f
PM 15170338
ER

PT J
AU Cao, WX
TI Second
AR e12
ER

EF
"""


def test_records_have_csls_names_and_lines():
    batch = web_of_science.read(TEXT)

    assert [(entry.line, entry.item["title"]) for entry in batch.entries] == [
        (3, "Interactions stabilizing the structure of the core light-harvesting complex"),
        (19, "Second"),
    ]
    first, second = (entry.item for entry in batch.entries)
    assert first["author"] == [
        {"family": "Parkes-Loach", "given": "PS"},
        {"family": "Majeed", "given": "AP"},
    ]
    assert first["page"] == "7003-7016"
    assert first["issued"] == {"date-parts": [[2004]]}
    assert (first["DOI"], first["PMID"]) == ("10.1021/bi049798f", "15170338")
    assert second["page"] == "e12"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PT J\nTI A\nER\nPT J\nTI B\nER\nEF", [(1, "A"), (4, "B")]),
        ("PT J\nTI A", [(1, "A")]),  # cut off
        ("PT J\nTI A\nPT J\nTI B\nER\n", [(1, "A"), (3, "B")]),
        ("FN X\nVR 1.0\nPT J\nTI A\nER\n\nPT B\nTI B\n\nEF", [(3, "A"), (7, "B")]),
        ("ER\nPT J\nTI A\nER", [(2, "A")]),
        ("PT J\nTI A\n   goes on\nXY odd\nER", [(1, "A goes on")]),
    ],
)
def test_a_record_without_its_end_takes_no_other_with_it(text, found):
    batch = web_of_science.read(text)

    assert [(entry.line, entry.item["title"]) for entry in batch.entries] == found
    assert not batch.problems


def test_a_record_that_says_nothing_is_reported():
    batch = web_of_science.read("PT J\nER\nPT J\nTI B\nER\n")

    assert [entry.item["title"] for entry in batch.entries] == ["B"]
    assert [(problem.line, problem.message) for problem in batch.problems] == [(1, "This record is empty.")]


@patient
@given(
    st.lists(
        st.sampled_from(["PT J", "ER", "EF", "TI Zinc", "AU Smith, A", "   more", "XX", "PY 20", "", "PT"])
    )
)
def test_nothing_stops_the_reader(lines):
    batch = web_of_science.read("\n".join([*lines, "PT J", "TI Last", "ER"]))

    assert batch.entries[-1].item["title"] == "Last"
