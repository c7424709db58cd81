"""The data files next to the sample articles: people, topics, pictures, programmes and links."""

from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from django.utils.text import slugify
from PIL import Image

DEMO = Path(__file__).parents[2] / "cms" / "demo"


WIDE, SQUARE = (1600, 900), (800, 800)


@cache
def load(name):
    return yaml.safe_load((DEMO / name).read_text(encoding="utf-8"))


def slugs(name, key=None):
    rows = load(name)
    return [row["slug"] for row in (rows[key] if key else rows)]


def of_products():
    return {row["image"] for row in load("links.yaml")["products"] if "image" in row}


@pytest.mark.parametrize("name", ["authors.yaml", "topics.yaml", "images.yaml"])
def test_slugs_of_a_data_file_are_unique(name):
    found = slugs(name)

    assert len(found) == len(set(found))
    assert found == [slugify(slug) for slug in found]


@pytest.mark.parametrize("name", ["authors.yaml", "topics.yaml"])
def test_a_name_gives_its_own_slug(name):
    assert [slugify(row["name"]) for row in load(name)] == slugs(name)


def test_bios_say_that_the_people_are_invented():
    assert all("invented person" in row["bio"] for row in load("authors.yaml"))


@pytest.mark.parametrize("row", load("images.yaml"), ids=lambda row: row["slug"])
def test_pictures_are_small_and_of_one_size(row):
    file = DEMO / "images" / row["file"]

    assert file.stat().st_size <= 60_000
    with Image.open(file) as picture:
        assert picture.size == (SQUARE if row["slug"] in of_products() else WIDE)
        assert picture.format in {"WEBP", "PNG"}
    assert row["alt"]
    assert row["credit"]


def test_every_picture_file_is_listed():
    assert {file.name for file in (DEMO / "images").iterdir()} == {row["file"] for row in load("images.yaml")}


def test_links_belong_to_a_programme_and_products_to_a_link():
    data = load("links.yaml")
    networks = {row["key"] for row in data["networks"]}
    programs = {row["slug"]: row for row in data["programs"]}

    assert {row["network"] for row in data["programs"]} <= networks
    for link in data["links"]:
        program = programs[link["program"]]
        for field in ("network", "merchant", "store_name"):
            assert link[field] == program[field]
    assert {row["link"] for row in data["products"]} <= set(slugs("links.yaml", "links"))
    for key in ("programs", "links", "products"):
        assert len(slugs("links.yaml", key)) == len(set(slugs("links.yaml", key)))


def test_shops_are_reserved_names_and_amazon_carries_its_tag():
    programs = {row["slug"]: row for row in load("links.yaml")["programs"]}

    for link in load("links.yaml")["links"]:
        program, address = programs[link["program"]], urlsplit(link["url"])
        query = parse_qs(address.query)
        assert address.scheme == "https"
        assert all(domain.endswith(".example") for domain in program.get("domains", []))
        for other in (*link.get("other_targets", ()), {"url": link.get("fallback_url", "")}):
            assert not other["url"] or urlsplit(other["url"]).hostname in program["domains"]
        if link["network"] == "amazon":
            assert address.hostname == "www.amazon.com"
            assert query == {"tag": [program["account"]]}
        elif link["network"] == "awin":
            assert address.hostname == "www.awin1.com"
            assert query["awinaffid"] == [program["account"]]
            assert urlsplit(query["ued"][0]).hostname in program["domains"]
        else:
            assert address.hostname in program["domains"]


def test_a_link_leads_readers_of_some_countries_and_languages_elsewhere():
    links = load("links.yaml")["links"]
    others = [other for link in links for other in link.get("other_targets", ())]

    assert any("countries" in other for other in others)
    assert any("languages" in other for other in others)


def test_programmes_say_what_they_pay_in():
    assert {row.get("currency") for row in load("links.yaml")["programs"]} == {"EUR", "GBP", "USD"}
