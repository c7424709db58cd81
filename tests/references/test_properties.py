"""Any text with citations: numbers, anchors and list always agree, and hostile words stay words."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from cms.contracts import CITATIONS
from references import checks, reference_list
from tests.references.patience import patient
from tests.references.works import compile_with, make_work

KEYS = ["a2000", "b2001", "c2002", "d2003"]
WORKS = [make_work(key, pk=place) for place, key in enumerate(KEYS, 1)]

one = st.builds(
    "{}{}@{}{}".format,
    st.sampled_from(["", "see ", "cf. *x* "]),
    st.sampled_from(["", "-"]),
    st.sampled_from([*KEYS, "nokey"]),
    st.sampled_from(["", ", p. 3", ", pp. 3-5 and more", " {sec. 2}"]),
)
group = st.lists(one, min_size=1, max_size=3).map("; ".join).map("[{}]".format)
sentence = st.sampled_from(["@a2000 says", "@b2001 [p. 2] says", "@nobody says", "so -@c2002"])
other = st.sampled_from(
    ["Zinc", "**bold", "`[@a2000]`", "[link @a2000](https://x.org/)", "me@a2000.org", "<b>", "\\[@a2000\\]",
     "\n\n", "\n", "- ", "> ", "## ", "| a | b |\n|---|---|\n| ", "[^1]", "\n\n[^1]: n ", "::papers{a2000 d2003}\n\n"]
)  # fmt: skip
texts = st.lists(group | sentence | other, max_size=12).map(" ".join)
lists = st.lists(st.sampled_from(KEYS), unique=True).map(
    lambda keys: {"references": [{"id": key} for key in keys]}
)


@settings(patient, max_examples=150)
@given(texts, lists)
def test_numbers_anchors_and_list_always_agree(text, front_matter):
    document = compile_with(text, *WORKS, front_matter=front_matter)
    html, uses = document.html, document.records.get(CITATIONS, ())

    ids = re.findall(r' id="(c-(?:cite|ref)-[^"]+)"', html)
    targets = re.findall(r'href="#(c-(?:cite|ref)-[^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)

    first_uses = list(dict.fromkeys(use.citekey for use in uses))
    assert [use.number for use in uses] == [first_uses.index(use.citekey) + 1 for use in uses]

    in_list = re.findall(r'<li id="c-ref-([^"]+)">', html)
    assert in_list[: len(first_uses)] == first_uses
    assert {entry["id"] for entry in front_matter["references"]} <= set(in_list)
    assert [entry.work.citekey for entry in document.records.get(checks.LISTED, ())] == in_list

    back_links = [target for target in targets if target.startswith("c-cite-")]
    assert sorted(back_links) == sorted(f"c-cite-{use.citekey}-{use.position}" for use in uses)


@settings(patient, max_examples=100)
@given(texts)
def test_preview_and_publication_differ_in_marks_of_missing_keys_only(text):
    def bare(mode):
        html = compile_with(text, *WORKS, mode=mode).html.replace(reference_list.FILES, "")
        return re.sub(r'\s*<mark title="[^"]*">[^<]*</mark>| data-line="\d+"|\s+', "", html)

    assert bare("preview") == bare("publish")


@settings(patient, max_examples=100)
@given(texts)
def test_every_finding_about_a_citation_names_a_line_that_holds_it(text):
    lines = text.split("\n")

    for finding in compile_with(text, *WORKS).findings:
        if finding.id == "EVD04":
            assert finding.quote in lines[finding.line - 1]


@settings(patient, max_examples=60)
@given(st.text(alphabet="ab<>&\"'@[];{}` \\", max_size=30))
def test_words_around_a_citation_never_become_markup(words):
    html = compile_with(f"x [{words} @a2000, {words}]", *WORKS).html

    tags = set(re.findall(r"<(/?[a-z0-9]+)", html))
    assert tags <= {"p", "/p", "sup", "/sup", "a", "/a", "code", "/code", "mark", "/mark", "section", "/section",
                    "h2", "/h2", "ol", "/ol", "li", "/li", "span", "/span", "br"}  # fmt: skip
