"""An article of 1,400 words with everything a page can carry, for size, query and speed measurements.

The words are counted as in a file of the kind that people write: the list of references belongs to them.
"""

from __future__ import annotations

import random
from itertools import cycle
from typing import Any

from affiliates.models import AffiliateLink
from affiliates.services import link_for_url
from articles.models import Article, Topic
from articles.revisions import save_revision
from cms import plugins
from tests.factories import AuthorFactory, ImageFactory, TopicFactory

WORDS = 1_400
WORDS_OF_A_REFERENCE = 20
SHOPS = ("https://pharmacy.example/zinc", "https://herbs.example/zinc-drops", "https://mill.example/bran")
MINERALS = ("zinc", "iron", "magnesium", "selenium", "calcium", "iodine", "copper", "potassium")
FOODS = ("lentils", "oats", "mussels", "spinach", "pumpkin seeds", "rye bread", "yoghurt", "dried apricots")
SENTENCES = (
    "A serving of {food} gives an adult about a tenth of the {mineral} that a day asks for.",
    "The body takes up a larger share of {mineral} when its stores are low and a smaller one when they are full.",
    "Phytate in whole grains holds on to {mineral}, and soaking or sourdough sets part of it free again.",
    "Labels state the whole compound or the {mineral} inside it, and the difference is often threefold.",
    "Trials last eight to twelve weeks as a rule, which is too short to see what a year of {mineral} would do.",
    "Whoever eats {food} twice a week and drinks mineral water rarely needs a tablet on top.",
    "Older adults absorb somewhat less {mineral}, and some common medicines lower the amount further.",
    "A blood test shows {mineral} in the serum, which the body keeps steady long after the stores run down.",
    "Splitting the dose over two meals costs nothing and raises the absorbed amount of {mineral} a little.",
    "Most people tolerate {mineral} with food, while the same dose on an empty stomach makes many of them queasy.",
    "Authors of the larger studies report who paid for them, and readers do well to look there first.",
    "The upper limit counts {mineral} from tablets and fortified food, not what {food} bring along.",
)
WORKS = (
    ("lim2013", "Lim", "Zinc or multiple micronutrient supplementation to reduce diarrhea", 2013),
    ("hess2009", "Hess", "Impact of zinc fortification on zinc nutrition", 2009),
    ("gibson2018", "Gibson", "Implications of phytate in plant-based foods for iron and zinc", 2018),
    ("foster2013", "Foster", "Effect of vegetarian diets on zinc status: a systematic review", 2013),
    ("wegmuller2014", "Wegmüller", "Zinc absorption by young adults from supplemental zinc citrate", 2014),
)
TABLE = """\
| Form | Elemental share | Typical tablet |
| :--- | ---: | :--- |
| Citrate | 31 % | 15 mg with food |
| Gluconate | 14 % | 25 mg with food |
| Picolinate | 21 % | 22 mg at any time |
| Oxide | 80 % | 10 mg, poorly absorbed |
"""


def long_article(number: int = 1) -> tuple[dict[str, Any], str]:
    """Return front matter, as a file would hold it, and Markdown of 1,400 words. Equal numbers give equal texts."""
    dice = random.Random(number)
    mineral, food = dice.choice(MINERALS), dice.choice(FOODS)
    front_matter = {
        "title": f"What {mineral} from {food} does for an adult, part {number}",
        "slug": f"{mineral}-part-{number}",
        "description": f"How much {mineral} an adult needs, what {food} bring along, and what a tablet adds to them.",
        "date": "2026-02-03",
        "tags": [mineral, food],
        "references": [_item(*work) for work in WORKS],
    }
    return front_matter, _text(dice, mineral, food)


def _item(key: str, family: str, title: str, year: int) -> dict[str, Any]:
    return {
        "id": key,
        "type": "article-journal",
        "title": title,
        "author": [{"family": family, "given": "A. B."}, {"family": "Osei", "given": "C."}],
        "container-title": "Journal of Nutrition",
        "issued": {"date-parts": [[year]]},
        "volume": "112",
        "page": "45-61",
        "DOI": f"10.5555/{key}",
        "study_type": "rct",
    }


def _text(dice: random.Random, mineral: str, food: str) -> str:
    keys, shops = cycle(key for key, *_ in WORKS), cycle(("pharmacy", "herbs", "mill"))

    def prose(count: int) -> str:
        sentences = (dice.choice(SENTENCES) for _ in range(count))
        return " ".join(
            text.format(mineral=dice.choice(MINERALS), food=dice.choice(FOODS)) for text in sentences
        )

    def cited() -> str:
        return f"{prose(3)[:-1]} [@{next(keys)}]."

    def sold() -> str:
        return f"{prose(2)} We link to [a tested product with {mineral}](aff:long-{next(shops)})."

    def callout(name: str) -> str:
        return f":::{name}\n{cited()}\n:::"

    steps = "\n".join(f"{number}. {prose(1)}" for number in range(1, 5))
    sections = [
        (f"## What {mineral} does in the body", cited(), cited()),
        ("## How much a day asks for", callout("statistic"), cited()),
        (f"### What {food} bring along", TABLE, prose(3)),
        ("## What trials measured", callout("clinical-evidence"), cited()),
        ("### Where they disagree", cited(), prose(4)),
        ("## Reading a label", sold(), steps),
        ("## Who should ask a doctor first", cited(), sold()),
        ("## What we would buy", sold(), cited()),
    ]
    parts = [prose(3), cited(), *(part for section in sections for part in section)]
    missing = WORDS - sum(len(part.split()) for part in parts) - len(WORKS) * WORDS_OF_A_REFERENCE
    return "\n\n".join([*parts, _padding(prose, missing)]) + "\n"


def _padding(prose: Any, count: int) -> str:
    return " ".join(" ".join(prose(1) for _ in range(count // 12 + 1)).split()[:count])


def save(number: int = 1) -> Article:
    """Store the working copy, with the records that it names, through the services that an import uses."""
    front_matter, text = long_article(number)
    for name, url in zip(("pharmacy", "herbs", "mill"), SHOPS, strict=True):
        _link(f"long-{name}", url)
    topic = Topic.objects.first() or TopicFactory()
    front_matter |= {"topic": topic.slug, "authors": [AuthorFactory().slug], "image": ImageFactory().slug}
    for part in plugins.registry().article_parts.values():
        front_matter |= part.load(front_matter)
    article = Article.objects.create(title=front_matter["title"], slug=front_matter["slug"], topic=topic)
    save_revision(article, text=text, front_matter=front_matter)
    return article


def _link(slug: str, url: str) -> None:
    if not AffiliateLink.objects.filter(slug=slug).exists():
        link = link_for_url(url, title="Tested product")
        AffiliateLink.objects.filter(pk=link.pk).update(slug=slug)
