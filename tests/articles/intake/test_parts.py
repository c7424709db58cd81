"""Keys of plugins go through the plugins; a plugin that fails or is off loses nothing."""

import pytest

from articles.intake.notes import Notes
from articles.intake.parts import load_parts
from articles.models import Article, Tag
from cms import plugins
from tests.articles.intake.helpers import article, part, registry_with

pytestmark = pytest.mark.django_db
FRONT_MATTER = {"title": "Copper", "slug": "copper", "shop": "https://shop.example/1"}


@pytest.fixture
def with_part(kernel_only):
    def with_part(load, *keys):
        return plugins.use_registry(registry_with(kernel_only, article_parts=[part(load, *keys)]))

    return with_part


def test_a_part_replaces_its_keys(with_part):
    with with_part(lambda values: {"shop": "link-1"}, "shop"):
        values = load_parts(FRONT_MATTER, Notes())

    assert values == {"title": "Copper", "slug": "copper", "shop": "link-1"}


def test_a_part_sees_the_whole_front_matter(with_part):
    seen = []
    with with_part(lambda values: seen.append(dict(values)) or {}, "shop"):
        values = load_parts(FRONT_MATTER, Notes())

    assert seen == [FRONT_MATTER]
    assert "shop" not in values


def test_a_part_without_its_keys_is_not_asked(with_part):
    with with_part(lambda values: 1 / 0, "other"):
        assert load_parts(FRONT_MATTER, Notes()) == FRONT_MATTER


def test_a_failing_part_leaves_the_files_values_and_no_rows(with_part):
    def load(values):
        Tag.objects.create(name="half", slug="half")
        raise ZeroDivisionError("oh")

    notes = Notes()
    with with_part(load, "shop"):
        values = load_parts(FRONT_MATTER, notes)

    assert values == FRONT_MATTER
    assert not Tag.objects.exists()
    assert notes.findings[0].severity == "warning"
    assert "“fake” could not read shop (ZeroDivisionError: oh)" in notes.findings[0].message


def test_what_a_part_answers_is_stored_as_json(with_part):
    with with_part(lambda values: {"shop": ("a", 1)}, "shop"):
        assert load_parts(FRONT_MATTER, Notes())["shop"] == ["a", 1]


@pytest.mark.parametrize("key", ["references", "disclaimers"])
def test_keys_that_nobody_reads_are_kept_and_reported(kernel_only, key):
    notes = Notes()

    assert load_parts({key: ["x"]}, notes) == {key: ["x"]}
    assert f"“{key}”" in notes.not_understood[0]


def test_disclaimers_of_the_text_reach_the_part_with_those_of_the_front_matter(with_part, write, run):
    seen = []
    body = "Copper is a metal.\n\nDisclaimer: ask a doctor."
    write("a.md", article(body=body, disclaimers="[known]"))

    with with_part(
        lambda values: seen.append(values["disclaimers"]) or {"disclaimers": ["one"]}, "disclaimers"
    ):
        (entry,) = run().entries

    assert seen == [["known", "Disclaimer: ask a doctor."]]
    assert Article.objects.get().head.front_matter["disclaimers"] == ["one"]
    assert entry.disclaimers == 1
