"""A kept page is nobody's own: neither an editor's, nor a reader's, nor a developer's."""

import pytest
from django.contrib.auth.models import User

from articles.serving import cache
from tests.factories import EditionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def url():
    return EditionFactory(article__slug="zinc", title="All about zinc").get_absolute_url()


def test_nothing_of_an_editor_is_kept(client, url):
    reader = client.get(url).content
    cache.clear()
    client.force_login(UserFactory(superuser=True, username="grete"))

    as_editor = client.get(url)
    client.logout()

    assert as_editor.content == client.get(url).content == reader
    assert User.objects.filter(username="grete").exists()
    assert not as_editor.cookies


def test_cookies_and_headers_of_the_first_reader_change_nothing(client, url):
    odd = client.get(
        url,
        headers={"Cookie": "csrftoken=bad; a=b", "X-Forwarded-Host": "evil.example", "Accept-Language": "de"},
    )

    assert client.get(url).content == odd.content
    assert b"evil.example" not in odd.content


def test_a_template_while_developing(client, url, settings, tmp_path):
    settings.DEBUG = True
    [engine] = settings.TEMPLATES
    template = tmp_path / "articles" / "detail.html"
    template.parent.mkdir()
    template.write_text("Old frame")
    loaders = ["django.template.loaders.filesystem.Loader"]
    settings.TEMPLATES = [
        {**engine, "DIRS": [tmp_path], "OPTIONS": {**engine["OPTIONS"], "loaders": loaders}}
    ]
    old = client.get(url).text

    template.write_text("New frame")

    assert (old, client.get(url).text) == ("Old frame", "New frame")
