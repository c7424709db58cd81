"""The seed article with an Amazon short link, with every plugin on."""

import pytest

from affiliates.models import AffiliateLink, Placement
from articles.intake import Options, import_paths
from articles.models import Article
from articles.publishing import publish
from tests.affiliates.compiling import findings

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
SHORT = "https://amzn.to/4bchO3u"
SENTENCE = "As an Amazon Associate I earn from qualifying purchases."


@pytest.fixture(autouse=True)
def only_this_plugin():
    """All of them, this time."""


@pytest.fixture
def article(shared_dir):
    seed = next((shared_dir / "seeds").glob("003_*"))
    import_paths([seed], Options())
    return Article.objects.get()


def test_the_link_of_the_front_matter_is_managed(article):
    link = AffiliateLink.objects.get()

    assert article.head.front_matter["affiliate_link"] == link.slug
    assert (link.network.key, link.store_name, link.is_opaque) == ("amazon", "Amazon", True)
    assert link.targets.get().url == SHORT


def test_the_page_links_directly_behind_amazons_sentence(article):
    from articles.compile import compile_article

    document = compile_article(article)

    assert [(found.id, found.severity) for found in findings(document)] == [("LNK02", "warning")]
    assert f'href="{SHORT}"' in document.html
    assert document.html.index(SENTENCE) < document.html.index(SHORT)
    assert "/go/" not in document.html


def test_the_published_page_loads_the_counter(article, client):
    edition = publish(article, override="This test is about the link.")

    page = client.get(edition.get_absolute_url()).content.decode()

    assert f'data-placement="{Placement.objects.get().public_id}"' in page
    assert f'src="/static/affiliates/beacon.js" data-article="{article.pk}" defer' in page
