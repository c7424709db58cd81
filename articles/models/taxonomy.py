"""Who writes and where articles are filed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from articles.models.addresses import address


class Author(models.Model):
    """A person shown to readers. Separate from the login: people leave, bylines stay."""

    name = models.CharField(max_length=120, help_text="The name alone, without titles.")
    slug = models.SlugField(max_length=120, unique=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="author_profile",
        help_text="The login that writes under this name, if there is one.",
    )
    job_title = models.CharField(max_length=120, blank=True, help_text='For example "Dietitian".')
    credentials = models.CharField(max_length=120, blank=True, help_text='Degrees, for example "RD, MSc".')
    bio = models.TextField(blank=True, help_text="Two or three sentences shown on the author's page.")
    profile_url = models.URLField(blank=True, help_text="ORCID, university or professional register page.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("articles:author", self.slug)

    @property
    def profile_link(self) -> str:
        """The profile's address if a page may link to it: files bring any text, forms only addresses."""
        return self.profile_url if self.profile_url.startswith(("https://", "http://")) else ""


class Topic(models.Model):
    """The one section of the site that an article belongs to."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    description = models.TextField(
        blank=True, help_text="One or two sentences shown at the top of the topic's page."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("articles:topic", self.slug)


class Tag(models.Model):
    """A word that connects articles; it feeds the recommendations."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
