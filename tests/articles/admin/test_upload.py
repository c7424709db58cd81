"""Pictures uploaded from the editor."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from articles.models import Image

pytestmark = pytest.mark.django_db


def png(color=(200, 30, 20)):
    out = io.BytesIO()
    Pillow.new("RGB", (30, 20), color).save(out, "PNG")
    return SimpleUploadedFile("shot.png", out.getvalue(), "image/png")


class TestUpload:
    def test_the_markdown_comes_back(self, author, browse, at):
        reply = browse(author).post(at("upload"), {"file": png(), "alt": "A [zinc]  crystal"})

        image = Image.objects.get()
        assert reply.json() == {
            "slug": "a-zinc-crystal", "url": image.file.url, "insert": "![A (zinc) crystal](img:a-zinc-crystal)",
        }  # fmt: skip

    def test_decoration_needs_no_words(self, author, browse, at):
        reply = browse(author).post(at("upload"), {"file": png(), "decorative": "on"})

        assert reply.json()["insert"] == "![](img:picture)"
        assert Image.objects.get().is_decorative

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            ({}, "Choose a picture first."),
            ({"alt": "x"}, "Choose a picture first."),
            ({"file": "not a file", "alt": "x"}, "Choose a picture first."),
        ],
    )
    def test_nothing_to_store_is_a_bad_request(self, data, message, author, browse, at):
        reply = browse(author).post(at("upload"), data)

        assert (reply.status_code, reply.json()["error"]) == (400, message)

    @pytest.mark.parametrize(
        ("name", "body", "declared"),
        [
            ("x.html", b"<script>alert(1)</script>", "image/gif"),
            ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"),
            ("x.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "image/png"),
            ("x.jpg", b"", "image/jpeg"),
        ],
    )
    def test_what_is_no_picture_is_refused_in_words(
        self, name, body, declared, author, browse, at, media_root
    ):
        file = SimpleUploadedFile(name, body, declared)

        reply = browse(author).post(at("upload"), {"file": file, "alt": "x"})

        assert reply.status_code == 400
        assert reply.json()["error"]
        assert not Image.objects.exists()
        assert not media_root.exists()

    def test_a_missing_description_is_asked_for(self, author, browse, at):
        reply = browse(author).post(at("upload"), {"file": png()})

        assert reply.status_code == 400
        assert "Describe the picture" in reply.json()["error"]

    def test_the_stored_name_says_nothing_of_the_uploaded_one(self, author, browse, at):
        file = png()
        file.name = "../../../etc/passwd.php"

        browse(author).post(at("upload"), {"file": file, "alt": "A crystal"})

        stored = Image.objects.get().file.name
        assert "passwd" not in stored
        assert stored.endswith(".png")
