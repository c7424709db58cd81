import pytest

from references.formats.bibtex_names import read_names


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Donald E. Knuth", [{"family": "Knuth", "given": "Donald E."}]),
        ("Knuth, Donald E.", [{"family": "Knuth", "given": "Donald E."}]),
        ("Anna van den Berg", [{"family": "Berg", "given": "Anna", "non-dropping-particle": "van den"}]),
        ("van den Berg, Anna", [{"family": "Berg", "given": "Anna", "non-dropping-particle": "van den"}]),
        ("Reagle, Jr., Joseph M.", [{"family": "Reagle", "given": "Joseph M.", "suffix": "Jr."}]),
        ("Sherry, John F., Jr.", [{"family": "Sherry", "given": "John F.", "suffix": "Jr."}]),
        ("{The CGAL Project}", [{"literal": "The CGAL Project"}]),
        ("{Barnes and Noble}", [{"literal": "Barnes and Noble"}]),
        ("Smith, A. and others", [{"family": "Smith", "given": "A."}, {"literal": "others"}]),
        ("Smith, A. AND Jones, B.", [{"family": "Smith", "given": "A."}, {"family": "Jones", "given": "B."}]),
        (r"Bostr\"{o}m, Gustav", [{"family": "Boström", "given": "Gustav"}]),
        ("Aristotle", [{"family": "Aristotle"}]),
        ("{van Gogh}, Vincent", [{"family": "van Gogh", "given": "Vincent"}]),
        ("Michael deBraga", [{"family": "deBraga", "given": "Michael"}]),
        (
            "A. Anderson and B. Land",
            [{"family": "Anderson", "given": "A."}, {"family": "Land", "given": "B."}],
        ),
        ("", []),
        (" and ", []),
    ],
)
def test_names_are_read_in_every_order(written, names):
    assert read_names(written) == names
