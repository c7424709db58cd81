import pytest
from django.core.management import call_command

from articles.models import Article
from articles.publishing import publish


@pytest.mark.shared
@pytest.mark.django_db
@pytest.mark.parametrize("style", ["built-in", "ama"])
def test_page_of_the_longest_sample_stays_within_20_kb(client, shared_dir, settings, style):
    settings.CITATION_STYLE = style
    call_command("import_content", str(next((shared_dir / "seeds").glob("000_*"))), verbosity=0)
    edition = publish(Article.objects.get(), override="Measured as it is.")

    response = client.get(edition.get_absolute_url())

    assert edition.word_count > 1_000
    assert len(response.content) <= 20_000
