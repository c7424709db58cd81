"""Error pages: they stand without a request, a session or a database."""

import pytest
from django.template.loader import render_to_string

from cms import contracts, plugins
from tests.factories import EditionFactory


@pytest.mark.parametrize("name", ["400", "403", "404", "410", "500"])
def test_error_page_needs_nothing(settings, name):
    settings.SITE_NAME = "Minerals Weekly"

    page = render_to_string(f"{name}.html")

    assert "Minerals Weekly</title>" in page
    assert '<meta name="robots" content="noindex">' in page
    assert page.count("<h1>") == 1
    assert 'href="/"' in page


def slots(**items):
    found = {name: contracts.Slot(name, name, render) for name, render in items.items()}
    return plugins.Registry(objects={"slots": found})


@pytest.mark.django_db
def test_plugin_fills_head_and_footer_and_knows_the_edition(client):
    edition = EditionFactory(article__slug="zinc")
    registry = slots(
        head=lambda context: f'<meta name="x" content="{context.edition.slug}">',
        footer=lambda context: f"<p>At {context.request.path}</p>",
    )

    with plugins.use_registry(registry):
        page = client.get(edition.get_absolute_url()).text

    assert '<meta name="x" content="zinc">' in page
    assert "<p>At /articles/zinc/</p>" in page


@pytest.mark.django_db
def test_failing_plugin_leaves_the_page_standing(client):
    with plugins.use_registry(slots(footer=lambda context: 1 / 0)):
        response = client.get(EditionFactory().get_absolute_url())

    assert response.status_code == 200
