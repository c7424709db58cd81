"""Bringing files into the database: dry run, idempotency, records, report. docs/import.md describes it for editors."""

from articles.intake.report import Entry, Report, Status
from articles.intake.service import Options, import_paths

__all__ = ["Entry", "Options", "Report", "Status", "import_paths"]
