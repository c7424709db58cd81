from __future__ import annotations

from django.db import models


class Term(models.Model):
    """A word and what it means. Shown in articles by `::term{slug}`."""

    slug = models.SlugField(unique=True)
    word = models.CharField(max_length=100)
    meaning = models.TextField()

    class Meta:
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word


class TermUse(models.Model):
    """Which article explains which word; written when an edition goes live."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="uses")
    # No constraint in the database: this table must not stop a delete after the plugin is gone.
    article = models.ForeignKey("articles.Article", models.CASCADE, db_constraint=False, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "article"], name="chelate_glossary_use_once")]

    def __str__(self) -> str:
        return f"{self.term_id} in {self.article_id}"
