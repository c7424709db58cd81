"""What the glossary registers with Chelate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chelate_glossary.embed import EMBED, SHOWN
from chelate_glossary.models import TermUse
from cms.contracts import Check, Embed, Finding, Listener, PublishEvent, Slot, SlotContext, Snapshot, Urls
from cms.hookspecs import hookimpl


def too_many_words(snapshot: Snapshot) -> Iterator[Finding]:
    count = len(snapshot.document.records.get(SHOWN, ()))
    if count > 2:
        yield Finding("GLO01", "warning", f"{count} words are explained; more than two tire the reader.")


def word_count_note(slot: SlotContext) -> str:
    count = len(slot.render.records(SHOWN)) if slot.render else 0
    return f'<p class="glossary__note">Words explained here: {count}</p>' if count else ""


def write_uses(event: PublishEvent) -> None:
    shown = event.document.records.get(SHOWN, ())
    forget_uses(event.article_id)
    TermUse.objects.bulk_create(
        TermUse(term_id=term_id, article_id=event.article_id) for term_id in {found.id for found in shown}
    )


def forget_uses(article_id: int) -> None:
    TermUse.objects.filter(article_id=article_id).delete()


@hookimpl
def embeds() -> Sequence[Embed]:
    return [EMBED]


@hookimpl
def publish_checks() -> Sequence[Check]:
    return [Check("GLO01", "warning", too_many_words)]


@hookimpl
def slots() -> Sequence[Slot]:
    return [Slot("glossary:note", "after_body", word_count_note, order=50)]


@hookimpl
def events() -> Sequence[Listener]:
    return [Listener("glossary", published=write_uses, unpublished=forget_uses)]


@hookimpl
def urls() -> Sequence[Urls]:
    return [Urls("glossary/", "chelate_glossary.urls")]
