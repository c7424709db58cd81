"""The editor's form: the text and the front matter of one revision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.text import slugify
from markdownx.fields import MarkdownxFormField

from articles.admin import lists
from articles.admin.editor import Area, Chooser, MarkdownEditor
from articles.models import Article, Author, Image, SlugClaim, Topic

# What search engines show of a description without cutting it off (Yoast's published scoring file).
DESCRIPTION_BEST = (121, 156)
LISTS = ("authors", "tags", "recommended", "jurisdictions")


class NamesField(forms.Field):
    """Any number of values in the order in which they were chosen; `known` answers which of them exist."""

    def __init__(self, *, widget: Chooser, model: type[Any] | None = None, **kwargs: Any) -> None:
        self.model = model
        super().__init__(widget=widget, required=False, **kwargs)

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(name.strip() for name in value or [] if name.strip()))

    def validate(self, value: list[str]) -> None:
        if not self.model or not value:
            return
        known = set(self.model.objects.filter(slug__in=value).values_list("slug", flat=True))
        if missing := [name for name in value if name not in known]:
            raise ValidationError(f"There is no {self.model._meta.verbose_name} “{missing[0]}” any more.")


class NameField(NamesField):
    """At most one value; the widget sends a list all the same."""

    def to_python(self, value: Any) -> list[str]:
        return super().to_python(value)[:1]

    def clean(self, value: Any) -> str:
        chosen: list[str] = super().clean(value)
        return chosen[0] if chosen else ""


class ArticleForm(forms.Form):
    """Binds to the head revision. `front_matter()` gives back what to store; keys it does not know stay as they are."""

    title = forms.CharField(
        max_length=200,
        widget=forms.Textarea(attrs={"placeholder": "Title", "rows": 1, "maxlength": 200}),
        error_messages={"required": "Give the article a title."},
    )
    text = MarkdownxFormField(  # type: ignore[no-untyped-call]  # the library is not typed
        required=False,
        strip=False,
        widget=MarkdownEditor(attrs={"rows": 24, "aria-label": "Text in Markdown"}),
    )
    expected_head = forms.IntegerField(widget=forms.HiddenInput, required=False)

    slug = forms.CharField(
        label="Address",
        max_length=120,
        required=False,
        help_text="The last part of the link. Once published, an address keeps leading here, even after you change it.",
    )
    description = forms.CharField(
        max_length=300,
        required=False,
        widget=Area(attrs={"rows": 3, "data-best": "{}-{}".format(*DESCRIPTION_BEST)}),
        help_text="What search results and the cards on the site show. 121 to 156 characters are shown in full.",
    )
    topic = NameField(
        widget=Chooser("topics", lists.topic_labels, many=False),
        model=Topic,
        help_text="The one section of the site that the article is filed under.",
    )
    authors = NamesField(
        widget=Chooser("authors", lists.author_labels),
        model=Author,
        help_text="Whoever wrote it, in the order of the byline.",
    )
    tags = NamesField(
        widget=Chooser("tags", lists.no_labels, free=True),
        help_text="Words that connect articles. Type a new one and press Enter; it is added when you publish.",
    )
    image = NameField(
        label="Picture",
        widget=Chooser("images", lists.image_labels, many=False),
        model=Image,
        help_text="Shown above the text, on cards and where the article is shared.",
    )
    reviewed_by = NameField(
        widget=Chooser("authors", lists.author_labels, many=False),
        model=Author,
        help_text="The specialist who checked the text. Readers see the name.",
    )
    reviewed_on = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="The day on which this text was checked, not the day of a typing correction.",
    )
    recommended = NamesField(
        widget=Chooser("articles", lists.article_labels, free=True),
        help_text="What readers see first under “You may also like”. The title of an article that does not exist yet "
        "waits for it.",
    )
    jurisdictions = NamesField(
        widget=Chooser("jurisdictions", lists.jurisdiction_labels, free=True),
        help_text="Whose rules for disclosures and claims apply. Empty: those of the whole site.",
    )
    language = forms.CharField(
        max_length=12,
        required=False,
        validators=[RegexValidator(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "Write it like en or pt-BR.")],
        help_text="Only if it differs from the site's language: en, de, pt-BR.",
    )
    canonical_url = forms.URLField(
        label="Original address",
        required=False,
        assume_scheme="https",
        help_text="Only if the text appeared elsewhere first: search engines are sent there.",
    )

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        self.article = article
        head = article.head
        self.before: Mapping[str, Any] = head.front_matter if head else {}
        first = {name: self.before.get(name) for name in self.base_fields if name in self.before}
        first |= {
            "title": self.before.get("title") or article.title,
            "slug": self.before.get("slug") or article.slug,
            "text": head.text if head else "",
            "expected_head": article.head_id,
        }
        kwargs.setdefault("initial", first)
        super().__init__(*args, **kwargs)

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_slug(self) -> str:
        """Refuse an address of another article: telling at publish time is telling too late."""
        slug: str = slugify(self.cleaned_data["slug"] or str(self.cleaned_data.get("title", "")))[:120]
        others = SlugClaim.objects.filter(slug=slug).exclude(article=self.article).select_related("article")
        if claim := others.first():
            raise ValidationError(f"The address belongs to “{claim.article.title}”. Choose another one.")
        return slug

    def clean_recommended(self) -> list[str]:
        return [name for name in self.cleaned_data["recommended"] if name != self.article.slug]

    def front_matter(self) -> dict[str, Any]:
        """Return the front matter to store. Fields that are not valid keep what was stored before."""
        merged = dict(self.before)
        for name, value in self.cleaned_data.items():
            if name in {"text", "expected_head"}:
                continue
            plain = value.isoformat() if hasattr(value, "isoformat") else value
            if plain:
                merged[name] = plain
            elif name == "topic" and merged.get(name):
                merged[name] = ""  # an absent key would leave the article where it is filed now
            elif name != "topic":
                merged.pop(name, None)
        return merged

    @property
    def text_value(self) -> str:
        return str(self.cleaned_data.get("text", "")).replace("\r\n", "\n")


class NewArticleForm(forms.Form):
    """All that a draft needs to exist."""

    title = forms.CharField(
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "What is it about?", "autofocus": True}),
        help_text="You can change it until the article is published, and after.",
    )

    def free_slug(self) -> str:
        """Return an address made of the title that no other article has or wants."""
        base = slugify(self.cleaned_data["title"])[:100] or "article"
        taken = set(
            Article.objects.filter(Q(slug=base) | Q(slug__startswith=f"{base}-")).values_list(
                "slug", flat=True
            )
        ) | set(SlugClaim.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        candidates = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
        return next(slug for slug in candidates if slug not in taken)
