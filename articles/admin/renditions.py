"""What a picture weighs, in the picture library."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Image
from articles.renditions.markup import MODERN, File, Picture

State = Image.Renditions
NAMES = {"avif": "AVIF", "webp": "WebP", "jpg": "JPEG", "png": "PNG"}


def size(image: Image) -> SafeString:
    """Say how large the original is."""
    weight = Picture.of(image).master.size
    return _two_lines(f"{image.width}\u00a0x\u00a0{image.height}", filesizeformat(weight) if weight else "")


def on_a_phone(image: Image) -> SafeString:
    """Say what a phone loads, or why it loads the original."""
    if image.renditions_state == State.FAILED:
        return format_html('<span class="state state--failed">{}</span>', "Original: the others failed")
    if image.renditions_state == State.WAITING and not image.renditions:
        return format_html('<span class="state state--in_review">{}</span>', "Being made")
    file = Picture.of(image).on_a_phone
    return _two_lines(filesizeformat(file.size), f"{NAMES.get(file.kind, file.kind)}, {file.width} px wide")


def files(image: Image, *, may_retry: bool) -> SafeString:
    """Show every file of the picture, and the way out if there are none."""
    picture = Picture.of(image)
    kinds = [*MODERN, *({file.kind for file in picture.own} or {picture.master.kind})]
    found = {(file.kind, file.width): file for file in picture.files}
    widths = sorted({file.width for file in picture.files})
    rows = [(width, [_cell(found.get((kind, width)), picture) for kind in kinds]) for width in widths]
    context = {
        "image": image,
        "state": State(image.renditions_state),
        "State": State,
        "kinds": [NAMES.get(kind, kind) for kind in kinds],
        "rows": rows,
        "master": picture.master,
        "phone": picture.on_a_phone,
        "phone_kind": NAMES.get(picture.on_a_phone.kind, picture.on_a_phone.kind),
        "may_retry": may_retry and image.renditions_state == State.FAILED,
    }
    return render_to_string("articles/admin/parts/renditions.html", context)


def _cell(file: File | None, picture: Picture) -> tuple[str, bool]:
    """Return what a cell says and whether it is the one that a phone loads."""
    return (filesizeformat(file.size), file == picture.on_a_phone) if file else ("–", False)


def _two_lines(first: str, second: str) -> SafeString:
    return format_html('{}<span class="row-note">{}</span>', first, second)
