"""People, topics and tags are found or made, and said."""

import pytest

from articles.intake.notes import Notes
from articles.intake.records import slug_of, with_records
from articles.models import Author, Tag, Topic
from tests.factories import AuthorFactory, TagFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def notes():
    return Notes()


def messages(notes):
    return [finding.message for finding in notes.findings]


def test_people_and_topics_are_made(notes):
    values = with_records({"authors": ["Ana Diaz"], "reviewed_by": "Bo Ek", "topic": "Trace Metals"}, notes)

    assert values == {"authors": ["ana-diaz"], "reviewed_by": "bo-ek", "topic": "trace-metals"}
    assert set(Author.objects.values_list("name", "slug")) == {("Ana Diaz", "ana-diaz"), ("Bo Ek", "bo-ek")}
    assert Topic.objects.get().name == "Trace Metals"
    assert messages(notes) == [
        "The author “Ana Diaz” was added.",
        "The author “Bo Ek” was added.",
        "The topic “Trace Metals” was added.",
    ]


@pytest.mark.parametrize("written", ["ana-diaz", "Ana Diaz", "ana diaz"])
def test_known_people_are_found_by_slug_or_name(notes, written):
    AuthorFactory(name="Ana Diaz", slug="ana-diaz")

    assert with_records({"authors": [written]}, notes) == {"authors": ["ana-diaz"]}
    assert Author.objects.count() == 1
    assert notes.findings == []


def test_a_name_finds_a_person_of_another_slug(notes):
    AuthorFactory(name="Ana Diaz", slug="dr-diaz")

    assert with_records({"authors": ["Ana Diaz"]}, notes) == {"authors": ["dr-diaz"]}


@pytest.mark.parametrize("written", ["metals", "Metals", "METALS"])
def test_known_topics_are_found(notes, written):
    TopicFactory(name="Metals", slug="metals")

    assert with_records({"topic": written}, notes) == {"topic": "metals"}
    assert notes.findings == []


def test_a_slug_gives_a_readable_name(notes):
    with_records({"topic": "trace-metals", "authors": ["ana-diaz"]}, notes)

    assert (Topic.objects.get().name, Author.objects.get().name) == ("Trace metals", "Ana diaz")


def test_one_person_named_twice_is_one_author(notes):
    assert with_records({"authors": ["Ana Diaz", "ana-diaz"]}, notes)["authors"] == ["ana-diaz"]


def test_a_name_too_long_is_cut_and_said(notes):
    with_records({"authors": ["Ana " * 60]}, notes)

    assert len(Author.objects.get().name) <= 120
    assert "longer than 120" in notes.not_understood[0]


@pytest.mark.parametrize(
    ("name", "slug"), [("Ana Díaz", "ana-diaz"), ("Ærøskøbing", "rskbing"), ("x" * 200, "x" * 120)]
)
def test_slug_of(name, slug):
    assert slug_of(name, 120) == slug


def test_names_in_other_scripts_get_an_address_each():
    slugs = {slug_of("山田太郎", 120), slug_of("鈴木一郎", 120)}

    assert len(slugs) == 2
    assert all(slug.startswith("x-") for slug in slugs)


def test_new_tags_are_made_and_said(notes):
    TagFactory(name="iron", slug="iron")

    values = with_records({"tags": ["iron", "Trace Metals"]}, notes)

    assert values == {"tags": ["iron", "Trace Metals"]}
    assert set(Tag.objects.values_list("slug", flat=True)) == {"iron", "trace-metals"}
    assert messages(notes) == ["New tags: “Trace Metals”."]


def test_tags_that_cannot_be_are_kept_apart(notes):
    values = with_records({"tags": ["copper", "!!!", "x" * 80]}, notes)

    assert values == {"tags": ["copper"], "original_tags": ["copper", "!!!", "x" * 80]}
    assert "cannot be tags" in notes.not_understood[0]


def test_the_same_is_said_once(notes):
    notes.tell("IMP15", "x")
    notes.tell("IMP15", "x")
    notes.wonder("y")
    notes.wonder("y")

    assert (len(notes.findings), notes.not_understood) == (1, ["y"])


def test_front_matter_without_names_is_untouched(notes):
    assert with_records({"title": "Copper", "x": [1]}, notes) == {"title": "Copper", "x": [1]}
    assert (notes.findings, notes.not_understood) == ([], [])
