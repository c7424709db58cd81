"""The sample articles: well formed, complete and honest before anything loads them."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml
from django.utils.text import slugify

DEMO = Path(__file__).parents[2] / "cms" / "demo"
ARTICLES = sorted((DEMO / "articles").glob("*.md"))
EVIDENCE = {"statistic", "clinical-evidence", "research-highlight", "study-insight"}
CONTAINERS = EVIDENCE | {"note", "warning"}
STUDY_TYPES = {"meta_analysis", "rct", "observational", "in_vitro", "review", "guideline", None}
BANNED = (
    "clinically proven", "scientifically proven", "proven to", "miracle", "breakthrough", "guaranteed",
    "game changer", "game-changer", "magic bullet", "superfood", "boosts immunity", "detox", "no side effects",
    "completely safe", "100% safe", "risk-free", "fda approved", "fda-approved", "doctors hate",
    "instant relief", "natural alternative to", "stop taking your", "best on the market",
    "highly bioavailable", "master mineral", "unbiased", "impartial",
)  # fmt: skip

CITATION = re.compile(r"(?<![\w.])@([a-z][a-z0-9:_-]*[a-z0-9])")
TARGET = re.compile(r"\]\((aff|art|img):([^)\s]+)\)")
EMBED = re.compile(r"^::([a-z][a-z-]*)(?:\{([^}]*)\})?$", re.M)
ENDED = {"alder-ash-kelp", "northmoor-autumn-box"}  # recalled, and expired
DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")

each_article = pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)


@cache
def load(name):
    return yaml.safe_load((DEMO / name).read_text(encoding="utf-8"))


@cache
def read(path):
    """Return the front matter and the body of an article."""
    opening, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    assert opening == "", "an article starts with its front matter"
    return yaml.safe_load(head), body


def containers(body):
    """Return [(name, text)] of the `:::name` blocks; raise ValueError at one that is open, nested or stray."""
    found, name, lines = [], None, []
    for number, line in enumerate(body.splitlines(), start=1):
        if line.strip() == ":::":
            if name is None:
                raise ValueError(f"line {number} closes nothing")
            found.append((name, "\n".join(lines)))
            name, lines = None, []
        elif line.startswith(":::"):
            if name is not None:
                raise ValueError(f"line {number} opens a block inside {name}")
            name = line[3:].strip()
        elif name is not None:
            lines.append(line)
    if name is not None:
        raise ValueError(f"{name} is never closed")
    return found


def slugs(name, key=None):
    rows = load(name)
    return [row["slug"] for row in (rows[key] if key else rows)]


def test_there_are_nine_or_ten_articles():
    assert len(ARTICLES) in {9, 10}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (":::note\ntext", "never closed"),
        (":::\n", "closes nothing"),
        (":::note\n:::warning\n:::\n:::", "inside note"),
    ],
)
def test_the_container_reader_refuses_a_broken_block(body, message):
    with pytest.raises(ValueError, match=message):
        containers(body)


@each_article
def test_front_matter_has_what_a_page_shows(path):
    head, _ = read(path)

    assert {
        "title",
        "slug",
        "date",
        "language",
        "authors",
        "topic",
        "tags",
        "description",
        "references",
    } <= set(head)
    assert head["slug"] == path.stem == slugify(head["slug"])
    assert head["language"] == "en"
    assert head["tags"]


@each_article
def test_dates_are_in_order(path):
    head, _ = read(path)

    assert isinstance(head["date"], date)
    assert head["date"].year == 2026
    assert head.get("updated", head["date"]) >= head["date"]
    assert ("reviewed_by" in head) == ("reviewed_on" in head)


@each_article
def test_description_fits_a_search_result(path):
    head, _ = read(path)

    assert 121 <= len(head["description"]) <= 156


@each_article
def test_length_is_that_of_an_article(path):
    _, body = read(path)

    assert 600 <= len(body.split()) <= 1500


@each_article
def test_people_topic_and_image_exist(path):
    head, _ = read(path)
    people = {row["name"] for row in load("authors.yaml")}
    images = {row["slug"]: row["alt"] for row in load("images.yaml")}

    assert set(head["authors"]) | set(head.get("reviewed_by", [])) <= people
    assert not set(head["authors"]) & set(head.get("reviewed_by", [])), "nobody reviews their own text"
    assert head["topic"] in {row["name"] for row in load("topics.yaml")}
    if "image" in head:
        assert head["image_alt"] == images[head["image"]]


@each_article
def test_links_pins_and_embeds_resolve(path):
    head, body = read(path)
    known = {
        "aff": set(slugs("links.yaml", "links")),
        "art": {other.stem for other in ARTICLES} - {path.stem},
        "img": set(slugs("images.yaml")),
    }
    embeds = EMBED.findall(body)

    assert [target for kind, target in TARGET.findall(body) if target not in known[kind]] == []
    assert set(head.get("recommended", [])) <= known["art"]
    assert {name for name, _ in embeds} <= {"product", "compare", "button", "papers", "related"}
    for name, attributes in embeds:
        if name in {"product", "compare"}:
            assert attributes
            assert set(attributes.split()) <= set(slugs("links.yaml", "products"))
        if name == "button":
            assert attributes in known["aff"]


@each_article
def test_references_and_citations_match(path):
    head, body = read(path)
    listed = [reference["id"] for reference in head["references"]]

    assert set(CITATION.findall(body)) == set(listed)
    assert len(listed) == len(set(listed))
    assert 3 <= len(listed) <= 8


@each_article
def test_references_are_complete_csl(path):
    head, _ = read(path)

    for reference in head["references"]:
        assert reference["type"] in {"article-journal", "book"}
        assert reference["title"]
        assert all(set(name) in ({"family", "given"}, {"literal"}) for name in reference["author"])
        assert 1980 <= reference["issued"]["date-parts"][0][0] <= 2026
        assert reference.get("study_type") in STUDY_TYPES
        assert reference.get("DOI") or reference.get("PMID") or reference.get("URL"), reference["id"]
        assert DOI.fullmatch(reference.get("DOI", "10.1000/none"))
        assert re.fullmatch(r"[1-9]\d{6,7}", reference.get("PMID", "1234567"))
        assert re.fullmatch(r"PMC\d{5,8}", reference.get("PMCID", "PMC12345"))


def test_a_work_is_described_the_same_everywhere():
    seen = {}

    for path in ARTICLES:
        for reference in read(path)[0]["references"]:
            assert seen.setdefault(reference["id"], reference) == reference

    for identifier in ("DOI", "PMID"):
        values = [reference[identifier].lower() for reference in seen.values() if identifier in reference]
        assert len(values) == len(set(values))


@each_article
def test_blocks_are_closed_and_evidence_is_cited(path):
    _, body = read(path)
    blocks = containers(body)

    assert {name for name, _ in blocks} <= CONTAINERS
    assert [name for name, text in blocks if name in EVIDENCE and not CITATION.search(text)] == []
    assert any(name in EVIDENCE for name, _ in blocks)


@each_article
def test_body_is_plain_markdown_below_the_title(path):
    _, body = read(path)

    assert not re.search(r"^# ", body, re.M), "the title is the only H1"
    assert not re.search(r"^(=+|-+)\s*$", body, re.M), "no underlined heading and no rule"
    assert not re.search(r"<[a-zA-Z/!]", body), "no raw HTML"
    assert not re.search(r"\]\((https?:|/)", body), "shops and articles are linked by their slug"


@each_article
def test_no_promise_is_made(path):
    head, body = read(path)
    text = " ".join(f"{head['title']} {head['description']} {body}".lower().split())

    assert [phrase for phrase in BANNED if phrase in text] == []


@each_article
def test_an_article_with_a_paid_link_sends_readers_to_a_clinician(path):
    _, body = read(path)
    warnings = " ".join(text for name, text in containers(body) if name == "warning")

    if "](aff:" in body:
        assert re.search(r"\b(doctor|pharmacist|midwife)\b", warnings)


def test_the_sample_shows_every_kind_of_block():
    bodies = [read(path)[1] for path in ARTICLES]
    names = {name for body in bodies for name, _ in containers(body)}

    assert names == CONTAINERS
    assert sum("::product{" in body for body in bodies) >= 2
    assert any("::button{" in body for body in bodies)
    assert any(
        name == "compare" and len(slugs.split()) == 3
        for body in bodies
        for name, slugs in EMBED.findall(body)
    )
    assert sum(bool(re.search(r"^::papers$", body, re.M)) for body in bodies) >= 2
    assert all(re.search(r"^::related$", body, re.M) for body in bodies)
    assert any(re.search(r"^\[\^\w+\]:", body, re.M) for body in bodies)
    assert any(re.search(r"\[@\w+, p\. \d+\]", body) for body in bodies)
    assert any(re.search(r"(?<!\[)@\w+ \[p\. \d+\]", body) for body in bodies)
    assert any(re.search(r"\[@\w+; @\w+", body) for body in bodies)
    assert any("](aff:" not in body and "::product" not in body for body in bodies), (
        "one article sells nothing"
    )


def test_every_link_and_picture_is_used():
    texts = [path.read_text(encoding="utf-8") for path in ARTICLES]
    products = {row["slug"]: row for row in load("links.yaml")["products"]}
    boxes = {"product", "compare"}
    named = {(name, slug) for text in texts for name, words in EMBED.findall(text) for slug in words.split()}
    shown = [products[slug] for name, slug in named if name in boxes]
    linked = {target for text in texts for kind, target in TARGET.findall(text) if kind == "aff"}
    linked |= {row["link"] for row in shown} | {slug for name, slug in named if name == "button"}
    covers = {read(path)[0].get("image") for path in ARTICLES} - {None}

    assert linked | ENDED == set(slugs("links.yaml", "links"))
    assert not linked & ENDED, "readers are not shown what has ended"
    assert covers | {row["image"] for row in shown if "image" in row} == set(slugs("images.yaml"))


def test_an_article_ends_with_a_link():
    heads = [read(path)[0] for path in ARTICLES]

    assert {head["affiliate_link"] for head in heads if "affiliate_link" in head} <= set(
        slugs("links.yaml", "links")
    )
    assert any("affiliate_link" in head for head in heads)


@pytest.mark.shared
@each_article
def test_no_phrase_of_the_claim_lists_blocks_an_article(path, shared_dir):
    terms = yaml.safe_load((shared_dir / "facts" / "claim_terms.yaml").read_text(encoding="utf-8"))
    blocking = [
        *terms["overclaim_phrases"]["error"], *terms["overclaim_phrases"]["warning"], *terms["absolute_safety_phrases"],
        *terms["fda_misuse_phrases"], *terms["medical_advice_phrases"]["error"], *terms["implied_disease_phrases"],
    ]  # fmt: skip
    text = " ".join(read(path)[1].lower().split())

    assert [phrase for phrase in blocking if re.search(rf"\b{re.escape(phrase)}\b", text)] == []
