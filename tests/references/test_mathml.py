import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import markup, mathml
from tests.references.patience import patient


def math(inner, prefix=""):
    return f'<{prefix}math xmlns="http://www.w3.org/1998/Math/MathML">{inner}</{prefix}math>'


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<msub><mi>Ru</mi><mn>2</mn></msub><mi>Sn</mi>", "Ru<sub>2</sub>Sn"),
        ("<msup><mi>Mg</mi><mrow><mn>2</mn><mo>+</mo></mrow></msup>", "Mg<sup>2+</sup>"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x<sub>1</sub><sup>2</sup>"),
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2"),
        ("<msqrt><mn>2</mn></msqrt>", "√2"),
        ("\n  <mi mathvariant='script'>D</mi>\n  <mi>β</mi>\n", "Dβ"),
        ("<mi>a</mi><annotation>TeX: a</annotation>", "a"),
        ("<mi>a</mi><mspace/><mi>b</mi>", "a b"),
        ("<mi>p</mi><mo>&lt;</mo><mn>5</mn>", "p&lt;5"),
        ("<msub><mi>a</mi>", "a"),
        ("</msub><mi>a</mi>", "a"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "mml:"])
def test_formulas_become_a_line_of_text(inner, text, prefix):
    written = inner.replace("</", "\x00").replace("<", f"<{prefix}").replace("\x00", f"</{prefix}")

    assert mathml.to_text(f"In {math(written, prefix)} here") == f"In {text} here"


def test_deep_formulas_end():
    assert mathml.to_text(math("<mrow>" * 500 + "<mi>a</mi>" + "</mrow>" * 500)) == "a"


@patient
@given(
    st.lists(
        st.sampled_from(["<mi>", "</mi>", "<msub>", "</msub>", "a", "<", ">", "<script>", "&lt;"]),
        max_size=20,
    )
)
def test_a_formula_cannot_smuggle_markup_in(pieces):
    html = markup.title_html(markup.from_source(math("".join(pieces))))

    assert not {"<s>", "<script", "<m"} & {html[place : place + 7] for place in range(len(html))}
    assert "<script" not in html
    assert "<m" not in html
