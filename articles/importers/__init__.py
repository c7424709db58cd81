"""Readers of foreign files, registered by the kernel like any plugin's. docs/import.md says what they understand."""

from articles.importers import front_matter, plain, wxr
from articles.importers.reading import UnreadableFileError

IMPORTERS = (front_matter.IMPORTER, plain.IMPORTER, wxr.IMPORTER)

__all__ = ["IMPORTERS", "UnreadableFileError"]
