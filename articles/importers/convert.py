"""The way from the body of a file to the text of an article: one list of small steps, in this order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from articles.importers import (
    callouts,
    citations,
    headings,
    notices,
    papers,
    recommendations,
    reference_lists,
    residue,
    shape,
    titles,
)
from articles.importers.draft import Draft
from articles.importers.lines import tidy

STEPS: tuple[Callable[[Draft], Draft], ...] = (
    residue.mark_bullets,
    titles.mark_underlined,
    titles.take_heading,
    titles.demote,
    shape.find_lost_marks,
    recommendations.unglue,
    recommendations.take_recommendations,
    titles.take_house_line,
    notices.take_notices,
    reference_lists.take_reference_lists,
    papers.take_papers,
    titles.take_first_line,
    callouts.split_glued,
    headings.restore_headings,
    callouts.count_written,
    callouts.make_callouts,
    citations.link_citations,
    residue.report_residue,
    shape.separate,
)
# For a text that has all its marks: what looks for lost ones would find some that were never there.
MARKED: tuple[Callable[[Draft], Draft], ...] = (
    recommendations.take_recommendations,
    notices.take_notices,
    reference_lists.take_reference_lists,
    papers.take_papers,
    callouts.make_callouts,
    citations.link_citations,
)


def convert(draft: Draft, path: Path, steps: Sequence[Callable[[Draft], Draft]] = STEPS) -> Draft:
    """Run every step. Lines keep the number they had in the file; nothing leaves the text without a finding."""
    for step in steps:
        draft = step(draft)
    return titles.propose(draft.with_lines(tidy(draft.lines)), path)
