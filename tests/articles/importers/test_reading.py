"""A file's text, or one clear sentence why not."""

import codecs

import pytest

from articles.importers.reading import MAX_BYTES, UnreadableFileError, read_text


@pytest.fixture
def file(tmp_path):
    return tmp_path / "article.md"


@pytest.mark.parametrize(
    "data",
    [
        "naïve “zinc”".encode(),
        codecs.BOM_UTF8 + "naïve “zinc”".encode(),
        codecs.BOM_UTF16_LE + "naïve “zinc”".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "naïve “zinc”".encode("utf-16-be"),
        codecs.BOM_UTF32_LE + "naïve “zinc”".encode("utf-32-le"),
    ],
)
def test_byte_order_marks_tell_the_encoding_and_go(file, data):
    file.write_bytes(data)

    assert read_text(file) == "naïve “zinc”"


@pytest.mark.parametrize("data", [b"a\r\nb\r\n", b"a\rb\r", b"a\nb\n", b"a\r\nb\r"])
def test_line_ends_become_one_kind(file, data):
    file.write_bytes(data)

    assert read_text(file) == "a\nb\n"


def test_another_encoding_is_refused_with_line_and_byte(file):
    file.write_bytes(b"first\nit\x92s copper\n")

    with pytest.raises(UnreadableFileError, match=r"article\.md, line 2: byte 0x92 is not UTF-8") as caught:
        read_text(file)
    assert (caught.value.line, caught.value.path) == (2, file)


def test_a_null_character_is_refused_with_its_line(file):
    file.write_bytes(b"one\ntwo\nthr\0ee")

    with pytest.raises(UnreadableFileError, match="line 3: it holds a null character"):
        read_text(file)


def test_a_huge_file_is_refused_unread(file, monkeypatch):
    file.write_bytes(b"x" * (MAX_BYTES + 1))
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda path: pytest.fail("it was read"))

    with pytest.raises(UnreadableFileError, match=r"2\.0 MB; an article may have 2 MB"):
        read_text(file)


def test_a_file_that_is_gone_is_refused(file):
    with pytest.raises(UnreadableFileError, match="cannot be opened"):
        read_text(file)


def test_an_empty_file_is_empty(file):
    file.write_bytes(b"")

    assert read_text(file) == ""
