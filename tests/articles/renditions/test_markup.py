"""The HTML of a picture: only files that exist, the right one first, and nothing that breaks out of an attribute."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.compile.sanitise import clean
from articles.renditions.markup import File, Picture, picture_html
from articles.renditions.places import PLACES
from tests.articles.renditions.pictures import finished
from tests.factories import ImageFactory

WIDTHS = (360, 540, 840, 1220, 1600)


def picture(*kinds, widths=WIDTHS, own=(540, 1220, 1600), master=(1600, 900)):
    files = [
        File(kind, width, f"/media/r/7/abc-{width}.{kind}", width * 10)
        for kind in kinds
        for width in (own if kind in {"jpg", "png"} else widths)
    ]
    original = File("jpg", master[0], "/media/images/x.jpg", 500_000)
    return Picture(original, master[1], tuple(sorted(files, key=lambda file: file.width)))


ALL = picture("avif", "webp", "jpg")


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def tags(html):
    return Tags(html).found


def addresses(html):
    """Every address that a browser may load."""
    found = [attrs["src"] for tag, attrs in tags(html) if "src" in attrs]
    for _, attrs in tags(html):
        found += [part.split()[0] for part in attrs.get("srcset", "").split(",") if part.strip()]
    return found


def test_the_best_format_comes_first_and_the_original_s_last():
    html = picture_html(ALL, "hero", alt="A leaf")

    assert [(tag, attrs.get("type")) for tag, attrs in tags(html)] == [
        ("picture", None), ("source", "image/avif"), ("source", "image/webp"), ("img", None)
    ]  # fmt: skip


def test_the_img_says_how_large_it_is_and_what_it_shows():
    *_, (_, img) = tags(picture_html(ALL, "text", alt="A leaf"))

    assert (img["width"], img["height"], img["alt"]) == ("1600", "900", "A leaf")
    assert img["src"] == "/media/r/7/abc-1220.jpg"
    assert img["srcset"].split(",")[0] == "/media/r/7/abc-540.jpg 540w"


def test_the_first_picture_is_fetched_before_all_else():
    *_, (_, img) = tags(picture_html(ALL, "hero", alt="", is_first=True))

    assert img["fetchpriority"] == "high"
    assert "loading" not in img


@pytest.mark.parametrize(("options", "loading"), [({}, "lazy"), ({"is_near": True}, None)])
def test_other_pictures_wait_unless_they_are_near(options, loading):
    *_, (_, img) = tags(picture_html(ALL, "card", alt="", **options))

    assert img.get("loading") == loading
    assert "fetchpriority" not in img


def test_without_renditions_there_is_the_original_alone():
    html = picture_html(picture(), "hero", alt="A leaf")

    assert html.startswith('<img src="/media/images/x.jpg" width="1600" height="900" alt="A leaf"')
    assert "srcset" not in html
    assert "picture" not in html


@pytest.mark.parametrize(
    ("place", "widest"), [("thumb", 540), ("box", 540), ("card", 840), ("text", 1600), ("hero", 1600)]
)
def test_no_place_names_files_wider_than_any_screen_shows(place, widest):
    html = picture_html(ALL, place, alt="")

    assert max(int(width) for width in re.findall(r"-(\d+)\.avif", html)) == widest


def test_one_file_needs_no_sizes():
    html = picture_html(picture("webp", "jpg", widths=(300,), own=(300,), master=(300, 200)), "text", alt="")

    assert 'srcset="/media/r/7/abc-300.webp">' in html
    assert "sizes" not in html


def test_a_chart_falls_back_to_the_original_where_smaller_files_weigh_more():
    html = picture_html(picture("avif", "png", own=(540,)), "hero", alt="")

    *_, (_, img) = tags(html)
    assert img["src"] == "/media/images/x.jpg"
    assert img["srcset"].endswith("/media/images/x.jpg 1600w")


def test_a_comma_in_an_address_does_not_end_it():
    file = File("webp", 360, "/media/a,b/x.webp")
    html = picture_html(Picture(File("jpg", 360, "/m/a,b.jpg"), 200, (file,)), "text", alt="")

    assert 'srcset="/media/a%2Cb/x.webp"' in html


def test_what_is_shared_is_wide_enough_and_of_the_original_s_kind():
    assert ALL.shared.url == "/media/r/7/abc-1220.jpg"
    assert picture("avif").shared.url == "/media/images/x.jpg"
    assert picture().shared.url == "/media/images/x.jpg"


def test_lists_of_the_admin_load_the_smallest():
    assert ALL.smallest.url == "/media/r/7/abc-360.webp"
    assert picture().smallest.url == "/media/images/x.jpg"


@pytest.mark.parametrize(
    ("kinds", "expected"), [(("avif", "webp", "jpg"), "avif"), (("webp", "jpg"), "webp"), (("jpg",), "jpg")]
)
def test_a_phone_takes_the_best_format(kinds, expected):
    file = picture(*kinds).on_a_phone

    assert (file.kind, file.width) == (expected, 1220)


def test_a_phone_takes_the_widest_of_a_narrow_picture():
    assert picture("avif", widths=(360, 540)).on_a_phone.width == 540


@pytest.mark.django_db
def test_the_row_becomes_a_picture():
    found = Picture.of(finished(ImageFactory(), kinds=("avif", "png")))

    assert found.master.size == 500_000
    assert [file.width for file in found.of_kind("avif")] == [360, 540, 840, 1220]
    assert found.of_kind("avif")[0].url.endswith("/abcdefgh-360.avif")
    assert {file.kind for file in found.own} == {"png"}


@pytest.mark.django_db
def test_files_come_from_where_the_originals_lie(settings):
    settings.MEDIA_URL = "https://cdn.example/m/"

    found = Picture.of(finished(ImageFactory()))

    assert found.files[0].url.startswith("https://cdn.example/m/r/")


KINDS = st.lists(st.sampled_from(["avif", "webp", "jpg", "png"]), unique=True)
RUNGS = st.lists(st.integers(1, 3_000), unique=True, min_size=1, max_size=6).map(sorted)


@given(KINDS, RUNGS, st.tuples(st.integers(1, 4_000), st.integers(1, 4_000)), st.sampled_from(sorted(PLACES)))
def test_every_address_named_exists(kinds, widths, master, place):
    shown = picture(*kinds, widths=widths, own=widths, master=master)

    html = picture_html(shown, place, alt="")

    assert set(addresses(html)) <= {file.url for file in (*shown.files, shown.master)}
    assert clean(html) == html


@given(st.text(max_size=40), st.text(max_size=40), st.booleans())
def test_words_stay_words(alt, css, is_first):
    html = picture_html(ALL, "text", alt=alt, css=css, is_first=is_first)

    names = [tag for tag, _ in tags(html)]
    assert names == ["picture", "source", "source", "img"]
    *_, (_, img) = tags(html)
    assert set(img) <= {
        "class", "src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding", "fetchpriority"
    }  # fmt: skip


@pytest.mark.parametrize(
    "srcset",
    [
        "/a.avif", "/a.avif 360w", "/a.avif 360w,/b.avif 540w", "https://cdn.example/a.avif 360w, /b.avif 540w",
        "/a%20b.avif 1w", "/a.avif?x=1&y=2 99999w",
    ],
)  # fmt: skip
def test_candidates_of_this_site_or_a_full_address_pass(srcset):
    escaped = srcset.replace("&", "&amp;")

    assert clean(f'<img srcset="{escaped}">') == f'<img srcset="{escaped}">'


@pytest.mark.parametrize(
    "srcset",
    [
        "javascript:alert(1)", "/a.avif 360w,javascript:alert(1) 540w", "data:image/png;base64,x", "//evil.example/x",
        "/\\evil.example/x 1w", "\\\\evil.example/x", "/a 1w,//evil.example/x 2w", " ", "", "x.avif", "/a.avif 2x 3w",
        "/a.avif 360w /b.avif", "java\tscript:x", "vbscript:x", "ftp://x/y", "blob:x", "/a,", ",/a", "/a .avif",
    ],
)  # fmt: skip
def test_any_other_candidate_is_dropped(srcset):
    assert clean(f'<source srcset="{srcset}">') == "<source>"


@given(st.text(alphabet=st.sampled_from("/\\:,. 1wxhtpsjavdn%\t\n"), max_size=30))
def test_no_candidate_leaves_for_another_scheme_or_a_hidden_host(srcset):
    *_, (_, attrs) = tags(clean(f'<img srcset="{srcset}">'))

    for candidate in attrs.get("srcset", "").split(","):
        assert re.match(r"\s*(https?://[^/\\]|/(?![/\\])|$)", candidate)
