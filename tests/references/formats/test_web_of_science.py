from references.formats import web_of_science

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
