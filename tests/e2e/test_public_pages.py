"""The public site in a browser: reachable for everybody, at every width, in both schemes, with nothing left behind."""

import pytest

from articles.models import RelatedEdge
from tests.factories import AuthorFactory, EditionFactory, ImageFactory, TopicFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

CALLOUTS = "".join(
    f'<aside class="callout callout--{kind}"><p class="callout__label">{kind}</p><p>Half of adults.'
    f'<sup class="cite"><a id="c-cite-{kind}-1" href="#c-ref-a">[1]</a></sup></p></aside>'
    for kind in ("statistic", "clinical-evidence", "research-highlight", "study-insight", "note", "warning")
)
HTML = f"""
<h2 id="c-what">What it is</h2><p>A mineral.<sup class="cite"><a id="c-cite-a-1" href="#c-ref-a">[1]</a></sup>
<code>141 mg</code> <a class="internal" href="/articles/x/">More</a>.</p>{CALLOUTS}
<blockquote><p>The dose makes the poison.</p></blockquote><hr>
<h2 id="c-much">How much</h2>
<div class="table-scroll" tabindex="0" role="region" aria-label="Table"><table><thead><tr>
<th>Mineral</th><th>Recommended for adults</th><th class="align-right">Upper limit in the States</th>
<th class="align-right">Upper limit in Europe</th></tr></thead><tbody><tr><td>Magnesium</td><td>310 mg</td>
<td class="align-right">350 mg</td><td class="align-right">250 mg</td></tr></tbody></table></div>
<aside class="disclosure"><p>We earn a commission when you buy through links on this page.</p></aside>
<p><a class="paid" href="/go/a/b/" rel="sponsored nofollow noopener">Northlake</a>
<span class="paid__label">(paid link)</span></p>
<div class="product"><p class="product__name">Northlake Magnesium</p><p class="product__brand">Northlake</p>
<ul class="product__facts"><li>100 mg</li></ul><p class="product__action">
<a class="paid paid--button" href="/go/a/c/" rel="sponsored nofollow noopener">See it at Northlake</a>
<span class="paid__label">(paid link)</span></p></div>
<section class="notices"><div class="notice"><h2 class="notice__title">For information</h2><p>No advice.</p></div>
</section>
<section class="references"><h2 id="c-references">References</h2><ol><li id="c-ref-a">
<strong class="references__flag">Retracted</strong> Smith. <i>Nutrients</i>
<a href="https://doi.org/10.1000/averyveryverylongidentifierwithoutanyplacetobreakit.2013.0000001">doi:10.1000/1</a>
<span class="references__back"><a href="#c-cite-a-1" aria-label="Back to text, use 1">a</a></span></li></ol></section>
"""


@pytest.fixture
def site(live_server):
    """A small site: an article with every part, one with a picture, and the addresses of all kinds of pages."""
    topic = TopicFactory(name="Magnesium", slug="magnesium")
    author = AuthorFactory(name="Ana Reyes", slug="ana")
    toc = [
        {"id": "c-what", "text": "What it is", "level": 2},
        {"id": "c-much", "text": "How much", "level": 2},
    ]
    common = {"topic": topic, "authors": [author], "has_paid_links": True}
    main = EditionFactory(
        article__slug="magnesium-in-full", title="Magnesium, an unabbreviated-and-hyphenated introduction", html=HTML,
        toc=toc, image=None, reviewed_on="2026-04-01", **common,
    )  # fmt: skip
    picture = ImageFactory(file__width=800, file__height=450)
    others = [EditionFactory(image=None, **common), EditionFactory(image=picture, **common)]
    for rank, other in enumerate(others):
        RelatedEdge.objects.create(source=main.article, target=other.article, rank=rank)
    return live_server.url


PAGES = ["/", "/articles/magnesium-in-full/", "/topics/magnesium/", "/authors/ana/"]


@pytest.mark.parametrize("look", [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible(site, page, axe, complaints, path, look):
    width, scheme = look
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)

    page.goto(site + path)

    assert complaints == []  # before axe, which loads the imports of the stylesheet from the wrong place
    axe(page)


@pytest.mark.parametrize("width", [320, 360, 768, 1000, 1280, 1920])
@pytest.mark.parametrize("path", PAGES)
def test_page_never_scrolls_sideways(site, page, path, width):
    page.set_viewport_size({"width": width, "height": 800})

    page.goto(site + path)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_page_leaves_nothing_behind_and_asks_nobody_else(site, page):
    requests = []
    page.on("request", lambda request: requests.append(request.url))

    page.goto(site + PAGES[1])

    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert [url for url in requests if not url.startswith(site)] == []


def test_article_works_without_script(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + PAGES[1])

    page.get_by_role("link", name="How much").click()

    assert page.url.endswith("#c-much")
    assert page.get_by_role("heading", name="You may also like").is_visible()
    context.close()


def test_keyboard_reaches_the_text_first(site, page):
    page.goto(site + PAGES[1])

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    assert skip.evaluate("link => link === document.activeElement && link.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_focus_can_be_seen(site, page):
    page.goto(site + PAGES[1])

    page.get_by_role("link", name="Ana Reyes").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")

    width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(width.removesuffix("px")) >= 2


def test_wide_table_scrolls_in_its_own_box(site, page):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(site + PAGES[1])

    box = page.get_by_role("region", name="Table").first

    assert box.evaluate("box => box.scrollWidth > box.clientWidth")


def test_print_has_no_navigation_and_full_addresses(site, page):
    page.goto(site + PAGES[1])
    page.emulate_media(media="print")

    assert not page.get_by_role("navigation", name="Site").is_visible()
    assert not page.get_by_role("navigation", name="Contents").is_visible()
    link = page.get_by_role("link", name="doi:10.1000/1")
    assert "https://doi.org/10.1000/" in link.evaluate("link => getComputedStyle(link, '::after').content")


def test_brackets_survive_forced_colours(site, page):
    page.emulate_media(forced_colors="active")
    page.goto(site + PAGES[1])

    style = page.locator(".callout--note").evaluate(
        "note => getComputedStyle(note, '::before').borderLeftStyle"
    )
    assert style == "solid"


def test_page_without_an_article_is_accessible(site, page, axe):
    page.goto(f"{site}/articles/none/")

    assert page.get_by_role("heading", level=1).inner_text() == "No page at this address"
    axe(page)
