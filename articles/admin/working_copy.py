"""One editor's copy of an article on its way into the history: form, plugin panels, saving, previewing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, QueryDict

from articles.admin import parts
from articles.admin.pages import actor
from articles.admin.parts import Panel
from articles.compile import compile_article, make_source
from articles.compile.render import problem_html
from articles.forms import ArticleForm
from articles.metadata import read_metadata
from articles.models import Article, Revision
from articles.revisions import save_revision
from cms.contracts import CompileError, Document, Finding

WORST_FIRST = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True)
class WorkingCopy:
    """The form of the kernel and those of the plugins, unbound or bound to what the editor sent."""

    article: Article
    data: QueryDict | None = None

    @cached_property
    def form(self) -> ArticleForm:
        return ArticleForm(self.data, article=self.article)

    @cached_property
    def panels(self) -> Sequence[Panel]:
        return parts.panels(self.form.before, self.data)

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), parts.are_valid(self.panels)])

    @property
    def errors(self) -> dict[str, list[str]]:
        found = {name: [str(error) for error in errors] for name, errors in self.form.errors.items()}
        for panel in self.panels:
            if panel.form is not None:
                for name, errors in panel.form.errors.items():
                    found[f"{panel.id}-{name}"] = [str(error) for error in errors]
        return found

    @property
    def text(self) -> str:
        self.form.is_valid()
        return self.form.text_value

    @property
    def front_matter(self) -> dict[str, Any]:
        """What the editor entered; whatever is not valid stays as it was."""
        self.form.is_valid()
        return parts.merged(self.panels, self.form.front_matter())

    def save(self, request: HttpRequest, kind: str = Revision.Kind.SAVE) -> Revision:
        """Append it to the history. Raises StaleRevision if somebody else saved since the page was opened."""
        text, front_matter = self.text, self.front_matter
        started_from = self.form.cleaned_data.get("expected_head")
        if started_from is None and self.article.head_id:
            started_from = 0  # a page that does not say what it started from must not overwrite anything
        return save_revision(
            self.article,
            text=text,
            front_matter=front_matter,
            kind=kind,
            author=actor(request),
            expected_head=started_from,
        )


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled text as the preview shows it; `findings` are the worst first, then by line; overridden ones last."""

    title: str
    description: str
    document: Document
    findings: Sequence[Finding]

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.blocks]

    @property
    def minutes(self) -> int:
        return max(1, round(self.document.word_count / 230))


def compiled(article: Article, text: str, front_matter: Mapping[str, Any]) -> Compiled:
    """Compile as the site would, with every check. A text that is refused as a whole becomes one finding."""
    metadata = read_metadata(article, front_matter)
    try:
        source = make_source(text, front_matter, article.pk)
        document = compile_article(source, "preview", found=metadata.findings)
    except CompileError as error:
        refused = Finding("MD00", "error", str(error), critical=True)
        document = Document(problem_html(str(error)), findings=(*metadata.findings, refused))
    found = sorted(
        document.findings,
        key=lambda one: (bool(one.overridden), WORST_FIRST[one.severity], one.line or 0, one.id),
    )
    return Compiled(metadata.title, metadata.description, document, found)
