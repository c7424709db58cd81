"""Keys of Jekyll and Hugo become ours; what fits nowhere is kept and reported."""

import pytest

from articles.importers.keys import read_keys


def values(**raw):
    return read_keys(raw).values


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ({"title": "  A\n b "}, {"title": "A b"}),
        ({"title": 2024}, {"title": "2024"}),
        ({"lastmod": "2024-05-13"}, {"updated": "2024-05-13"}),
        ({"last_modified_at": "2024-05-13"}, {"updated": "2024-05-13"}),
        ({"publishDate": "2024-05-13"}, {"date": "2024-05-13"}),
        ({"lang": "de"}, {"language": "de"}),
        ({"author": "Ana Diaz"}, {"authors": ["Ana Diaz"]}),
        ({"authors": "Ana Diaz, Bo Ek"}, {"authors": ["Ana Diaz", "Bo Ek"]}),
        ({"authors": [{"name": "Ana Diaz", "url": "/ana"}]}, {"authors": ["Ana Diaz"]}),
        ({"reviewed_by": ["Helen Varga"]}, {"reviewed_by": "Helen Varga"}),
        ({"category": "Minerals"}, {"topic": "Minerals"}),
        ({"keywords": "zinc, copper"}, {"tags": ["zinc", "copper"]}),
        ({"tags": ["zinc", "zinc", 5]}, {"tags": ["zinc", "5"]}),
        ({"summary": "Short."}, {"description": "Short."}),
        ({"cover": "a.png"}, {"image": "a.png"}),
        ({"image": {"path": "a.png", "alt": "A pan"}}, {"image_alt": "A pan", "image": "a.png"}),
        ({"canonicalURL": "https://example.org/a"}, {"canonical_url": "https://example.org/a"}),
        ({"permalink": "/2019/zinc.html"}, {"aliases": ["/2019/zinc.html"]}),
        ({"aliases": ["old", "/b/"], "url": "https://example.org/c/"}, {"aliases": ["/old", "/b/", "/c/"]}),
        ({"redirect_from": ["/a/", "/b/"]}, {"aliases": ["/a/", "/b/"]}),
        ({"guid": "x-1"}, {"source_id": "x-1"}),
        ({"draft": True}, {"draft": True}),
        ({"published": False}, {"draft": True}),
        ({"title": None, "tags": "", "date": "2024-05-13"}, {"date": "2024-05-13"}),
        ({"references": [{"id": "a"}]}, {"references": [{"id": "a"}]}),
    ],
)
def test_known_keys(raw, read):
    assert values(**raw) == read


def test_other_names_are_told():
    assert read_keys({"lastmod": "2024-05-13", "title": "A"}).renamed == ["lastmod → updated"]


def test_unknown_keys_are_kept_and_reported():
    reading = read_keys({"layout": "post", "weight": 3})

    assert reading.values == {"layout": "post", "weight": 3}
    assert len(reading.not_understood) == 2
    assert "“layout” is no key of ours" in reading.not_understood[0]


def test_keys_of_plugins_are_kept_in_silence():
    reading = read_keys({"affiliate_link": "https://shop.example"}, frozenset({"affiliate_link"}))

    assert reading.values == {"affiliate_link": "https://shop.example"}
    assert reading.not_understood == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", ["A"]),
        ("date", "May 13, 2024"),
        ("date", ["2024-05-13"]),
        ("tags", {"a": 1}),
        ("authors", [["Ana"]]),
        ("topic", {}),
        ("draft", "maybe"),
        ("references", "see below"),
        ("image", {"alt": "no path"}),
        ("aliases", {"a": 1}),
        ("reviewed_by", []),
    ],
)
def test_values_that_do_not_fit_are_kept_apart_and_reported(key, value):
    reading = read_keys({key: value})

    assert key not in reading.values
    assert reading.values[f"original_{key}"] == value
    assert f"of “{key}” was not understood" in reading.not_understood[0]


def test_an_own_key_wins_over_its_other_name():
    reading = read_keys({"lastmod": "2024-01-01", "updated": "2024-05-13"})

    assert reading.values == {"lastmod": "2024-01-01", "updated": "2024-05-13"}
    assert "the first counts, both were kept" in reading.not_understood[0]


def test_two_other_names_of_one_key():
    reading = read_keys({"summary": "One.", "excerpt": "Two."})

    assert reading.values == {"description": "One.", "excerpt": "Two."}
    assert "Two keys give “description”" in reading.not_understood[0]


def test_two_other_names_that_agree_need_no_words():
    reading = read_keys({"summary": "One.", "excerpt": "One."})

    assert reading.values == {"description": "One."}
    assert reading.not_understood == []


def test_several_categories_become_topic_and_tags():
    reading = read_keys({"categories": ["Minerals", "Sleep"], "tags": ["zinc"]})

    assert reading.values == {"topic": "Minerals", "tags": ["Sleep", "zinc"]}
    assert "“Sleep” became tags" in reading.not_understood[0]


def test_tags_without_commas_are_one_tag():
    reading = read_keys({"tags": "zinc copper"})

    assert reading.values == {"tags": ["zinc copper"]}
    assert "taken for one tag" in reading.not_understood[0]


def test_letters_behind_a_name_are_no_second_author():
    reading = read_keys({"author": "Ana Diaz, RD, MSc"})

    assert reading.values == {"authors": ["Ana Diaz"], "original_authors": "Ana Diaz, RD, MSc"}
    assert "“RD, MSc”" in reading.not_understood[0]


def test_a_second_reviewer_is_kept_and_reported():
    reading = read_keys({"reviewed_by": ["Helen Varga", "Ana Diaz"]})

    assert reading.values["reviewed_by"] == "Helen Varga"
    assert reading.values["original_reviewed_by"] == ["Helen Varga", "Ana Diaz"]
    assert "“Ana Diaz” does not show" in reading.not_understood[0]


def test_references_that_are_no_items_are_kept_apart():
    reading = read_keys({"references": [{"id": "a"}, "Siebert 2013"]})

    assert reading.values == {"references": [{"id": "a"}], "original_references": ["Siebert 2013"]}
    assert "“Siebert 2013”" in reading.not_understood[0]
