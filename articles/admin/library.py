"""The picture library."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminFileFieldWidget

from articles.admin import renditions
from articles.images import ACCEPT, MAX_BYTES, UploadRefused, prepare, store_upload
from articles.models import Edition, Image
from articles.recompile import dependency_changed
from articles.renditions.making import wait_again
from articles.renditions.markup import Picture
from articles.renditions.tasks import delete_files, make_renditions

USES_SHOWN = 20


class ImageForm(forms.ModelForm[Image]):
    """Uploads go through articles.images; Django's own image field would open the file before any cap."""

    upload = forms.FileField(
        label="Picture file",
        required=False,
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ACCEPT}),
        help_text=f"JPEG, PNG, WebP, AVIF or a still GIF of up to {MAX_BYTES // 2**20} MB and 40 million pixels. Place "
        "and camera data are removed.",
    )

    class Meta:
        model = Image
        fields = ("upload", "alt", "is_decorative", "credit", "slug")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "Used in the text as img:name. Empty: made from the description."
        if "upload" in self.fields:
            self.fields["upload"].required = self.instance.pk is None

    def clean_upload(self) -> Any:
        upload: Any = self.cleaned_data["upload"]
        if upload is None:
            return None
        try:
            self.prepared = prepare(upload)
        except UploadRefused as refused:
            raise ValidationError(str(refused)) from refused
        upload.seek(0)
        return upload

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or self.instance.slug

    def save(self, commit: bool = True) -> Image:
        data = self.cleaned_data
        if self.instance._state.adding:
            self.instance = store_upload(
                data["upload"],
                alt=data["alt"],
                is_decorative=data["is_decorative"],
                credit=data["credit"],
                slug=data["slug"],
            )
            return self.instance
        image: Image = super().save(commit=False)
        if data.get("upload"):
            image.file, image.sha256 = self.prepared.file, self.prepared.sha256
            image.forget_renditions()
        return image

    def _save_m2m(self) -> None:
        """There is nothing of the kind."""

    save_m2m = _save_m2m


@admin.register(Image)
class ImageAdmin(ModelAdmin):
    form = ImageForm
    list_display = ("thumbnail", "name_and_alt", "size", "on_a_phone", "uploaded_at")
    list_display_links = ("name_and_alt",)
    list_filter = ("renditions_state", "is_decorative")
    list_per_page = 40
    search_fields = ("slug", "alt", "credit")
    show_full_result_count = False
    readonly_fields = ("picture", "files", "used_in")
    actions = None
    nav_icon = "image"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        if obj is None:
            return [(None, {"fields": ("upload", "alt", "is_decorative", "credit", "slug")})]
        return [
            (None, {"fields": ("picture", "alt", "is_decorative", "credit", "slug")}),
            (
                "Replace the file",
                {"fields": ("upload",), "description": "Articles follow by themselves."},
            ),
            ("What readers load", {"fields": ("files",)}),
            ("Where it is used", {"fields": ("used_in",)}),
        ]

    @display(description="Picture")
    def thumbnail(self, image: Image) -> str:
        return format_html(
            '<img class="thumb" src="{}" alt="" loading="lazy">', Picture.of(image).smallest.url
        )

    @display(description="Name", ordering="slug")
    def name_and_alt(self, image: Image) -> str:
        words = "Decorative" if image.is_decorative and not image.alt else image.alt
        return format_html(
            '<span class="row-title">{}</span><span class="row-note">{}</span>', image.slug, words
        )

    @display(description="Size")
    def size(self, image: Image) -> str:
        return renditions.size(image)

    @display(description="On a phone")
    def on_a_phone(self, image: Image) -> str:
        return renditions.on_a_phone(image)

    @display(description="Files")
    def files(self, image: Image) -> str:
        return renditions.files(image, may_retry=True)

    @display(description="Picture")
    def picture(self, image: Image) -> str:
        return format_html('<img class="picture" src="{}" alt="{}">', Picture.of(image).shared.url, image.alt)

    @display(description="Articles")
    def used_in(self, image: Image) -> str:
        """Articles whose readers see it now, or will."""
        editions = list(uses(image)[:USES_SHOWN])
        if not editions:
            return "No published article shows it."
        rows = ((reverse("admin:articles_article_change", args=[e.article_id]), e.title) for e in editions)
        return format_html(
            '<ul class="uses">{}</ul>', format_html_join("", '<li><a href="{}">{}</a></li>', rows)
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            obj.save()
            dependency_changed(f"image:{obj.pk}")
            if form.cleaned_data.get("upload"):
                make_renditions.enqueue()

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        """Its files go with it, a little later: none is lost if the row stays after all."""
        image_id, master = obj.pk, str(obj.file.name)
        obj.delete()
        delete_files.enqueue(image_id, master)

    def get_urls(self) -> list[Any]:
        retry = self.admin_site.admin_view(self.retry)
        return [path("<int:image_id>/retry/", retry, name="articles_image_retry"), *super().get_urls()]

    @method_decorator(require_POST)
    def retry(self, request: HttpRequest, image_id: int) -> HttpResponse:
        """Make the smaller versions of one picture again."""
        image = get_object_or_404(Image, pk=image_id)
        if not self.has_change_permission(request, image):
            raise PermissionDenied
        wait_again(Image.objects.filter(pk=image.pk))
        make_renditions.enqueue()
        messages.info(request, "The worker tries again now. Come back in a minute.")
        return redirect("admin:articles_image_change", image.pk)

    def has_delete_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """A picture that readers see cannot be deleted."""
        return super().has_delete_permission(request, obj) and (obj is None or not uses(obj).exists())


def uses(image: Image) -> QuerySet[Edition]:
    """Live and scheduled editions that show the picture in the text or above it."""
    shows = Q(dependencies__key=f"image:{image.pk}") | Q(image=image)
    return Edition.objects.live_or_scheduled().filter(shows).only("article_id", "title").distinct()
