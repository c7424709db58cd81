"""Articles that search knows, made in one line."""

from articles.models import Topic
from articles.search import index
from tests.factories import ArticleFactory, EditionFactory, TopicFactory


def found(title="Zinc", text="Nothing else.", **fields):
    """A live edition in the index; its body is its text. Names of its records hold none of the words asked for."""
    plain = Topic.objects.filter(name="Plain").first() or TopicFactory(name="Plain")
    fields = {"html": f"<p>{text}</p>", "description": "", "topic": plain} | fields
    edition = EditionFactory(
        article=ArticleFactory(title=title),
        title=title,
        text=text,
        authors=fields.pop("authors", []),
        **fields,
    )
    index.index_article(edition.article_id)
    return edition
