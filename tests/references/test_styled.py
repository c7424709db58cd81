"""Articles in a style of their own: labels, anchors, list, and the way back."""

import re
from html import unescape

import pytest

from articles.compile import compile_article
from articles.publishing import publish
from cms.contracts import CITATIONS
from references import checks
from references.styles import PandocFailed, pandoc, stored
from tests.factories import ArticleFactory
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library(db):
    for key, name, year in [
        ("smith2020", "Smith", 2020),
        ("adams2019", "Adams", 2019),
        ("who2018", "WHO", 2018),
    ]:
        item = {
            "type": "article-journal",
            "title": f"On {name}",
            "author": [{"family": name, "given": "Ana"}],
            "issued": {"date-parts": [[year]]},
            "container-title": "Zinc",
            "DOI": f"10.1234/{key}",
        }
        ReferenceFactory(citekey=key, csl=item)


def compiled(text, style="apa", mode="publish", **front_matter):
    article = ArticleFactory(text=text, front_matter={"citation_style": style, **front_matter})
    return compile_article(article, mode)


def halves(document):
    body, _, listed = document.html.partition('<section class="references"')
    return body, listed


def plain(html):
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


@pytest.mark.parametrize(
    ("style", "text", "shown"),
    [
        ("apa", "Zinc [@smith2020].", "Zinc (Smith, 2020)."),
        ("apa", "@smith2020 says", "Smith (2020) says"),
        ("apa", "@smith2020 [p. 2; @adams2019] says", "Smith (2020, p. 2; Adams, 2019) says"),
        ("apa", "Zinc [-@smith2020; @adams2019].", "Zinc (Adams, 2019; 2020)."),
        ("ama", "Zinc [@smith2020; @adams2019].", "Zinc1,2."),
        ("ama", "@smith2020 says", "Smith 1 says"),
        ("vancouver", "Zinc [@smith2020].", "Zinc (1)."),
        ("vancouver", "@smith2020 says", "Smith (1) says"),
        ("vancouver", "Zinc [@smith2020; @adams2019; @who2018].", "Zinc (1–3)."),
        ("ieee", "Zinc [@smith2020, p. 3].", "Zinc [1, p. 3]."),
        ("apa", "Zinc [@smith2020; @nokey].", "Zinc (Smith, 2020)."),
        ("apa", "Zinc @nokey and [@nokey] [@smith2020].", "Zinc @nokey and (Smith, 2020)."),
    ],
)  # fmt: skip
def test_labels_stand_in_the_sentence_as_the_style_wants(style, text, shown):
    body, _ = halves(compiled(text, style))

    assert plain(body) == shown


@pytest.mark.parametrize("style", ["apa", "ama", "vancouver", "ieee", "chicago", "harvard", "nature"])
def test_every_use_has_an_anchor_and_a_way_back(style):
    text = (
        "A [@smith2020]. B [@smith2020; @adams2019; @who2018, p. 3]. @adams2019 says.\n\n"
        "| t |\n|---|\n| [@who2018] |\n\nNote[^1]. Last [@smith2020].\n\n[^1]: In a note [@adams2019].\n"
    )

    document = compiled(text, style)

    ids = re.findall(r' id="(c-(?:cite|ref)-[^"]+)"', document.html)
    targets = re.findall(r'href="#(c-(?:cite|ref)-[^"]+)"', document.html)
    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)
    uses = document.records[CITATIONS]
    assert {f"c-cite-{use.citekey}-{use.position}" for use in uses} <= set(ids)
    assert sorted(target for target in targets if target.startswith("c-cite-")) == sorted(
        f"c-cite-{use.citekey}-{use.position}" for use in uses
    )
    assert len(uses) == 8


def test_labels_of_notes_and_tables_are_their_own():
    document = compiled("First[^1] [@smith2020].\n\n[^1]: Note [@adams2019].\n", "vancouver")

    assert "First" in document.html
    assert [(use.citekey, use.number) for use in document.records[CITATIONS]] == [
        ("smith2020", 1),
        ("adams2019", 2),
    ]
    assert re.search(r'href="#c-ref-adams2019">2</a>', document.html)


def test_author_date_lists_are_sorted_by_name_without_numbers():
    document = compiled("[@smith2020] [@adams2019]")
    _, listed = halves(document)

    assert re.findall(r'<li id="c-ref-([^"]+)"', listed) == ["adams2019", "smith2020"]
    assert "<ol" not in listed
    assert "Adams, A. (2019). On Adams. <i>Zinc</i>." in listed
    assert [entry.work.citekey for entry in document.records[checks.LISTED]] == ["adams2019", "smith2020"]


def test_numbered_lists_follow_the_text():
    _, listed = halves(compiled("[@smith2020] [@adams2019]", "ama"))

    assert re.findall(r'<li id="c-ref-([^"]+)"', listed) == ["smith2020", "adams2019"]
    assert "<ol>" in listed
    assert "Adams A. On Adams. <i>Zinc</i>." in listed


def test_works_that_are_only_listed_have_the_style_too():
    document = compiled("[@smith2020]", references=[{"id": "who2018"}, {"id": "adams2019"}])
    _, listed = halves(document)

    assert re.findall(r'<li id="c-ref-([^"]+)"', listed) == ["smith2020", "adams2019", "who2018"]
    assert "WHO, A. (2018). On WHO." in listed


def test_a_retracted_work_keeps_its_mark():
    ReferenceFactory(citekey="bad2000", retracted=True)

    _, listed = halves(compiled("[@bad2000]"))

    assert '<strong class="references__flag">Retracted</strong>' in listed


def test_the_site_has_a_style_and_an_article_its_own(settings):
    settings.CITATION_STYLE = "vancouver"

    assert plain(halves(compiled("Zinc [@smith2020].", None))[0]) == "Zinc (1)."
    assert plain(halves(compiled("Zinc [@smith2020].", "apa"))[0]) == "Zinc (Smith, 2020)."
    assert plain(halves(compiled("Zinc [@smith2020].", "built-in"))[0]) == "Zinc[1]."


def test_an_unknown_style_is_told_and_the_sites_used(settings):
    settings.CITATION_STYLE = "vancouver"

    document = compiled("Zinc [@smith2020].", "mla")

    assert plain(halves(document)[0]) == "Zinc (1)."
    [finding] = [found for found in document.findings if found.id == "FM02"]
    assert (finding.severity, finding.quote) == ("warning", "mla")


def test_the_language_of_the_article_is_the_lists():
    ReferenceFactory(citekey="undated", csl={"type": "book", "title": "Salz", "author": [{"family": "Berg"}]})

    body, _ = halves(compiled("Salz [@undated].", language="de"))

    assert plain(body) == "Salz (Berg, o. J.)."


def test_a_preview_shows_provisional_labels_until_the_style_is_ready(monkeypatch):
    monkeypatch.setattr(stored, "PREVIEW_SECONDS", 0.0001)
    article = ArticleFactory(text="Zinc [@smith2020].", front_matter={"citation_style": "apa"})

    waiting = compile_article(article, "preview")
    monkeypatch.setattr(stored, "PREVIEW_SECONDS", 20)
    stored.RenderedCitations.objects.all().delete()
    ready = compile_article(article, "preview")

    assert "Zinc[1]." in plain(halves(waiting)[0])
    assert 'class="references" data-pending' in waiting.html
    assert "Zinc (Smith, 2020)." in plain(halves(ready)[0])
    assert "data-pending" not in ready.html


def test_a_broken_pandoc_is_a_warning_and_the_built_in_style_stands_in(monkeypatch):
    def fail(*args, **kwargs):
        raise PandocFailed("out of order")

    monkeypatch.setattr(pandoc, "run", fail)

    document = compiled("Zinc [@smith2020].")

    assert plain(halves(document)[0]) == "Zinc[1]."
    assert "Smith A. On Smith." in document.html
    [finding] = [found for found in document.findings if found.id == "MD08"]
    assert finding.severity == "warning"
    assert "out of order" in finding.message


@pytest.mark.parametrize("count", [1, 30])
def test_a_style_costs_one_query_however_long_the_text(count, django_assert_max_num_queries):
    article = ArticleFactory(text="Zinc [@smith2020]. " * count, front_matter={"citation_style": "apa"})
    plainly = ArticleFactory(text="Zinc [@smith2020]. " * count, front_matter={"citation_style": "built-in"})
    compile_article(article, "publish")

    with django_assert_max_num_queries(40) as without:
        compile_article(plainly, "publish")
    with django_assert_max_num_queries(40) as styled:
        compile_article(article, "publish")

    assert len(styled) == len(without) + 1


def test_readers_get_the_style():
    article = ArticleFactory(text="Zinc [@smith2020].", front_matter={"citation_style": "apa"})

    edition = publish(article, override="Tests of other plugins' checks stand elsewhere")

    assert "(<a" in edition.html
    assert "Smith, A. (2020). On Smith." in edition.html


def test_hostile_words_of_the_text_and_the_library_stay_words():
    ReferenceFactory(
        citekey="evil2000",
        csl={
            "type": "book",
            "title": "<img src=x onerror=alert(1)> <i onclick='x()'>a</i>",
            "author": [{"literal": '"><script>alert(1)</script>'}],
            "URL": "javascript:alert(1)",
        },
    )

    html = compiled("Zinc [<script>x</script> @evil2000, p. 3 <b>y</b>].").html

    assert not re.findall(r"<(?:script|img|b)\b", html)
    assert not re.findall(r"<[^>]* on[a-z]+=", html)
    assert 'href="javascript' not in html


def test_the_way_back_leads_to_the_very_link_unless_a_range_swallowed_it():
    html = compiled("A [@smith2020; @adams2019; @who2018].", "vancouver").html

    assert '<a id="c-cite-smith2020-1" href="#c-ref-smith2020">1</a>' in html
    assert '<span id="c-cite-adams2019-1"></span>' in html
    assert '<a id="c-cite-who2018-1" href="#c-ref-who2018">3</a>' in html
