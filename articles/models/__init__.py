from articles.models.article import Article, Revision, SlugClaim
from articles.models.audit import AuditEvent
from articles.models.edition import Edition, EditionDependency, EditionQuerySet, bylines
from articles.models.media import Image
from articles.models.related import Pin, RelatedDue, RelatedEdge
from articles.models.taxonomy import Author, Tag, Topic

__all__ = [
    "Article",
    "AuditEvent",
    "Author",
    "Edition",
    "EditionDependency",
    "EditionQuerySet",
    "Image",
    "Pin",
    "RelatedDue",
    "RelatedEdge",
    "Revision",
    "SlugClaim",
    "Tag",
    "Topic",
    "bylines",
]
