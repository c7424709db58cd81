"""What may be wrong with a report. Every message is a sentence for the person who imports it."""

from __future__ import annotations

from collections.abc import Sequence


class ReportError(ValueError):
    """The report cannot be read at all; nothing of it was imported."""


class RulesError(ReportError):
    """The rules that say how the columns are read contradict themselves."""


class UnknownHeader(ReportError):
    """No line looks like the header that is expected. `found` are the columns there, `missing` those that are not."""

    def __init__(self, found: Sequence[str], missing: Sequence[str], name: str = "") -> None:
        self.found = tuple(found)
        self.missing = tuple(missing)
        expected = f"The report “{name}” needs" if name else "Needed are"
        super().__init__(
            f"The columns of this file are not known. {expected}: {', '.join(self.missing) or 'other columns'}. "
            f"Found: {', '.join(self.found) or 'none'}."
        )


class RowError(ValueError):
    """One line cannot be read. The others are imported, this one is listed with its number."""
