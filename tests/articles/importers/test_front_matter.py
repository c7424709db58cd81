"""The importer of Markdown with front matter."""

from datetime import date

import pytest

from articles.importers import UnreadableFileError, front_matter
from tests.articles.importers.helpers import SENTENCE, ids_of, only, read_marked


@pytest.mark.parametrize(
    ("name", "data", "score"),
    [
        ("a.md", b"---\ntitle: A\n---\n", 1.0),
        ("a.txt", b"---\r\ntitle: A\r\n---\r\n", 1.0),
        ("a.markdown", b"\xef\xbb\xbf---\ntitle: A\n---\n", 1.0),
        ("a.md", b"+++\ntitle = 1\n+++\n", 1.0),
        ("a.md", b"\xff\xfe-\0-\0-\0\n\0", 1.0),
        ("a.md", b"Text.\n---\n", 0.0),
        ("a.md", b"", 0.0),
        ("a.md", b"----\n", 0.0),
        ("a.yaml", b"---\ntitle: A\n---\n", 0.0),
    ],
)
def test_sniff(tmp_path, name, data, score):
    (tmp_path / name).write_bytes(data)

    assert front_matter.sniff(tmp_path / name) == score


def test_sniffing_a_file_that_is_gone_finds_nothing(tmp_path):
    assert front_matter.sniff(tmp_path / "gone.md") == 0.0


def test_a_whole_article(tmp_path):
    article = read_marked(
        tmp_path,
        """
        ---
        title: "Copper and You"
        slug: copper-and-you
        date: 2024-05-13
        tags: [copper, iron]
        recommended: [Zinc and You]
        layout: post
        ---

        # Copper and You

        Copper is absorbed (Siebert, 2013).

        ## Papers

        | Paper Title (Author, Year) | Relevant Insight | Citations |
        |---|---|---|
        | On copper (Siebert, 2013) | It is absorbed. | - |
        """,
    )

    assert (article.title, article.slug, article.published_on) == (
        "Copper and You",
        "copper-and-you",
        date(2024, 5, 13),
    )
    assert article.text == "Copper is absorbed [@siebert2013].\n\n## Papers\n\n::papers\n"
    assert article.line_map == (12, 13, 14, 15, 16)
    assert article.pins == ("Zinc and You",)
    assert article.front_matter["tags"] == ["copper", "iron"]
    assert article.front_matter["layout"] == "post"
    assert [item["id"] for item in article.front_matter["references"]] == ["siebert2013"]
    assert not {"title", "slug", "recommended"} & article.front_matter.keys()
    assert any("layout" in message for message in article.not_understood)


def test_the_name_of_a_jekyll_file_gives_date_and_address(tmp_path):
    article = read_marked(tmp_path, "---\ntitle: Copper\n---\nText.", name="2019-03-02-old-copper.md")

    assert (article.published_on, article.slug) == (date(2019, 3, 2), "old-copper")


def test_the_front_matter_wins_over_the_name(tmp_path):
    text = "---\ntitle: Copper\ndate: 2020-01-01\nslug: new-copper\n---\nText."
    article = read_marked(tmp_path, text, name="2019-03-02-old-copper.md")

    assert (article.published_on, article.slug) == (date(2020, 1, 1), "new-copper")


def test_old_addresses_are_kept_and_told(tmp_path):
    article = read_marked(tmp_path, "---\ntitle: Copper\npermalink: /2019/copper.html\n---\nText.")

    assert article.front_matter["aliases"] == ["/2019/copper.html"]
    assert "/2019/copper.html" in only(article.findings, "IMP17")[0].message


@pytest.mark.parametrize(
    ("wanted", "slug"),
    [("Copper And You", "copper-and-you"), ("copper/and/you", "copperandyou"), ("日本", "copper")],
)
def test_an_address_that_cannot_be_one_is_changed_and_told(tmp_path, wanted, slug):
    article = read_marked(tmp_path, f"---\ntitle: Copper\nslug: {wanted}\n---\nText.")

    assert article.slug == slug
    assert only(article.findings, "IMP16")[0].quote == wanted


def test_a_long_title_is_cut_and_kept(tmp_path):
    article = read_marked(tmp_path, f"---\ntitle: {'Copper ' * 60}\n---\nText.")

    assert len(article.title) <= 200
    assert len(article.slug) <= 120
    assert len(article.front_matter["original_title"]) > 400
    assert "was cut to 200" in article.not_understood[0]


def test_references_without_keys_get_some(tmp_path):
    article = read_marked(
        tmp_path,
        """
        ---
        title: Copper
        references:
          - {title: On copper, author: [{family: Siebert}], issued: {date-parts: [[2013]]}}
          - {id: same, title: One}
          - {id: same, title: Another Work}
        ---
        Safe (Siebert, 2013).
        """,
    )

    assert [item["id"] for item in article.front_matter["references"]] == [
        "siebert2013",
        "same",
        "another-work",
    ]
    assert article.text == "Safe [@siebert2013].\n"
    assert [message for message in article.not_understood if "is cited as" in message]


def test_comments_are_told(tmp_path):
    article = read_marked(tmp_path, "---\ntitle: Copper\n# ask Ana\n---\nText.")

    assert [(finding.line, finding.quote) for finding in only(article.findings, "IMP12")] == [
        (3, "# ask Ana")
    ]


def test_an_identity_of_its_own(tmp_path):
    article = read_marked(tmp_path, "---\ntitle: Copper\nguid: tag:example.org,2019:7\n---\nText.")

    assert article.source_id == "tag:example.org,2019:7"
    assert "source_id" not in article.front_matter


def test_a_rule_on_the_first_line_is_no_front_matter(tmp_path):
    article = read_marked(tmp_path, f"---\n{SENTENCE}\n---\n\nMore.")

    assert SENTENCE in article.text


def test_toml_of_hugo(tmp_path):
    article = read_marked(
        tmp_path, '+++\ntitle = "Copper"\ndate = 2024-05-13T08:00:00Z\ncategories = ["Minerals"]\n+++\nText.'
    )

    assert (article.title, article.published_on) == ("Copper", date(2024, 5, 13))
    assert article.front_matter["topic"] == "Minerals"
    assert article.front_matter["date"] == "2024-05-13T08:00:00+00:00"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("---\ntitle: A\n---\n\n  \n", "there is no text in it"),
        ("---\ntitle: A\nText.", "line 1: the front matter that begins here is never closed"),
        ("---\ntitle: [\n---\nText.", "line 3: the front matter is not valid YAML"),
        (
            "---\na: &a [1]\nb: &b [" + "*a," * 9_000 + "]\nc: [*b, *b, *b]\n---\nText.",
            "more than 20,000 values",
        ),
        ("---\na: &a [*a]\n---\nText.", "nested too deep|more than 20,000 values"),
    ],
)
def test_files_that_cannot_be_read(tmp_path, text, problem):
    with pytest.raises(UnreadableFileError, match=problem):
        read_marked(tmp_path, text)


NATIVE = "# Copper\n\n\nUnderstanding Copper\nCopper is red.\n\nYou may also like\n:::statistic\nx\n:::\n"


def test_our_own_export_comes_back_letter_by_letter(tmp_path):
    article = read_marked(tmp_path, f"---\ntitle: Copper\nformat: chelate\n---\n{NATIVE}")

    assert article.text == NATIVE
    assert article.callout_count == 1
    assert "format" not in article.front_matter
    assert ids_of(article.findings) == []


@pytest.mark.parametrize("text", ["Copper.", "Copper.\n", "\nCopper.\n\n"])
def test_our_own_export_keeps_its_ends(tmp_path, text):
    article = read_marked(tmp_path, f"---\ntitle: Copper\nformat: chelate\n---\n{text}")

    assert article.text == text
