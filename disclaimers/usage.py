"""Where a disclaimer is shown: in editions that readers see or will see, and in working copies that name it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import CharField, Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from articles.models import Edition, EditionDependency
from disclaimers.models import Disclaimer

LIMIT = 50


@dataclass(frozen=True, slots=True)
class Use:
    """One article whose readers see the text, and in which version. `url` is empty until it goes live."""

    article_id: int
    title: str
    slug: str
    version: str


@dataclass(frozen=True, slots=True)
class Usage:
    count: int
    uses: Sequence[Use]
    drafts: Sequence[Use]

    @property
    def more_count(self) -> int:
        return self.count - len(self.uses)


def with_used_count(disclaimers: QuerySet[Disclaimer]) -> QuerySet[Disclaimer]:
    """Annotate `used_count`: articles whose live or scheduled edition shows the text."""
    key = Concat(Value("disclaimer:"), Cast(OuterRef("pk"), CharField()))
    counted = (
        EditionDependency.objects.filter(key=key, edition__in=Edition.objects.live_or_scheduled())
        .order_by()
        .values("key")
        .annotate(found=Count("edition__article", distinct=True))
        .values("found")
    )
    return disclaimers.annotate(used_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def usage_of(disclaimer: Disclaimer) -> Usage:
    """Return where a text is used, the first fifty articles by title."""
    shown = EditionDependency.objects.filter(
        key=disclaimer.dependency_key, edition__in=Edition.objects.live_or_scheduled()
    )
    rows = shown.order_by("edition__title").values_list(
        "edition__article_id", "edition__title", "edition__slug", "version"
    )[:LIMIT]
    drafts = (
        disclaimer.naming_articles()
        .exclude(editions__in=Edition.objects.live_or_scheduled())
        .annotate(version=F("head__number"))
        .values_list("pk", "title", "slug", "version")[:LIMIT]
    )
    count = shown.aggregate(found=Count("edition__article", distinct=True))["found"]
    return Usage(count, [Use(*row) for row in rows], [Use(*row) for row in drafts])
