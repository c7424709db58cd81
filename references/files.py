"""What readers take with them: the references of an article as a file, and the script of the cards."""

from __future__ import annotations

from html import escape

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.urls import reverse

from articles import pages, reading
from articles.http import reader_page
from articles.models import Edition
from cms.contracts import Slot, SlotContext
from references import formats
from references.models import Citation, Reference

KINDS = {"bib": "bibtex", "ris": "ris"}
SCRIPTS = {  # what of a page needs them
    'class="references"': "references/cards.js",
    'class="papers ': "references/papers.js",
}


@reader_page
def download(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """Send the references of a live article."""
    edition = reading.live_edition(slug)
    if edition is None:
        successor = pages.moved_to(slug)
        if successor is None:
            raise Http404("There is no such article.")
        return HttpResponsePermanentRedirect(reverse("references:download", args=[successor.slug, extension]))
    works = _works(edition)
    if not works:
        raise Http404("This article lists no references.")
    kind = formats.FORMATS[KINDS[extension]]
    text = formats.write(kind.id, [work.to_csl() for work in works])
    return HttpResponse(
        text,
        content_type=f"{kind.content_type}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{slug}.{extension}"',
            "X-Robots-Tag": "noindex",
        },
    )


def _works(edition: Edition) -> list[Reference]:
    """Return what the page shows: cited works in the order of the text, then the others by key."""
    keys = edition.dependencies.filter(key__startswith=Reference.DEPENDENCY).values_list("key", flat=True)
    ids = [int(key.removeprefix(Reference.DEPENDENCY)) for key in keys]
    cited = Citation.objects.filter(edition=edition, position=1).values_list("reference", "number")
    numbers: dict[int, int] = dict(cited)
    works = Reference.objects.filter(pk__in=ids)
    return sorted(works, key=lambda work: (numbers.get(work.pk, len(ids) + 1), work.citekey))


def scripts(slot: SlotContext) -> str:
    """Load the cards where there is a list, and what sorts a papers table; everything works without them."""
    if slot.edition is None:
        return ""
    wanted = [name for mark, name in SCRIPTS.items() if mark in slot.edition.html]
    return "".join(f'<script src="{escape(static(name))}" defer></script>\n' for name in wanted)


SLOT = Slot("references.scripts", "head", scripts, is_fixed=True)
