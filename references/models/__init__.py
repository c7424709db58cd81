from references.models.alias import CitekeyAlias
from references.models.citation import Citation
from references.models.reference import Reference, ReferenceQuerySet
from references.models.rendering import RenderedCitations
from references.models.source import CitationCount, SourceRecord
from references.models.states import EditorialStatus, VerificationState
from references.models.verification import Acknowledgement, EditorialNotice, Verification

__all__ = [
    "Acknowledgement",
    "Citation",
    "CitationCount",
    "CitekeyAlias",
    "EditorialNotice",
    "EditorialStatus",
    "Reference",
    "ReferenceQuerySet",
    "RenderedCitations",
    "SourceRecord",
    "Verification",
    "VerificationState",
]
