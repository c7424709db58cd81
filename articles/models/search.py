"""What search knows of an edition. The full-text index beside it is the database's own (migration 0008)."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """The words of one live or scheduled edition, stemmed. Whether readers may see it is asked of its edition.

    SQLite: triggers of this table keep the FTS5 table `articles_searchtext`; a migration that makes SQLite rebuild the
    table (any altered column) must create them again. PostgreSQL: `vector` is a generated column, unknown to Django.
    """

    edition = models.OneToOneField(
        "articles.Edition", models.CASCADE, primary_key=True, related_name="search_entry"
    )
    fingerprint = models.CharField(max_length=64)
    title = models.TextField()
    about = models.TextField(blank=True)
    body = models.TextField(blank=True)
    cited = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.edition_id)
