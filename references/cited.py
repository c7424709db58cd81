"""The works of a text together with what its citation style makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import structlog
from django.conf import settings

from cms.contracts import Keys, RenderContext, Source
from references import clusters, works
from references.entries import entries
from references.styles import BUILT_IN, STYLES, Cluster, ListEntry, PandocFailed, Part, Style, find, stored
from references.works import CITATION, Work

STYLE_KEY = "citation_style"  # front matter: the style of one article
log = structlog.get_logger("chelate.references.cited")


@dataclass(frozen=True, slots=True)
class Styled:
    """What pandoc answered. Without labels the text shows provisional ones: numbers in brackets.

    `labels` are by the place of a citation in the text, `entries` by citation key in the style's order.
    """

    style: Style
    labels: Mapping[int, str] = field(default_factory=dict)
    entries: Mapping[str, ListEntry] = field(default_factory=dict)
    is_pending: bool = False
    problem: str = ""


PLAIN = Styled(STYLES[BUILT_IN])


class Works(dict[str, Work]):
    """The works by the keys that the text uses."""

    styled: Styled = PLAIN


def resolve(keys: Keys) -> Works:
    """Return the works that the text or the front matter names, in their style."""
    found = Works(works.resolve(keys))
    found.styled = styled(found, keys)
    return found


def styled_of(context: RenderContext) -> Styled:
    found = context.lookup.part(CITATION)
    return found.styled if isinstance(found, Works) else PLAIN


def style_of(source: Source) -> Style:
    """Return the article's own style, else the site's, else the built-in one."""
    chosen = find(source.front_matter.get(STYLE_KEY)) or find(settings.CITATION_STYLE)
    return chosen or STYLES[BUILT_IN]


def styled(found: Mapping[str, Work], keys: Keys) -> Styled:
    """Return the citations of a text in its style: one query if pandoc has answered this before."""
    style = style_of(keys.source)
    if not found or not style.csl:
        return Styled(style)
    places, asked = _known(found, clusters.read(keys.of(clusters.KIND)))
    request = stored.Request(
        style=style.id,
        locale=keys.source.language,
        items={work.citekey: work.csl for work in sorted(found.values(), key=lambda work: work.citekey)},
        clusters=asked,
        uncited=_uncited(found, keys.source, asked),
    )
    try:
        rendering = stored.fetch(request, may_wait=keys.mode == "publish")
    except stored.NotReady:
        return Styled(style, is_pending=True)
    except PandocFailed as error:
        log.warning("citation_style_failed", style=style.id, reason=str(error))
        return Styled(style, problem=str(error))
    return Styled(
        style,
        dict(zip(places, rendering.labels, strict=True)),
        {entry.key: entry for entry in rendering.entries},
    )


def _known(known: Mapping[str, Work], read: Iterable[clusters.Found]) -> tuple[list[int], list[Cluster]]:
    """Return place and parts of each citation, without keys that lead nowhere."""
    places, asked = [], []
    for place, is_in_text, cluster in read:
        if is_in_text and cluster[0].key not in known:
            continue  # it stays as it was typed
        parts = tuple(_with_citekey(part, known[part.key]) for part in cluster if part.key in known)
        if parts:
            places.append(place)
            asked.append(parts)
    return places, asked


def _with_citekey(part: Part, work: Work) -> Part:
    return Part(work.citekey, part.prefix, part.locator, part.suffix, part.mode)


def _uncited(known: Mapping[str, Work], source: Source, asked: Iterable[Cluster]) -> list[str]:
    """Return the works that only the list shows, in its order."""
    cited = {part.key for cluster in asked for part in cluster}
    listed = [entry.text_key for entry in entries(source.front_matter) if entry.raw is None]
    order = [known[key].citekey for key in listed if key in known]
    order += sorted(work.citekey for work in known.values())
    return [key for key in dict.fromkeys(order) if key not in cited]
