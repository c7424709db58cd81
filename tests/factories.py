"""Factories of the kernel. The default is the ordinary case: a published article with everything a page shows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.utils import timezone
from factory.django import DjangoModelFactory

from articles import models


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"editor{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    is_staff = True
    password = factory.django.Password("correct horse battery")

    class Params:
        superuser = factory.Trait(is_superuser=True)


class AuthorFactory(DjangoModelFactory):
    class Meta:
        model = models.Author

    name = factory.Sequence(lambda n: f"Ana Writer {n}")
    slug = factory.Sequence(lambda n: f"ana-writer-{n}")
    job_title = "Dietitian"


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = models.Topic

    name = factory.Sequence(lambda n: f"Minerals {n}")
    slug = factory.Sequence(lambda n: f"minerals-{n}")
    description = "What minerals do."


class TagFactory(DjangoModelFactory):
    class Meta:
        model = models.Tag

    name = factory.Sequence(lambda n: f"zinc {n}")
    slug = factory.Sequence(lambda n: f"zinc-{n}")


class ImageFactory(DjangoModelFactory):
    class Meta:
        model = models.Image

    slug = factory.Sequence(lambda n: f"crystal-{n}")
    file = factory.django.ImageField(filename="crystal.png", width=160, height=90)
    alt = "A crystal on a table"


class ArticleFactory(DjangoModelFactory):
    """A draft with one revision; `text=` sets its Markdown, `front_matter=` adds keys."""

    class Meta:
        model = models.Article
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Zinc and its absorption {n}")
    slug = factory.Sequence(lambda n: f"zinc-absorption-{n}")
    topic = factory.SubFactory(TopicFactory)
    owner = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: type[models.Article], *args: Any, **kwargs: Any) -> models.Article:
        text = kwargs.pop("text", "Zinc is absorbed in the small intestine.\n")
        extra = kwargs.pop("front_matter", {})
        article = super()._create(model_class, *args, **kwargs)
        front_matter = {
            "title": article.title,
            "slug": article.slug,
            "description": "How zinc is absorbed.",
            **extra,
        }
        if article.topic:
            front_matter.setdefault("topic", article.topic.slug)
        article.head = models.Revision.objects.create(
            article=article, number=1, text=text, front_matter=front_matter
        )
        article.save(update_fields=["head"])
        return article


class EditionFactory(DjangoModelFactory):
    """A live edition, made directly; use articles.publishing.publish where the way there matters."""

    class Meta:
        model = models.Edition
        skip_postgeneration_save = True

    class Params:
        scheduled = factory.Trait(live_from=factory.LazyFunction(lambda: timezone.now() + timedelta(days=1)))
        ended = factory.Trait(live_until=factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=1)))

    article = factory.SubFactory(ArticleFactory)
    revision = factory.LazyAttribute(lambda edition: edition.article.head)
    number = 1
    slug = factory.LazyAttribute(lambda edition: edition.article.slug)
    title = factory.LazyAttribute(lambda edition: edition.article.title)
    topic = factory.LazyAttribute(lambda edition: edition.article.topic)
    image = factory.SubFactory(ImageFactory)
    reviewer = factory.SubFactory(AuthorFactory)
    description = "How zinc is absorbed, and what gets in its way."
    html = "<p>Zinc is absorbed in the small intestine.</p>"
    text = "Zinc is absorbed in the small intestine."
    word_count = 7
    content_hash = factory.Sequence(lambda n: f"{n:064d}")
    live_from = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    published_at = factory.SelfAttribute("live_from")
    updated_at = factory.SelfAttribute("live_from")

    @factory.post_generation
    def authors(self, create: bool, extracted: Any, **_: Any) -> None:
        if create:
            self.authors.set(extracted if extracted is not None else [AuthorFactory()])

    @factory.post_generation
    def claim(self, create: bool, extracted: Any, **_: Any) -> None:
        if create:
            models.SlugClaim.objects.get_or_create(slug=self.slug, defaults={"article": self.article})
