from __future__ import annotations

from typing import Any

from django.db import models


class Image(models.Model):
    """A picture of the library, written `![alt](img:slug)`. The file is re-encoded on upload, see articles.images.

    `renditions` names the smaller files that exist, see articles.renditions. They stand in the row itself: every
    page that shows a picture has the row already, and the set is taken over whole or not at all.
    """

    class Renditions(models.TextChoices):
        WAITING = "waiting", "Being made"
        MADE = "made", "Articles take them over"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

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

    renditions = models.JSONField(default=dict, editable=False, blank=True)
    renditions_state = models.CharField(
        "smaller versions", max_length=8, choices=Renditions, default=Renditions.WAITING, editable=False
    )
    renditions_error = models.CharField(max_length=300, blank=True, editable=False)
    renditions_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    renditions_tried_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        indexes = [models.Index(fields=["renditions_state"], name="articles_image_renditions")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(alt="") | models.Q(is_decorative=True),
                name="articles_image_has_alt_or_is_decorative",
                violation_error_message="Describe the picture, or tick that it is decorative.",
            )
        ]

    def __str__(self) -> str:
        return self.slug

    @staticmethod
    def without_renditions() -> dict[str, Any]:
        """Return the values of a picture that waits for its renditions."""
        return {
            "renditions": {},
            "renditions_state": Image.Renditions.WAITING,
            "renditions_error": "",
            "renditions_tries": 0,
            "renditions_tried_at": None,
        }

    def forget_renditions(self) -> None:
        """Wait for new ones: the file is another one now. The caller saves the row."""
        for field, value in self.without_renditions().items():
            setattr(self, field, value)
