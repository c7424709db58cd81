"""Pandoc's citation syntax, written in an article and read by pandoc itself: the same words come out."""

import json
import re
import subprocess
from html import unescape

import pytest

from articles.compile import compile_article
from references.styles import find, pandoc
from tests.factories import ArticleFactory
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db

ITEMS = {
    key: {
        "type": "article-journal",
        "title": f"On {name}",
        "author": [{"family": name, "given": "Ana"}],
        "issued": {"date-parts": [[year]]},
        "container-title": "Zinc",
    }
    for key, name, year in [
        ("adams2019", "Adams", 2019),
        ("baker2020", "Baker", 2020),
        ("cole_2021", "Cole", 2021),
    ]
}
TEXTS = [
    "Zinc [@adams2019].",
    "Zinc [@adams2019; @baker2020].",
    "Zinc [see @adams2019].",
    "Zinc [see @adams2019, p. 3].",
    "Zinc [see @adams2019, pp. 33-35 and passim; @baker2020, ch. 1].",
    "Zinc [@adams2019, and more].",
    "Zinc [@adams2019, p. 3, and more].",
    "Zinc [@adams2019, chap. 3].",
    "Zinc [@adams2019, sec. 2.1].",
    "Zinc [@adams2019, 44].",
    "Zinc [@adams2019, 12-15].",
    "Zinc [@adams2019, fig. 2].",
    "Zinc [@adams2019 {pp. iv, vi-xi}, and so].",
    "Zinc [-@adams2019].",
    "Adams says so [-@adams2019, p. 3].",
    "@adams2019 says so.",
    "@adams2019 [p. 33] says so.",
    "@baker2020 [p. 33; @adams2019] says so.",
    "@adams2019 and @baker2020 say so.",
    "As -@adams2019 says.",
    "Zinc [@cole_2021].",
    "@{adams2019} says so.",
    "Zinc [@adams2019]. Iron [@adams2019, p. 4].",
    "Write me@adams2019.org or `[@adams2019]` or \\@adams2019 with [@baker2020].",
    "- one [@baker2020]\n- two [@adams2019]",
    "**Zinc [@adams2019]**",
    "Zinc [@adams2019;\n@baker2020].",
    "Zinc [cf. @baker2020; also @adams2019].",
]  # fmt: skip
PANDOCS_OWN = {  # pandoc 3.9 sorts the group and tears its first work apart: "(Adams, 2019; Baker; 2020, p. 33)"
    "@baker2020 [p. 33; @adams2019] says so.": "Baker (2020, p. 33; Adams, 2019) says so."
}


def words(html):
    html = re.sub(r'<(?:section|div id="refs"|div class="references).*', "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def pandocs(text, style, folder):
    (folder / "items.json").write_text(json.dumps([{"id": key, **item} for key, item in ITEMS.items()]))
    command = [
        pandoc.program(),
        "--from=markdown-smart",
        "--to=html",
        "--wrap=none",
        "--citeproc",
        "--metadata=lang:en-US",
    ]
    files = ["--bibliography=items.json", f"--csl={pandoc.style_file(find(style).csl)}"]
    done = subprocess.run(
        [*command, *files], input=text.encode(), cwd=folder, capture_output=True, check=True
    )
    return done.stdout.decode()


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_words_come_out(text, tmp_path):
    for key, item in ITEMS.items():
        ReferenceFactory(citekey=key, csl=item)
    article = ArticleFactory(text=text, front_matter={"citation_style": "apa"})

    ours = words(compile_article(article, "publish").html)

    assert ours == PANDOCS_OWN.get(text, words(pandocs(text, "apa", tmp_path)))
