from references.models.citation import Citation
from references.models.reference import Reference, ReferenceQuerySet
from references.models.source import SourceRecord

__all__ = ["Citation", "Reference", "ReferenceQuerySet", "SourceRecord"]
