from __future__ import annotations

from django.db import models


class Image(models.Model):
    """A picture of the library, written `![alt](img:slug)`. The file is re-encoded on upload, see articles.images."""

    slug = models.SlugField(max_length=80, unique=True, help_text="Used in the text as img:slug.")
    file = models.ImageField(upload_to="images/%Y/%m/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = models.CharField(
        max_length=300, blank=True, help_text="What the picture shows, for readers who cannot see it."
    )
    is_decorative = models.BooleanField(
        default=False,
        help_text="Tick if the picture says nothing that the text does not; screen readers then skip it.",
    )
    credit = models.CharField(max_length=200, blank=True, help_text="Whose picture it is; shown below it.")
    sha256 = models.CharField(max_length=64, editable=False, blank=True, db_index=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(alt="") | models.Q(is_decorative=True),
                name="articles_image_has_alt_or_is_decorative",
                violation_error_message="Describe the picture, or tick that it is decorative.",
            )
        ]

    def __str__(self) -> str:
        return self.slug
