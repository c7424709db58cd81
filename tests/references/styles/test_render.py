"""The real program: labels, lists, languages, and what happens when it fails."""

import re
import subprocess

import pytest

from references import styles
from references.styles import Part, pandoc, render

ITEMS = {
    "a": {
        "type": "article-journal",
        "title": "Zinc in <i>E. coli</i>",
        "author": [{"family": "Smith", "given": "Ana"}, {"family": "Berg", "given": "Bo"}],
        "issued": {"date-parts": [[2020]]},
        "container-title": "Journal of Zinc",
        "volume": "3",
        "page": "10-12",
        "DOI": "10.1234/a",
    },
    "b": {"type": "book", "title": "Iron", "author": [{"family": "Adams"}], "issued": {"date-parts": [[2019]]}},
    "c": {"type": "webpage", "title": "Salt", "author": [{"literal": "WHO"}], "URL": "https://who.int/salt"},
}  # fmt: skip
TEXT = [
    (Part("a", prefix="see", locator="pp. 3–5", suffix="and more"), Part("b")),
    (Part("a", locator="p. 2", mode="author_in_text"),),
    (Part("b", mode="suppress_author"),),
    (Part("a"), Part("b"), Part("c")),
]


def plain(html):
    return re.sub(r"<[^>]*>", "", html)


@pytest.mark.parametrize(
    ("style", "labels"),
    [
        (
            "apa",
            [
                "(see Smith & Berg, 2020, pp. 3–5 and more; Adams, 2019)",
                "Smith & Berg (2020, p. 2)",
                "(2019)",
                "(Adams, 2019; Smith & Berg, 2020; WHO, n.d.)",
            ],
        ),
        ("ama", ["see 1(pp3-5) and more,2", "1(p2)", "2", "1-3"]),
        ("vancouver", ["(see 1 and more,2)", "(1)", "(2)", "(1–3)"]),
        ("ieee", ["see [1, pp. 3–5] and more, [2]", "[1, p. 2]", "[2]", "[1], [2], [3]"]),
    ],
)
def test_labels_are_the_styles_own(style, labels):
    found = [
        plain(label).replace("&amp;", "&").replace("\xa0", " ")
        for label in render(style, "en", ITEMS, TEXT).labels
    ]

    assert [label.replace("1–3", "1-3") if style == "ama" else label for label in found] == labels


@pytest.mark.parametrize("style", [style.id for style in styles.STYLES.values() if style.csl])
def test_every_style_lists_every_work(style):
    rendering = render(style, "en", ITEMS, TEXT)

    assert {entry.key for entry in rendering.entries} == set(ITEMS)
    assert all(entry.html for entry in rendering.entries)
    assert sum("Zinc in" in plain(entry.html) for entry in rendering.entries) == 1


def test_numbers_stand_apart_from_the_entries():
    entries = render("ieee", "en", ITEMS, TEXT).entries

    assert [entry.number for entry in entries] == ["[1]", "[2]", "[3]"]
    assert not entries[0].html.startswith("[1]")


def test_every_link_of_a_label_leads_to_a_work():
    labels = render("apa", "en", ITEMS, TEXT).labels

    assert re.findall(r'href="#ref-([^"]+)"', labels[3]) == ["b", "a", "c"]


def test_works_that_are_not_cited_are_listed_after_the_others():
    entries = render("ama", "en", ITEMS, [(Part("b"),)], uncited=["c", "a"]).entries

    assert entries[0].key == "b"
    assert {entry.key for entry in entries[1:]} == {"a", "c"}


def test_a_list_without_a_text_is_the_whole_bibliography():
    assert [entry.key for entry in render("apa", "en", ITEMS).entries] == ["b", "a", "c"]


def test_the_language_reaches_the_style():
    [label] = render("apa", "de", ITEMS, [(Part("c"),)]).labels

    assert plain(label).replace("\xa0", " ") == "(WHO, o. J.)"


def test_two_works_of_one_author_and_year_are_told_apart():
    twin = {**ITEMS["b"], "title": "Iron again"}

    [label] = render("apa", "en", {"b": ITEMS["b"], "d": twin}, [(Part("b"), Part("d"))]).labels

    assert plain(label) == "(Adams, 2019a, 2019b)"


def test_hostile_words_come_out_as_words():
    item = {
        **ITEMS["b"],
        "title": "<script>alert(1)</script> <img src=x onerror=y>",
        "URL": "javascript:alert(1)",
    }

    [entry] = render("apa", "en", {"x": item}, [(Part("x", prefix="<b>", suffix='"><script>'),)]).entries

    assert "&lt;script&gt;" in entry.html
    assert not re.findall(r"<(?!/?i>)[a-z]+", entry.html)


@pytest.mark.parametrize("style", ["built-in", "mla", ""])
def test_what_pandoc_has_no_style_for_is_refused(style):
    with pytest.raises(ValueError, match="no citation style"):
        render(style, "en", ITEMS)


def test_a_rendering_survives_the_way_into_the_table():
    rendering = render("apa", "en", ITEMS, TEXT)

    assert styles.Rendering.from_json(rendering.as_json()) == rendering


def test_too_little_time_is_told():
    with pytest.raises(pandoc.TookTooLong, match="longer than"):
        render("apa", "en", ITEMS, TEXT, timeout_seconds=0.0001)


def test_a_missing_program_is_told(monkeypatch):
    monkeypatch.setattr(pandoc, "program", lambda: "")

    with pytest.raises(styles.PandocFailed, match="not installed"):
        render("apa", "en", ITEMS)


@pytest.mark.parametrize(
    ("program", "message"),
    [("/bin/false", "^$"), ("/bin/true", "cannot be read"), ("/nonexistent/pandoc", "could not be started")],
)
def test_a_program_that_fails_is_told(monkeypatch, program, message):
    monkeypatch.setattr(pandoc, "program", lambda: program)

    with pytest.raises(styles.PandocFailed, match=message):
        render("apa", "en", ITEMS)


def test_pandoc_runs_in_its_sandbox_without_our_environment(monkeypatch):
    seen = {}

    def run(command, **options):
        seen.update(options, command=command)
        raise subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(pandoc.TookTooLong):
        render("apa", "en", ITEMS)

    assert "--sandbox" in seen["command"]
    assert seen["env"].keys() <= {"LANG", "LC_ALL", "HOME"}
    assert seen["timeout"] == styles.TIMEOUT_SECONDS
