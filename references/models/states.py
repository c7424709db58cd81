"""What is said of a work: by its journal, and by the check whether it is what we say it is."""

from __future__ import annotations

from django.db import models


class EditorialStatus(models.TextChoices):
    CURRENT = "current", "Current"
    CORRECTED = "corrected", "Corrected"
    CONCERN = "concern", "Expression of concern"
    RETRACTED = "retracted", "Retracted"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SUPERSEDED = "superseded", "Superseded"
    NOTICE = "notice", "Notice about another work"


class VerificationState(models.TextChoices):
    UNVERIFIED = "unverified", "Not checked"
    RESOLVED = "resolved", "Title differs"
    MATCHED = "matched", "Matched"
    TRUNCATED = "truncated", "Title cut short"
    MISMATCH = "mismatch", "Another work"
    NOT_FOUND = "not_found", "Not found"
    UNREACHABLE = "unreachable", "No answer yet"
