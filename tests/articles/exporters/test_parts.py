"""Plugins' keys in their written form, and what happens if that form would not be read back."""

import pytest

from articles.exporters.parts import export_parts
from articles.models import Tag
from cms import plugins
from cms.contracts import ArticlePart
from tests.articles.intake.helpers import registry_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kernel_only")]


@pytest.fixture
def with_part():
    """Turn on one part: `shop: Link 7` in files, `shop: link-7` in revisions."""

    def with_part(
        load=lambda values: {"shop": values["shop"].lower().replace(" ", "-")},
        export=lambda values: {"shop": values["shop"].capitalize().replace("-", " ")},
    ):
        part = ArticlePart("shop", ("shop",), load=load, export=export)
        context = plugins.use_registry(registry_with(plugins.registry(), article_parts=[part]))
        context.__enter__()
        entered.append(context)

    entered = []
    yield with_part
    for context in entered:
        context.__exit__(None, None, None)


def broken(values):
    raise ValueError("no")


def test_a_key_is_written_as_its_plugin_says(with_part):
    with_part()

    assert export_parts({"title": "Zinc", "shop": "link-7"}) == {"title": "Zinc", "shop": "Link 7"}


def test_other_keys_stay_as_they_are(with_part):
    with_part()

    assert export_parts({"title": "Zinc", "colour": ["red"]}) == {"title": "Zinc", "colour": ["red"]}


def test_a_form_that_would_be_read_differently_stays_as_stored(with_part):
    with_part(load=lambda values: {"shop": "link-1"})

    assert export_parts({"shop": "link-7"}) == {"shop": "link-7"}


@pytest.mark.parametrize("failing", ["load", "export"])
def test_a_failing_plugin_loses_nothing(with_part, failing, caplog):
    with_part(**{failing: broken})

    assert export_parts({"shop": "link-7"}) == {"shop": "link-7"}


def test_a_part_that_would_drop_its_key_does_not(with_part):
    with_part(load=lambda values: {}, export=lambda values: {})

    assert export_parts({"shop": "link-7"}) == {"shop": "link-7"}


def test_trying_it_out_leaves_no_record(with_part):
    def load(values):
        Tag.objects.create(name="zinc", slug="zinc")
        return {"shop": "link-7"}

    with_part(load=load)

    export_parts({"shop": "link-7"})

    assert not Tag.objects.exists()


def test_a_value_that_json_does_not_know_becomes_one_that_it_does(with_part):
    with_part(
        load=lambda values: {"shop": list(values["shop"])},
        export=lambda values: {"shop": tuple(values["shop"])},
    )

    assert export_parts({"shop": ["a", "b"]}) == {"shop": ["a", "b"]}


def test_the_revision_s_own_values_are_not_touched(with_part):
    with_part()
    front_matter = {"shop": "link-7"}

    export_parts(front_matter)

    assert front_matter == {"shop": "link-7"}
