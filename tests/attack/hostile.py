"""Words that break out of whatever does not escape them, and a site that is full of them."""

from html.parser import HTMLParser

from articles.models import Article
from articles.revisions import save_revision
from tests.affiliates.factories import LinkFactory, ProductFactory
from tests.disclaimers.factories import DisclaimerFactory
from tests.factories import ArticleFactory, AuthorFactory, ImageFactory, TagFactory, TopicFactory, UserFactory
from tests.references.factories import ReferenceFactory

EVIL = (
    "\"'><img src=x onerror=alert(1)></script><script>alert(2)</script><!--chelate:related-->{{7*7}}"
    "\u2028&lt;b&gt;"
)
SHORT = "\"'><svg onload=alert(3)></title><script>alert(4)</script>"

TEXT = f"""# {EVIL}

:::note {EVIL}
Words.
:::

:::statistic <img src=x onerror=alert(5)>
{EVIL} [@evil, <script>alert(6)</script>; see <b>@evil]
:::

## Heading </script><script>alert(7)</script>

{EVIL} @evil [<svg/onload=alert(8)>] and [words {SHORT}](art:evil-target) and [shop {SHORT}](aff:evil-shop).

[a](javascript:alert(9)) [b](JaVaScRiPt:alert(9)) [c](data:text/html,<script>alert(9)</script>) [d](vbscript:x)
[e](java&#10;script:alert(9)) [f](&#106;avascript:alert(9)) [g](<javascript:alert(9)>) <javascript:alert(9)>
[h](https://e.org "{SHORT.replace('"', "'")}") [i](//evil.example) [j](https://e.org/"onmouseover="alert(9))

![{EVIL.replace("]", "")}](img:evil "{SHORT.replace('"', "'")}")

![x" onerror="alert(10)](https://evil.example/x.png)

```"><script>alert(11)</script>
{EVIL}
```

`{EVIL}`

| {SHORT} | b |
|:-:|--:|
| {SHORT} | `{SHORT}` |

Note[^1] and[^<script>] and^[inline {EVIL}]

[^1]: {EVIL}

[ref]: javascript:alert(12) "{SHORT.replace('"', "'")}"

[x][ref] ~~{EVIL}~~

<script>alert(13)</script>

<iframe src="javascript:alert(14)"></iframe>

::product{{evil-product}}

::compare{{evil-product evil-product}}

::papers

::{{"><script>alert(15)</script>}}

::related

After the related block {EVIL}
"""


def hostile_article() -> Article:
    """An article in which every word that somebody typed is hostile."""
    title = {
        "title": f"<i>{SHORT}</i></script><script>alert(16)</script>",
        "container-title": EVIL,
        "URL": "javascript:alert(17)",
        "DOI": None,
        "author": [{"family": SHORT, "given": SHORT}],
    }
    ReferenceFactory(citekey="evil", **{f"csl__{key}": value for key, value in title.items()})
    link = LinkFactory(slug="evil-shop", title=SHORT[:60], store_name=SHORT[:60])
    ProductFactory(
        slug="evil-product",
        name=SHORT[:60],
        brand=SHORT[:60],
        form=SHORT[:60],
        amount_per_serving=SHORT[:60],
        facts=[EVIL, 5, None],
        link=link,
    )
    DisclaimerFactory(slug="evil", title=SHORT, text=EVIL)
    DisclaimerFactory(slug="evil-disclosure", title=SHORT, text=EVIL, disclosure=True)
    DisclaimerFactory(slug="evil-health", title=SHORT, text=EVIL, health=True)
    AuthorFactory(
        slug="evil", name=SHORT, job_title=SHORT, credentials=SHORT, bio=EVIL, profile_url="javascript:1"
    )
    ImageFactory(slug="evil", alt=EVIL, credit=EVIL[:200])
    TagFactory(slug="evil", name=SHORT[:60])
    topic = TopicFactory(name=SHORT[:60], slug="evil", description=EVIL)
    target = ArticleFactory(slug="evil-target", title=EVIL[:200], topic=topic)
    article = ArticleFactory(slug="evil", title=EVIL[:200], topic=topic, owner=UserFactory(first_name=SHORT))
    save_revision(
        article,
        text=TEXT,
        front_matter={
            "title": EVIL,
            "slug": "evil",
            "description": EVIL,
            "topic": "evil",
            "authors": ["evil"],
            "reviewed_by": "evil",
            "reviewed_on": "2026-05-01",
            "image": "evil",
            "image_alt": EVIL,
            "tags": [EVIL, SHORT],
            "recommended": [EVIL, "evil-target"],
            "canonical_url": "javascript:alert(18)",
            "jurisdictions": [EVIL],
            "affiliate_link": "evil-shop",
            "references": [
                {"id": "evil", "custom": {"insight": EVIL, "citation_source": EVIL, "citation_count": "5"}}
            ],
            "disclaimers": [EVIL, "evil"],
            EVIL: {EVIL: EVIL},
        },
    )
    save_revision(target, text=EVIL, front_matter={"title": EVIL, "slug": "evil-target"})
    return article


class Markup(HTMLParser):
    """What a page would run or load, as an HTML parser sees it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.problems: list[str] = []
        self.data: list[str] = []
        self.inline: list[str] = []
        self.evaluated: list[str] = []  # what Alpine.js would run
        self._into: list[str] | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "script":
            is_data = values.get("type") in {"application/ld+json", "application/json"}
            self._into = self.data if is_data else self.inline
            if not is_data and not (values.get("src") or "").startswith("/static/"):
                self.problems.append(f"script {values}")
        if tag in {"object", "embed", "base", "svg:script"}:
            self.problems.append(tag)
        for name, value in attrs:
            if name.startswith("on") and tag != "body":
                self.problems.append(f"{tag} {name}={value}")
            if name.startswith(("x-", "@", ":")):
                self.evaluated.append(value or "")
            if name in {"href", "src", "action", "formaction"} and value:
                scheme = "".join(value.split()).lower().partition(":")[0]
                if scheme in {"javascript", "vbscript", "data"} and "/" not in scheme:
                    self.problems.append(f"{tag} {name}={value}")
            if name == "src" and (value or "").strip() == "x":
                self.problems.append(f"{tag} src={value}")

    def handle_endtag(self, tag):
        if tag == "script":
            self._into = None

    def handle_data(self, data):
        if self._into is not None:
            self._into.append(data)
