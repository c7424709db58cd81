"""One cited work. Its CSL-JSON is the truth; the other columns are derived from it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, FilteredRelation, Q, Value
from django.db.models.functions import Cast, Coalesce, Concat, Lower
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from articles.models import Edition, EditionDependency
from references import citekeys, csl, identifiers
from references.models.alias import CitekeyAlias
from references.models.states import EditorialStatus as Status
from references.models.states import VerificationState as State

# What checks write: no version of the work, no history, no recompilation.
FOUND = ("verification", "is_accepted", "title_on_record", "doubt", "verified_at", "next_check_at")


class ReferenceQuerySet(models.QuerySet["Reference"]):
    def search(self, query: str) -> Self:
        """Works in which every word of the query occurs: title, author, year, journal, key; or identifier."""
        found = identifiers.identify_pasted(query)
        same = Q()
        for name in ("doi", "pmid", "pmcid", "nbk", "arxiv", "isbn"):
            if value := getattr(found, name):
                same |= Q(**{name: value})
        words = Q()
        for word in query.split()[:12]:
            anywhere = Q()
            for column in (
                "title",
                "first_author",
                "container_title",
                "citekey",
                "doi",
                "pmid",
                "pmcid",
                "nbk",
            ):
                anywhere |= Q(**{f"{column}__icontains": word})
            if re.fullmatch(r"[0-9]{4}", word):
                anywhere |= Q(year=int(word))
            words &= anywhere
        return self.filter(words | same)

    def of_keys(self, keys: Iterable[str]) -> Self:
        """Works that one of the keys names, today or before they were merged; `called` is that earlier key or None.

        One query; a work that several of the keys name comes once for each former key.
        """
        wanted = set(keys)
        former = FilteredRelation("aliases", condition=Q(aliases__alias__in=wanted))
        ids = CitekeyAlias.objects.filter(alias__in=wanted).values("reference")
        return self.annotate(former=former, called=F("former__alias")).filter(
            Q(citekey__in=wanted) | Q(pk__in=ids)
        )

    def due(self, now: datetime) -> Self:
        """Works whose check is due, those that were never checked first."""
        never = Q(verified_at=None, next_check_at=None)
        return self.filter(never | Q(next_check_at__lte=now)).order_by(
            F("next_check_at").asc(nulls_first=True), "pk"
        )

    def with_used_in(self) -> Self:
        """Annotate `used_in`: how many articles show it, now or from a scheduled moment on."""
        key = Concat(Value(Reference.DEPENDENCY), Cast(models.OuterRef("pk"), models.CharField()))
        shown = (
            Edition.objects.live_or_scheduled()
            .filter(dependencies__key=key)
            .order_by()
            .values("dependencies__key")
        )
        counted = shown.annotate(total=models.Count("article", distinct=True)).values("total")
        return self.annotate(used_in=Coalesce(models.Subquery(counted), 0))


class Reference(models.Model):
    """Save through `references.library.store`: it counts versions and recompiles what shows the work."""

    class StudyType(models.TextChoices):
        META_ANALYSIS = "meta_analysis", "Meta-analysis or systematic review"
        RCT = "rct", "Randomised controlled trial"
        OBSERVATIONAL = "observational", "Observational study"
        CASE_REPORT = "case_report", "Case report"
        ANIMAL = "animal", "Animal study"
        IN_VITRO = "in_vitro", "Laboratory study"
        REVIEW = "review", "Narrative review"
        GUIDELINE = "guideline", "Guideline"

    EditorialStatus = Status
    VerificationState = State

    DEPENDENCY = "reference:"  # an edition shows the work
    MISSING = "citekey:"  # an edition cites a key that has no work yet

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    citekey = models.CharField(
        "citation key",
        max_length=citekeys.MAX_LENGTH,
        unique=True,
        validators=[RegexValidator(citekeys.PATTERN, "Use small letters, digits and : _ - only.")],
        help_text="Authors write it in the text as [@key].",
    )
    csl = models.JSONField("CSL-JSON", default=dict)
    study_type = models.CharField(
        max_length=16,
        choices=StudyType,
        blank=True,
        help_text="Shown in the papers table; leave empty if not sure.",
    )
    editorial_status = models.CharField(
        max_length=12,
        choices=Status,
        default=Status.CURRENT,
        help_text="What the journal says about the work today. A retracted work blocks publishing and is marked.",
    )

    locked_fields = models.JSONField(
        default=list,
        blank=True,
        help_text="Fields that an editor has settled; a refresh from Crossref or PubMed leaves them alone.",
    )
    editor_note = models.TextField("note for colleagues", blank=True, help_text="Readers never see it.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        editable=False,
    )

    verification = models.CharField(
        max_length=12,
        choices=State,
        default=State.UNVERIFIED,
        editable=False,
        help_text="What the last check found.",
    )
    is_accepted = models.BooleanField(
        default=False,
        editable=False,
        help_text="An editor has looked at the difference and stands by the reference.",
    )
    title_on_record = models.CharField(
        max_length=500,
        blank=True,
        editable=False,
        help_text="The title that the identifier leads to, where it differs.",
    )
    doubt = models.CharField(
        max_length=100, blank=True, editable=False, help_text="What one source alone says against the work."
    )
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    next_check_at = models.DateTimeField(null=True, blank=True, editable=False)

    type = models.CharField(max_length=24, default="document", editable=False)
    title = models.CharField(max_length=500, blank=True, editable=False)
    first_author = models.CharField(max_length=120, blank=True, editable=False)
    year = models.IntegerField(null=True, blank=True, editable=False)
    container_title = models.CharField("journal or book", max_length=300, blank=True, editable=False)
    doi = models.CharField("DOI", max_length=255, blank=True, editable=False)
    pmid = models.CharField("PMID", max_length=8, blank=True, editable=False)
    pmcid = models.CharField("PMCID", max_length=11, blank=True, editable=False)
    isbn = models.CharField("ISBN", max_length=13, blank=True, editable=False)
    nbk = models.CharField("Bookshelf", max_length=11, blank=True, editable=False)
    arxiv = models.CharField("arXiv", max_length=30, blank=True, editable=False)
    url = models.CharField("address", max_length=2000, blank=True, editable=False)

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords(
        user_db_constraint=False,
        excluded_fields=["created_by", *FOUND],
    )

    objects = ReferenceQuerySet.as_manager()

    status_read: str | None = None  # what this copy was read with: whoever changed it since is not overruled

    class Meta:
        ordering = ["first_author", "year", "citekey"]
        constraints = [
            models.UniqueConstraint(
                fields=["doi"], condition=~Q(doi=""), name="references_reference_doi_once"
            ),
            models.CheckConstraint(
                condition=Q(doi=Lower("doi")), name="references_reference_doi_is_lower_case"
            ),
            models.CheckConstraint(condition=~Q(citekey=""), name="references_reference_has_citekey"),
        ]
        indexes = [
            models.Index(fields=["first_author", "year", "citekey"], name="references_reference_author"),
            models.Index(fields=["title"], name="references_reference_title"),
            models.Index(fields=["pmid"], name="references_reference_pmid"),
            models.Index(fields=["pmcid"], name="references_reference_pmcid"),
            models.Index(fields=["nbk"], name="references_reference_nbk"),
            models.Index(fields=["next_check_at"], name="references_reference_due"),
        ]

    def __str__(self) -> str:
        year = f" ({self.year})" if self.year else ""
        return f"{self.first_author or self.citekey}{year}: {self.title}" if self.title else self.citekey

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)
        self.status_read = self.editorial_status

    def get_absolute_url(self) -> str:
        return reverse("admin:references_reference_change", args=[self.pk])

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        found = super().from_db(*args, **kwargs)
        found.status_read = found.__dict__.get("editorial_status")
        return found

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self.status_read = self.__dict__.get("editorial_status")

    def derive(self) -> None:
        """Fill the derived columns from the item."""
        for name, value in asdict(csl.columns(self.csl)).items():
            setattr(self, name, value)

    @property
    def dependency_key(self) -> str:
        return f"{self.DEPENDENCY}{self.pk}"

    @property
    def shown(self) -> tuple[object, ...]:
        """What readers see of it: a change of these is a new version."""
        return self.citekey, self.csl, self.study_type, self.editorial_status

    @property
    def kept(self) -> tuple[object, ...]:
        """What only colleagues see of it."""
        return self.locked_fields, self.editor_note

    @property
    def numbers(self) -> identifiers.Identifiers:
        """The identifiers that can be asked about."""
        names = ("doi", "pmid", "pmcid", "nbk", "arxiv", "isbn")
        return identifiers.Identifiers(**{name: getattr(self, name) for name in names})

    def to_csl(self) -> dict[str, Any]:
        """Return the whole item: the key as `id`, what CSL cannot hold under its own names."""
        item = {"id": self.citekey, **self.csl}
        if self.study_type:
            item["study_type"] = self.study_type
        if self.editorial_status != self.EditorialStatus.CURRENT:
            item["custom"] = {**(item.get("custom") or {}), "editorial_status": self.editorial_status}
        return item

    def editions(self) -> models.QuerySet[Edition]:
        """Editions that show it, now or from a scheduled moment on."""
        shown = EditionDependency.objects.filter(key=self.dependency_key).values("edition")
        return Edition.objects.live_or_scheduled().filter(pk__in=shown)
