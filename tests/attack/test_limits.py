"""Texts made to be slow, deep or unreadable: rendered at once or refused in words."""

from contextlib import nullcontext, suppress
from dataclasses import dataclass
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.compile import compile_markdown
from articles.compile.context import Context
from articles.compile.directives import build_attrs
from cms.contracts import EMPTY_LOOKUP, CompileError, Source
from references.papers import Papers

MANY = 190_000
SECONDS = 12  # of processor time; the attacks that these texts were found by took minutes

SLOW = {
    "blanks after an embed": "::a" + " " * MANY + "x",
    "blanks inside an embed": "::a" + " " * MANY + "{ x",
    "blanks after a block": ":::note" + " " * MANY + "x",
    "colons": ":" * MANY + "x",
    "unclosed blocks": ":::note\n" * 9_999,
    "brackets before words": "[" * 2_000 + "a!" * 90_000,
    "brackets before emphasis": "[" * 2_000 + "a*" * 90_000,
    "brackets closed in code": "[" * 1_000 + "a*" * 90_000 + "`" + "]" * 1_000 + "`",
    "brackets closed far away": "[" * 1_000 + "a*" * 90_000 + "]" * 1_000,
    "many parts of a citation": "[@a; " * 100 + "-@b; " * 30_000,
    "words of an embed": "::papers{" + "a " * 90_000 + "}",
    "numbers of a locator": "[@a, " + "1-" * 90_000 + "x]",
    "notes in notes": "^[" * 900 + "a" + "]" * 900,
    "pictures in pictures": "![" * 1_000 + "a" + "](x)" * 1_000,
    "emphasis in emphasis": "*_" * (MANY // 4) + "a" + "_*" * (MANY // 4),
    "angle brackets": "<a:" * (MANY // 3),
}


@pytest.mark.parametrize("name", SLOW)
def test_no_text_is_slow(name):
    start = process_time()

    with suppress(CompileError):
        compile_markdown(SLOW[name])

    assert process_time() - start < SECONDS


def test_many_links_in_a_long_paragraph_are_fine():
    text = " ".join(f"Some words and [a link](https://e.org/{number}) and more." for number in range(1_500))

    assert compile_markdown(text).html.count("<a ") == 1_500


@settings(deadline=None)
@given(text=st.text(st.characters() | st.sampled_from("[]()!`*_:{}@^<>|\\~#-\n\x00\ud800"), max_size=200))
def test_any_text_compiles_to_what_can_be_stored(text):
    document = compile_markdown(text)

    for part in (document.html, document.text, *(finding.quote for finding in document.findings)):
        part.encode()
        assert "\x00" not in part


@pytest.mark.parametrize(
    ("raw", "keys"), [("a b", ("a", "b")), ("keys=a", ("a",)), ("keys=a,b", ("a", "b")), ("", ())]
)
def test_a_list_of_an_embed_is_a_list_however_it_is_written(raw, keys):
    assert build_attrs(Papers, raw) == Papers(keys)


def test_a_class_that_refuses_its_values_is_a_finding(monkeypatch):
    from articles.compile.parser import parser
    from cms.contracts import Embed

    @dataclass(frozen=True)
    class Picky:
        size: str

        def __post_init__(self):
            raise TypeError("no such size")

    embed = Embed("picky", Picky, lambda attrs, context: "never", lambda attrs, context: "never")
    monkeypatch.setattr(parser(), "embeds", {"picky": embed})

    document = compile_markdown("::picky{5}")

    assert document.html == ""
    assert "no such size" in document.findings[0].message


def test_what_a_page_depends_on_fits_its_columns():
    context = Context(Source(""), EMPTY_LOOKUP, "publish")

    context.depend("image:1", "https://cdn.example/" + "a" * 300)
    context.depend("image:2", "https://cdn.example/" + "b" * 300)
    context.depend("slug:" + "c" * 500, "")

    assert [dependency.key for dependency in context.dependencies] == ["image:1", "image:2"]
    versions = {dependency.version for dependency in context.dependencies}
    assert {len(version) for version in versions} == {64}
    assert len(versions) == 2


@pytest.mark.parametrize(("levels", "is_refused"), [(12, False), (13, True)])
def test_lists_may_be_twelve_levels_deep(levels, is_refused):
    text = "\n".join(f"{'  ' * level}- x" for level in range(levels))

    with pytest.raises(CompileError, match="nested deeper") if is_refused else nullcontext():
        compile_markdown(text)
