"""What kind of study a record is, by the words of PubMed's indexers."""

from __future__ import annotations

from collections.abc import Collection

from references.models.reference import Reference

Kind = Reference.StudyType
# The strongest statement first: a systematic review is a review as well.
BY_TYPE = (
    ("meta-analysis", Kind.META_ANALYSIS),
    ("systematic review", Kind.META_ANALYSIS),
    ("network meta-analysis", Kind.META_ANALYSIS),
    ("practice guideline", Kind.GUIDELINE),
    ("guideline", Kind.GUIDELINE),
    ("randomized controlled trial", Kind.RCT),
    ("case reports", Kind.CASE_REPORT),
    ("observational study", Kind.OBSERVATIONAL),
    ("review", Kind.REVIEW),
)
OBSERVED = {
    "cohort studies",
    "case-control studies",
    "cross-sectional studies",
    "prospective studies",
    "retrospective studies",
}


def study_type(types: Collection[str], subjects: Collection[str] = ()) -> str:
    """Return the study type, "" if the indexers do not say. Animals without humans are an animal study."""
    named = {kind.strip().lower() for kind in types}
    if found := next((kind for name, kind in BY_TYPE if name in named), None):
        return found
    about = {subject.strip().lower() for subject in subjects}
    if "humans" in about:
        return Kind.OBSERVATIONAL if about & OBSERVED else ""
    if "animals" in about:
        return Kind.ANIMAL
    return Kind.IN_VITRO if "in vitro techniques" in about else ""
