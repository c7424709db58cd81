"""One way through the house: a file becomes a page, the page a click, and what changes later follows."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from affiliates.models import Click, ClickDay
from affiliates.services import link_for_url
from articles.models import Article, Edition
from articles.publishing import publish, unpublish
from articles.revisions import save_revision
from cms.work import schedules
from references import library
from references.models import Reference
from tests.acceptance.page import Page
from tests.affiliates.requests import BROWSER

pytestmark = pytest.mark.django_db

SHOP = "https://shop.example/zinc-lozenges"
FIRST = """\
---
title: Zinc before bed
slug: zinc-before-bed
date: 2026-02-03
description: What zinc in the evening does, and what it does not do.
tags: [zinc, sleep]
affiliate_link: https://mill.example/zinc
disclaimers: ["Our tests: We tasted the lozenges ourselves."]
references:
  - id: lim2013
    type: article-journal
    title: Zinc in the evening
    author: [{family: Lim, given: A. B.}]
    container-title: Journal of Nutrition
    issued: {date-parts: [[2013]]}
    DOI: 10.5555/lim2013
---

Zinc supports the immune system, and a lozenge at night changes little of that [@lim2013].

## What the trial measured

:::clinical-evidence
Forty adults took zinc for eight weeks [@lim2013, p. 4].
:::

Whoever wants to try may use [these lozenges](aff:shop-lozenges) with a glass of water.
"""
SECOND = """\
---
title: Zinc in food
slug: zinc-in-food
date: 2026-02-04
description: Where zinc comes from when it does not come from a tablet.
tags: [zinc]
---

Lentils, oats and pumpkin seeds bring zinc along, and so do mussels.
"""


@pytest.fixture
def records():
    """What an editor made before the file came: a managed link."""
    link = link_for_url(SHOP, title="Zinc lozenges")
    link.slug = "shop-lozenges"
    link.save()


@pytest.fixture
def imported(records, tmp_path, run_tasks):
    """Both files, imported and published by the command, with the worker's work done."""
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "zinc-before-bed.md").write_text(FIRST)
    (folder / "zinc-in-food.md").write_text(SECOND)
    out = StringIO()
    call_command("import_content", str(folder), "--publish", "--json", stdout=out, stderr=StringIO())
    run_tasks()
    return json.loads(out.getvalue())


@pytest.fixture
def article(imported):
    return Article.objects.get(slug="zinc-before-bed")


def read(client, slug="zinc-before-bed"):
    response = client.get(f"/articles/{slug}/")
    assert response.status_code == 200
    return Page(response.text)


def test_a_file_becomes_a_page(client, imported):
    page = read(client)

    assert imported["created"] == 2
    assert page.one("h1").text == "Zinc before bed"
    assert "a lozenge at night changes little of that" in page.text
    assert page.one("aside", "callout--clinical-evidence").text.startswith("Clinical evidence")


def test_citations_lead_to_the_list_and_back(client, imported):
    page = read(client)

    uses = [link for cite in page.all("sup", "cite") for link in page.elements[cite.position + 1 :][:1]]
    entry = page.named("c-ref-lim2013")

    assert [use.attributes["href"] for use in uses] == ["#c-ref-lim2013", "#c-ref-lim2013"]
    assert "Zinc in the evening" in entry.text
    for use in uses:
        assert f'href="#{use.attributes["id"]}"' in page.html


def test_readers_are_told_before_the_first_paid_link(client, imported):
    page = read(client)

    disclosure, paid = page.one("aside", "disclosure"), page.paid_links
    assert len(paid) == 2  # the lozenges in the text and the link of the front matter at its end
    assert disclosure.position < paid[0].position
    assert page.text.count("(paid link)") == 2
    assert {link.attributes["rel"] for link in paid} == {"sponsored nofollow noopener"}


def test_notices_stand_after_the_text(client, imported):
    page = read(client)

    notices = page.all("div", "notice")
    text = page.named("c-what-the-trial-measured")
    assert any(notice.has_class("notice--health") for notice in notices)
    assert any("We tasted the lozenges ourselves." in notice.text for notice in notices)
    assert all(notice.position > text.position for notice in notices)


def test_the_other_article_is_recommended(client, imported):
    page = read(client)

    assert [card.text.strip() for card in page.all("h3", "card__title")] == ["Zinc in food"]


def test_a_click_is_counted_and_sent_on(client, imported, django_capture_on_commit_callbacks):
    link = read(client).paid_links[0]

    response = client.get(link.attributes["href"], headers=BROWSER)
    with django_capture_on_commit_callbacks(execute=True):
        schedules.run_due(schedules.all_schedules())

    assert response.status_code == 302
    assert response["Location"] == SHOP
    click = Click.objects.get()
    assert (click.link.slug, click.click_class, click.placement.article.slug) == (
        "shop-lozenges",
        "human",
        "zinc-before-bed",
    )
    assert [(day.link_id, day.raw_count) for day in ClickDay.objects.all()] == [(click.link_id, 1)]


def test_an_old_address_leads_to_the_new_one(client, article):
    front_matter = {**article.head.front_matter, "slug": "zinc-at-night"}
    save_revision(article, text=article.head.text, front_matter=front_matter)
    publish(article)

    response = client.get("/articles/zinc-before-bed/")

    assert (response.status_code, response["Location"]) == (301, "/articles/zinc-at-night/")
    assert read(client, "zinc-at-night").one("h1").text == "Zinc before bed"


def test_a_corrected_reference_reaches_the_page(
    client, article, run_tasks, django_capture_on_commit_callbacks
):
    reference = Reference.objects.get(citekey="lim2013")
    reference.csl = {**reference.csl, "title": "Zinc at night, corrected"}
    reference.derive()
    with django_capture_on_commit_callbacks(execute=True):
        library.store(reference)
    assert "Zinc at night, corrected" not in read(client).text

    run_tasks()

    assert "Zinc at night, corrected" in read(client).named("c-ref-lim2013").text
    assert [edition.number for edition in Edition.objects.live().filter(article=article)] == [2]


def test_a_placement_outlives_a_recompilation(client, article, run_tasks, django_capture_on_commit_callbacks):
    before = [link.attributes["href"] for link in read(client).paid_links]
    reference = Reference.objects.get(citekey="lim2013")
    reference.csl = {**reference.csl, "title": "Zinc at night, corrected"}
    reference.derive()
    with django_capture_on_commit_callbacks(execute=True):
        library.store(reference)
    run_tasks()

    assert [link.attributes["href"] for link in read(client).paid_links] == before


def test_a_withdrawn_article_is_gone(client, article, run_tasks):
    unpublish(article)
    run_tasks()

    assert client.get("/articles/zinc-before-bed/").status_code == 410
    assert "Zinc before bed" not in client.get("/").text
    assert "Zinc before bed" not in client.get("/articles/zinc-in-food/").text
