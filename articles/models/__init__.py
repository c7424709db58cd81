from articles.models.address import OldAddress
from articles.models.article import Article, Revision, SlugClaim
from articles.models.audit import AuditEvent
from articles.models.compliance import (
    ArticleFinding,
    CheckSetting,
    ComplianceRun,
    FindingDay,
    Override,
    Review,
)
from articles.models.edition import Edition, EditionDependency, EditionQuerySet, bylines
from articles.models.media import Image
from articles.models.purge import PurgeDue
from articles.models.related import Pin, RelatedDue, RelatedEdge
from articles.models.search import SearchEntry
from articles.models.taxonomy import Author, Tag, Topic

__all__ = [
    "Article",
    "ArticleFinding",
    "AuditEvent",
    "Author",
    "CheckSetting",
    "ComplianceRun",
    "Edition",
    "EditionDependency",
    "EditionQuerySet",
    "FindingDay",
    "Image",
    "OldAddress",
    "Override",
    "Pin",
    "PurgeDue",
    "RelatedDue",
    "RelatedEdge",
    "Review",
    "Revision",
    "SearchEntry",
    "SlugClaim",
    "Tag",
    "Topic",
    "bylines",
]
