"""The sample documents beside the clone, all plugins on."""

from collections import Counter

import pytest

from articles.linting.places import folded

pytestmark = [pytest.mark.shared, pytest.mark.django_db]
AROUND = 3  # lines; a quote may begin on the line and run on


def squeezed(text):
    return " ".join(folded(text).split())


def test_every_finding_points_into_its_file(lint, shared_dir):
    seeds = shared_dir / "seeds"

    result = lint(seeds)

    counts = dict(sorted(Counter(one["id"] for one in result.found).items()))
    assert result.code == 1, counts
    assert {one["file"] for one in result.found} == {path.as_posix() for path in seeds.iterdir()}, counts
    for one in result.found:
        lines = (seeds / one["file"]).read_text(encoding="utf-8").split("\n")
        assert 1 <= one["line"] <= len(lines), (one, counts)
        near = "\n".join(lines[max(0, one["line"] - 1 - AROUND) : one["line"] + AROUND])
        assert squeezed(one["quote"]) in squeezed(near), (one, counts)


def test_citations_without_a_paper_are_errors_at_their_line(lint, shared_dir):
    found = [
        one for one in lint(shared_dir / "seeds").found if one["id"] == "EVD04" and one["severity"] == "error"
    ]

    counts = Counter(one["id"] for one in found)
    assert [(one["id"], one["line"], one["quote"]) for one in found] == [
        ("EVD04", 24, "Jargin, 2022"),
        ("EVD04", 24, "Liu et al., 2021"),
    ], counts
