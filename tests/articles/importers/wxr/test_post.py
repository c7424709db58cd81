"""What WordPress and its SEO plugins know about a post, as front matter."""

import pytest

from articles.importers import wxr
from tests.articles.importers.helpers import ids_of, only
from tests.articles.importers.wxr.files import SENTENCE, SITE, export, meta, picture, post, terms, write


def read_one(folder, *items):
    return next(iter(wxr.read(write(folder, *items))))


def excerpt(text):
    return f"<excerpt:encoded><![CDATA[{text}]]></excerpt:encoded>"


def test_a_whole_post(tmp_path):
    more = (
        excerpt("All <b>about</b> copper &amp; you.") + terms("Minerals") + terms("iron", domain="post_tag")
    )
    article = read_one(tmp_path, post(7, f"<p>{SENTENCE}</p>", title="Copper &amp; You", more=more))

    assert (article.title, article.slug, article.source_id) == (
        "Copper & You",
        "copper-and-you",
        f"{SITE}/?p=7",
    )
    assert article.text == f"{SENTENCE}\n"
    assert article.published_on.isoformat() == "2021-05-03"
    assert article.front_matter == {
        "date": "2021-05-03T08:00:00+00:00",
        "updated": "2022-01-02T03:04:05+00:00",
        "authors": ["Ana Lima"],
        "topic": "Minerals",
        "tags": ["iron"],
        "description": "All about copper & you.",
        "aliases": ["/2021/05/copper-and-you/"],
    }
    assert ids_of(article.findings) == ["IMP17"]
    assert article.not_understood == ()


def test_without_a_guid_the_number_on_its_site_is_the_identity(tmp_path):
    article = read_one(tmp_path, post(7).replace("<guid", "<x").replace("</guid", "</x"))

    assert article.source_id == "wordpress:old.example:7"


@pytest.mark.parametrize(
    ("fields", "description"),
    [
        ({"_yoast_wpseo_metadesc": "From Yoast."}, "From Yoast."),
        ({"rank_math_description": "From Rank Math."}, "From Rank Math."),
        ({"_yoast_wpseo_metadesc": "%%title%% %%sep%% us"}, "The excerpt."),
        ({"rank_math_description": "%excerpt% here"}, "The excerpt."),
        ({"_yoast_wpseo_metadesc": "Only 50% of us"}, "Only 50% of us"),
        ({}, "The excerpt."),
    ],
)
def test_the_description_for_search_engines_goes_first(tmp_path, fields, description):
    article = read_one(tmp_path, post(more=excerpt("The excerpt.") + meta(**fields)))

    assert article.front_matter["description"] == description


def test_a_title_for_search_engines_is_kept_and_told(tmp_path):
    article = read_one(tmp_path, post(more=meta(_yoast_wpseo_title="Copper: All You Need")))

    assert article.front_matter["original_seo_title"] == "Copper: All You Need"
    assert "“original_seo_title”" in article.not_understood[0]


@pytest.mark.parametrize("title", ["%%title%% %%sep%% %%sitename%%", "Copper and You"])
def test_a_title_for_search_engines_that_says_nothing_new_is_not_kept(tmp_path, title):
    article = read_one(tmp_path, post(more=meta(_yoast_wpseo_title=title)))

    assert "original_seo_title" not in article.front_matter


@pytest.mark.parametrize(
    ("primary", "topic"),
    [({}, "Sleep & Rest"), ({"rank_math_primary_category": "3"}, "Minerals"), ({"x": "3"}, "Sleep & Rest")],
)
def test_one_category_is_the_topic_and_the_others_are_tags(tmp_path, primary, topic):
    article = read_one(
        tmp_path, post(more=terms("Uncategorized", "Sleep & Rest", "Minerals") + meta(**primary))
    )

    assert article.front_matter["topic"] == topic
    assert set(article.front_matter["tags"]) == {"Sleep & Rest", "Minerals"} - {topic}
    assert "became tags" in article.not_understood[0]


@pytest.mark.parametrize(
    ("canonical", "kept"),
    [
        ("https://elsewhere.example/copper/", "https://elsewhere.example/copper/"),
        ("https://www.old.example/copper/", None),
        ("http://[x", None),
    ],
)
def test_only_the_original_of_a_copy_is_a_canonical_address(tmp_path, canonical, kept):
    article = read_one(tmp_path, post(more=meta(_yoast_wpseo_canonical=canonical)))

    assert article.front_matter.get("canonical_url") == kept


def test_a_draft_has_no_date_and_no_old_address(tmp_path):
    dates = {"post_date_gmt": "0000-00-00 00:00:00", "post_date": "0000-00-00 00:00:00"}
    article = read_one(tmp_path, post(status="draft", link=f"{SITE}/?p=1", **dates))

    assert article.front_matter["draft"] is True
    assert not {"date", "aliases"} & article.front_matter.keys()
    assert article.not_understood == ()


def test_without_a_time_in_utc_the_day_on_the_clock_of_the_site_counts(tmp_path):
    article = read_one(tmp_path, post(post_date_gmt="0000-00-00 00:00:00"))

    assert article.front_matter["date"] == "2021-05-03"


def test_every_name_that_a_post_had_is_an_old_address(tmp_path):
    article = read_one(
        tmp_path, post(link=f"{SITE}/blog/copper-and-you.html", more=meta(_wp_old_slug=["copper", "cu"]))
    )

    aliases = ["/blog/copper-and-you.html", "/blog/copper.html", "/blog/cu.html"]
    assert article.front_matter["aliases"] == aliases
    assert "/blog/cu.html" in only(article.findings, "IMP17")[0].message


def test_an_old_address_in_another_script_can_be_read(tmp_path):
    name = "caf%c3%a9"
    article = read_one(
        tmp_path, post(link=f"{SITE}/2021/{name}/", name=name, more=meta(_wp_old_slug="th%c3%a9"))
    )

    assert article.front_matter["aliases"] == ["/2021/café/", "/2021/thé/"]
    assert not [message for message in article.not_understood if "is not led on" in message]


def test_an_old_address_is_not_cut_at_a_mark_that_was_encoded(tmp_path):
    article = read_one(tmp_path, post(link=f"{SITE}/2021/c%23/", name="c"))

    assert article.front_matter["aliases"] == ["/2021/c%23/"]
    assert "it is no plain path" in article.not_understood[0]


def test_an_address_that_this_site_answers_is_told(tmp_path):
    article = read_one(tmp_path, post(link=f"{SITE}/admin/", name="admin"))

    assert "this site answers there itself" in article.not_understood[0]


def test_the_featured_picture_and_its_description(tmp_path):
    library = picture(9, "/wp-content/uploads/a%20jar.jpg", "A jar")
    article = read_one(tmp_path, post(more=meta(_thumbnail_id="9")), library)

    assert article.front_matter["image"] == "/wp-content/uploads/a jar.jpg"
    assert article.front_matter["image_alt"] == "A jar"


def test_a_post_without_a_title_gets_one_from_its_text(tmp_path):
    article = read_one(tmp_path, post(title="", name=""))

    assert SENTENCE.startswith(article.title.rstrip("…"))
    assert "the post has no title" in article.not_understood[0]


def test_an_author_without_a_record_is_known_by_the_login(tmp_path):
    assert read_one(tmp_path, post().replace("[ana]", "[bo]")).front_matter["authors"] == ["bo"]


def test_what_is_left_out_is_counted_by_kind(tmp_path):
    items = [
        post(2, status="trash"),
        post(3, status="auto-draft"),
        post(4, kind="revision", status="inherit"),
        post(5, kind="nav_menu_item"),
        post(6, kind="product"),
        post(7, status="odd"),
        post(8, "<!-- wp:spacer /-->", title="Nothing"),
        picture(9, "/a.jpg"),
        picture(10, "http://[x"),
    ]
    article = read_one(tmp_path, post(1), *items)

    assert article.not_understood[0] == (
        "Left out of the export: drafts that nobody saved: 1; earlier versions: 1; entries of menus: 1;"
        " entries of the media library: 2; items of the type “product”: 1; posts in the trash: 1;"
        " posts with the status “odd”: 1."
    )
    assert article.not_understood[1].startswith(
        "Posts that are without any text were left out: “Nothing” (line"
    )


def test_two_posts_that_want_one_address_are_linked_by_their_own(tmp_path):
    link = f'<a href="{SITE}/2021/05/zinc/">zinc</a>'
    twins = (post(number, name="zinc", link=f"{SITE}/{number}/zinc/") for number in (2, 3))

    assert read_one(tmp_path, post(1, link), *twins).text == f"[zinc]({SITE}/2021/05/zinc/)\n"


def test_a_version_that_is_new_to_us_is_told(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(export(post()).replace("version>1.2<", "version>9.0<"))

    (article,) = wxr.read(path)

    assert article.not_understood == ("The export has the version “9.0”, which is new to us. Look closely.",)


def test_references_and_labels_become_what_they_are_here(tmp_path):
    body = (
        "<p>Copper is absorbed (Siebert, 2013).</p>\n<p><strong>Statistic:</strong> One in four adults eats less.</p>\n"
        "<h2>References</h2>\n<ul><li>Siebert, T. (2013). On copper. Journal of Metals.</li></ul>"
    )
    article = read_one(tmp_path, post(1, body))

    assert "[@siebert2013]" in article.text
    assert ":::statistic\nOne in four adults eats less.\n:::" in article.text
    assert [item["id"] for item in article.front_matter["references"]] == ["siebert2013"]
