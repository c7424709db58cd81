"""Which file of a picture a browser loads. Holds articles/renditions/places.py against the style sheets."""

import io
from functools import cache

import pytest
from PIL import Image as Pillow

from articles.images import store_upload
from articles.models import RelatedEdge, Topic
from articles.publishing import publish
from articles.renditions import making
from articles.renditions.encode import widths
from tests.articles.renditions.pictures import encoded
from tests.factories import ArticleFactory, EditionFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

SCREENS = [(320, 1), (360, 2), (360, 3), (412, 2.625), (768, 1), (768, 2), (1280, 1), (1280, 2), (1920, 1)]
SIZE = (2500, 1406)
KINDS = {"avif": ("AVIF", {"speed": 10}), "webp": ("WEBP", {"method": 0}), "jpg": ("JPEG", {})}


@cache
def every_file():
    """Files of every kind and width, encoded in haste: here only their widths matter."""
    shades = Pillow.radial_gradient("L").convert("RGB")
    heights = {width: round(SIZE[1] * width / SIZE[0]) for width in widths(SIZE[0])}
    return {
        kind: {
            width: encoded(shades.resize((width, height)), name, **options)
            for width, height in heights.items()
        }
        for kind, (name, options) in KINDS.items()
    }


@pytest.fixture
def site(live_server, kernel_only, monkeypatch):
    """An article with a hero, a picture in its text and a recommendation; both pictures with all their files."""
    monkeypatch.setattr(making, "renditions", lambda master: every_file())
    # A picture for each place: Chromium shows a wider file again rather than load a narrower one.
    images = [
        store_upload(io.BytesIO(encoded(Pillow.new("RGB", SIZE, (50 * n, 90, 90)))), alt=name, slug=name)
        for n, name in enumerate(["hero", "waves", "card1", "card2", "card3"])
    ]
    making.make_due(seconds=600)
    text = "\n\n".join(["Zinc is absorbed."] * 3) + "\n\n![More waves](img:waves)\n\nMore.\n"
    article = ArticleFactory(slug="zinc", text=text, front_matter={"image": "hero"})
    edition = publish(article, override="Only pictures are looked at.")
    for rank, image in enumerate(images[2:]):
        other = EditionFactory(image=image, topic=edition.topic)
        RelatedEdge.objects.create(source=article, target=other.article, rank=rank)
    return live_server.url


@pytest.fixture
def look(browser, site):
    """Return a function that opens a page on a screen, scrolls through it and returns the page."""
    contexts = []

    def visit(path, width, density):
        context = browser.new_context(viewport={"width": width, "height": 800}, device_scale_factor=density)
        contexts.append(context)
        page = context.new_page()
        page.goto(site + path)
        page.evaluate("""() => Promise.all([...document.images].map(img => {
            img.loading = "eager"
            return img.decode()
        }))""")
        return page

    yield visit
    for context in contexts:
        context.close()


def pictures(page):
    """Return for each picture the file it loaded and how many pixels wide the screen shows it, beyond what is cut."""
    return page.evaluate(
        """() => [...document.images].map(img => {
            const box = img.getBoundingClientRect()
            const ratio = img.getAttribute("width") / img.getAttribute("height")
            const isCut = getComputedStyle(img).objectFit === "cover"
            const points = isCut ? Math.max(box.width, box.height * ratio) : box.width
            const [, width, kind] = img.currentSrc.match(/-(\\d+)\\.(\\w+)$/)
            return {width: +width, kind, needed: points * devicePixelRatio, place: img.className || img.alt}
        })"""
    )


@pytest.mark.parametrize("path", ["/articles/zinc/", "/", "/topics/{topic}/"])
def test_every_picture_is_sharp_and_hardly_wider_than_shown(look, path):
    topic = Topic.objects.filter(editions__isnull=False).first()

    found = [
        (width, density, picture)
        for width, density in SCREENS
        for picture in pictures(look(path.format(topic=topic.slug), width, density))
    ]

    assert len(found) >= 4 * len(SCREENS)
    for width, density, picture in found:
        at = (width, density, picture)
        assert picture["width"] >= min(picture["needed"] * 0.97, 2432), at
        # The next rung of the ladder at most, and what sizes round up.
        assert picture["width"] <= max(picture["needed"] * 1.75, 360), at


@pytest.mark.parametrize(
    ("width", "density", "hero", "text"),
    [
        (360, 3, "1220.avif", "1220.avif"),
        (1280, 1, "1220.avif", "840.avif"),
        (1280, 2, "2432.avif", "1680.avif"),
    ],
)
def test_the_files_of_an_article(look, width, density, hero, text):
    page = look("/articles/zinc/", width, density)

    assert page.evaluate("document.querySelector('.hero img').currentSrc").endswith(f"-{hero}")
    assert page.evaluate("document.querySelector('.prose .figure img').currentSrc").endswith(f"-{text}")


def test_only_one_file_of_each_picture_is_loaded(site, page):
    loaded = []
    page.on("response", lambda answer: loaded.append(answer) if "/media/" in answer.url else None)

    page.goto(site + "/articles/zinc/")
    page.locator(".related").first.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")

    stems = [answer.url.rsplit("-", 1)[0] for answer in loaded]
    assert len(stems) == len(set(stems))
    assert all(answer.headers["content-type"] == "image/avif" for answer in loaded)


def test_a_late_picture_is_not_loaded_before_the_reader_comes_near(site, page):
    page.set_viewport_size({"width": 360, "height": 300})
    page.goto(site + "/articles/zinc/")

    loads = page.evaluate("[...document.images].map(img => [img.loading, img.fetchPriority])")

    assert loads[0] == ["auto", "high"]
    assert all(load == ["lazy", "auto"] for load in loads[1:])


def test_a_picture_has_its_place_before_it_is_loaded(site, page):
    page.route("**/media/**", lambda route: route.abort())
    page.goto(site + "/articles/zinc/")

    heights = page.evaluate("[...document.images].map(img => img.getBoundingClientRect().height)")

    assert all(height > 50 for height in heights)
