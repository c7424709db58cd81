"""What is written is read back: nothing that a format can hold is lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import csl, formats
from tests.references.patience import patient

ARTICLE = {
    "type": "article-journal",
    "title": "Zinc",
    "author": [{"family": "Smith", "given": "Ann B."}],
    "issued": {"date-parts": [[2020, 3]]},
    "PMID": "7",
}
KINDS = ["bibtex", "ris", "nbib", "csl-json"]
WORDS = st.text(st.characters(codec="utf-8", categories=["L"]), min_size=1, max_size=8)
FAMILIES = WORDS.filter(lambda word: word.casefold() not in {"and", "others"} and word == word.strip())


def again(kind, **changes):
    item = csl.tidy_item({**ARTICLE, **changes})
    text = formats.write(kind, [{"id": "k", **item}])

    [(found, _)], problems = formats.cleaned(formats.FORMATS[kind].read(text))

    assert not problems
    return item, found


def kinds_but(*left_out):
    return [kind for kind in KINDS if kind not in left_out]


HELD = [  # what is written, and the formats that have no place for it
    ({"page": "S12-S15"}, ()),
    ({"page": "e0815"}, ()),
    ({"page": "1001-1009"}, ()),
    ({"volume": "12", "issue": "Suppl 1"}, ()),
    ({"issue": "1-2"}, ()),
    ({"DOI": "10.1002/(SICI)1097-0142(1999)86:5<1::AID-CNCR1>3.0.CO;2-#"}, ()),
    ({"DOI": "10.1234/a_b%c&d"}, ()),
    ({"PMID": "123", "PMCID": "PMC456"}, ()),
    ({"ISSN": ["1436-6207", "1436-6215"]}, ("bibtex",)),
    ({"keyword": "zinc, iron"}, ("nbib",)),
    ({"keyword": "zinc"}, ("nbib",)),
    ({"title": "Is 5 < 6 & 7 > 3? 100% {sic} $x_1$ ~ ^"}, ()),
    ({"title": "The 'normal' \"dose\": a #1 \\ review"}, ()),
    ({"title": "Зинк и 亜鉛 – über Spurenelemente"}, ()),
    ({"container-title": "Food & Function"}, ()),
    ({"abstract": "Values fell. CI - 95 %. TY  - X"}, ()),
    ({"URL": "https://example.org/a_b~c%20d?x=1&y=2#z"}, ("nbib",)),
    ({"publisher": "Müller & Söhne"}, ("nbib",)),
    ({"note": "In {press} at 5 % \\ more"}, ("nbib",)),
    ({"issued": {"raw": "in press"}}, ("nbib",)),
    ({"issued": {"date-parts": [[1998]]}}, ()),
    ({"issued": {"date-parts": [[2020, 12, 31]]}}, ("bibtex",)),
    ({"issued": {"date-parts": [[2020, 1, 1]]}}, ("bibtex",)),
    ({"author": [{"family": "Smith"}]}, ()),
    ({"author": [{"literal": "World Health Organization"}]}, ()),
    ({"author": [{"literal": "WHO and FAO"}]}, ("ris",)),  # there it reads as initials
    ({"author": [{"family": "King", "given": "M.", "suffix": "Jr."}]}, ()),
    ({"author": [{"family": "O'Neil-Łoś", "given": "J.-P."}, {"family": "李", "given": "明"}]}, ()),
    ({"editor": [{"family": "Bass", "given": "Len"}]}, ("nbib",)),
    ({"type": "book", "ISBN": "9780306406157"}, ("nbib",)),
    ({"type": "chapter", "container-title": "Handbook", "publisher": "Wiley"}, ("nbib",)),
    ({"type": "paper-conference", "container-title": "Proceedings"}, ("nbib",)),
    ({"type": "report", "publisher": "EFSA"}, ("nbib",)),
]


@pytest.mark.parametrize(
    ("kind", "changes"), [(kind, changes) for changes, left_out in HELD for kind in kinds_but(*left_out)]
)
def test_nothing_is_lost_that_the_format_holds(kind, changes):
    item, found = again(kind, **changes)

    assert {name: found.get(name) for name in changes} == {name: item[name] for name in changes}


@pytest.mark.parametrize("kind", KINDS)
def test_a_person_with_one_name_is_not_lost(kind):
    _, found = again(kind, author=[{"given": "Plato"}])

    assert [csl.family(name) for name in found["author"]] == ["Plato"]


@pytest.mark.parametrize("kind", ["bibtex", "csl-json"])
def test_more_authors_are_still_meant(kind):
    _, found = again(kind, author=[{"family": "Smith"}, {"literal": "et al."}])

    named, has_more = csl.people(found)
    assert ([csl.family(name) for name in named], has_more) == (["Smith"], True)


@pytest.mark.parametrize("kind", KINDS)
def test_a_particle_stays_with_its_name(kind):
    name = {"family": "Berg", "given": "Anna", "non-dropping-particle": "van den"}

    _, found = again(kind, author=[name])

    assert csl.format_name(found["author"][0]) == "van den Berg, Anna"


@pytest.mark.parametrize("kind", KINDS)
@patient
@given(st.lists(st.tuples(FAMILIES, WORDS), min_size=1, max_size=4))
def test_any_authors_are_read_back_in_order(kind, names):
    people = [{"family": family.title(), "given": given_name.title()} for family, given_name in names]

    item, found = again(kind, author=people)

    assert [csl.format_name(name) for name in found["author"]] == [
        csl.format_name(name) for name in item["author"]
    ]


@pytest.mark.parametrize("kind", KINDS)
@patient
@given(st.integers(1, 5), WORDS)
def test_as_many_works_come_back_as_were_written(kind, count, word):
    items = [
        {"id": f"k{number}", **ARTICLE, "title": f"{word} {number}", "PMID": str(number + 1)}
        for number in range(count)
    ]

    found, problems = formats.cleaned(formats.FORMATS[kind].read(formats.write(kind, items)))

    assert not problems
    assert [item["title"] for item, _ in found] == [" ".join(item["title"].split()) for item in items]
