"""Beside an article: the works it cites that an editor must look at, with the way there."""

from __future__ import annotations

from django.db.models import Q
from django.template.loader import render_to_string

from cms.contracts import Slot, SlotContext, Source
from references import citekeys
from references.entries import entries
from references.models import Reference, VerificationState
from references.syntax.grammar import KEY
from references.verification.editorial import BLOCKING

QUESTIONABLE = (VerificationState.MISMATCH, VerificationState.NOT_FOUND, VerificationState.TRUNCATED,
                VerificationState.RESOLVED)  # fmt: skip
SHOWN = 20


def render(slot: SlotContext) -> str:
    if (
        slot.request is None
        or slot.source is None
        or not slot.request.user.has_perm("references.view_reference")
    ):
        return ""
    keys = keys_of(slot.source)
    if not keys:
        return ""
    wrong = Q(editorial_status__in=[*BLOCKING, Reference.EditorialStatus.CONCERN]) | ~Q(doubt="")
    unsure = Q(verification__in=QUESTIONABLE, is_accepted=False)
    found = Reference.objects.of_keys(keys).filter(wrong | unsure).order_by("citekey")
    works = list({work.pk: work for work in found[:SHOWN]}.values())
    return render_to_string("references/admin/article.html", {"works": works}) if works else ""


def keys_of(source: Source) -> set[str]:
    """Return every key that the text or the front matter names; a word that is no key names no work."""
    written = {citekeys.normalise(found[1] or found[2]) for found in KEY.finditer(source.text)}
    listed = {entry.citekey for entry in entries(source.front_matter) if entry.raw is None}
    return {key for key in written | listed if key}


SLOT = Slot("references.article", "admin_article", render)
