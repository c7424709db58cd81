"""XML of others: hostile, broken, odd and large files."""

import tracemalloc

import pytest

from articles.importers import IMPORTERS, UnreadableFileError, wxr
from articles.importers.wxr import xml
from tests.articles.importers.wxr.files import HEAD, SENTENCE, TAIL, export, meta, post, write

BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE rss [\n<!ENTITY a "aaaaaaaaaa">\n'
    '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">\n]>\n<rss><channel><title>&b;</title></channel></rss>'
)
FOREIGN = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<rss><channel><title>&x;</title></channel></rss>'
REMOTE = '<!DOCTYPE rss SYSTEM "http://x.example/a.dtd">\n<rss><channel/></rss>'
PARAMETER = '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://x.example/p"> %p;]>\n<rss/>'


def put(folder, text):
    path = folder / "export.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("text", [BOMB, FOREIGN, REMOTE, PARAMETER])
def test_what_declares_something_is_refused(tmp_path, text):
    with pytest.raises(UnreadableFileError, match="declares a document type or entities"):
        list(wxr.read(put(tmp_path, text)))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (HEAD + "<a>" * 40, "nested deeper than 20 levels"),
        ("<html></html>", "begins with <html>, an export with <rss>"),
        ("", "line 1: it is no whole XML .no element found"),
        (HEAD + "<item>", "line 19: it is no whole XML .no element found"),
        (HEAD + "<item>&nbsp;</item>" + TAIL, "line 19: it is no whole XML .undefined entity"),
        ('<?xml version="1.0" encoding="x-none"?><rss/>', "this XML is not read|it is no whole XML"),
        (b"<rss>\xff</rss>", "it is no whole XML"),
        (HEAD + TAIL, "there is no post in it that could be taken over"),
    ],
)
def test_files_that_cannot_be_read(tmp_path, text, problem):
    with pytest.raises(UnreadableFileError, match=problem):
        list(wxr.read(put(tmp_path, text)))


def test_a_file_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(xml, "MAX_FILE_BYTES", 1000)

    with pytest.raises(UnreadableFileError, match="Export it in parts"):
        list(wxr.read(write(tmp_path, post())))


def test_a_file_that_is_gone_is_said(tmp_path):
    with pytest.raises(UnreadableFileError, match="cannot be opened"):
        list(wxr.read(tmp_path / "gone.xml"))


@pytest.mark.parametrize(
    "large",
    [
        post(2, "a" * (xml.MOST_CHARACTERS + 1), title="Too much"),
        post(2, title="Too much", more=meta(**{f"k{number}": "v" for number in range(7_000)})),
    ],
)
def test_a_post_that_is_too_large_is_left_out_and_named(tmp_path, large):
    (article,) = wxr.read(write(tmp_path, post(1), large))

    assert article.title == "Copper and You"
    assert "too large for an article were left out: “Too much” (line " in article.not_understood[-1]


def test_control_characters_of_the_database_go(tmp_path):
    (article,) = wxr.read(put(tmp_path, export(post(1, "Cop\x0bper\x00 is\x08 red."))))

    assert article.text == "Copper is red.\n"


def test_comments_of_readers_are_counted_and_not_read(tmp_path):
    comment = "<wp:comment><wp:comment_content>Spam <![CDATA[<b>]]></wp:comment_content></wp:comment>"
    (article,) = wxr.read(write(tmp_path, post(1, more=comment * 3)))

    assert article.not_understood == ("Comments of readers were left out: 3.",)
    assert "Spam" not in article.text


def test_cdata_that_is_parted_is_put_together(tmp_path):
    (article,) = wxr.read(write(tmp_path, post(1, "a ]]> b")))

    assert article.text == "a \\]\\]> b\n"


@pytest.mark.parametrize(
    ("name", "data", "score"),
    [
        ("a.xml", export(post()), 1.0),
        ("a.WXR", export(post()), 1.0),
        ("a.xml", "<rss version='2.0'><channel/></rss>", 0.0),
        ("a.txt", export(post()), 0.0),
        ("a.xml", "", 0.0),
    ],
)
def test_sniff(tmp_path, name, data, score):
    (tmp_path / name).write_text(data)

    assert wxr.sniff(tmp_path / name) == score


def test_sniffing_a_file_that_is_gone_finds_nothing(tmp_path):
    assert wxr.sniff(tmp_path / "gone.xml") == 0.0


def test_no_other_importer_wants_an_export(tmp_path):
    path = write(tmp_path, post())

    assert [importer.id for importer in IMPORTERS if importer.sniff(path)] == ["wxr"]


def test_memory_does_not_grow_with_the_file(tmp_path):
    body = f"<p>{SENTENCE}</p>\n" * 100
    path = write(tmp_path, *(post(number, body, name=f"p{number}") for number in range(200)))

    tracemalloc.start()
    count = sum(1 for _ in wxr.read(path))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 200
    assert path.stat().st_size > 1_700_000
    assert most < 1_200_000
