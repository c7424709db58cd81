import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.formats import latex
from tests.references.patience import patient


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"Bostr\"{o}m", "Boström"),
        (r"Fran{\c c}ois", "François"),
        (r"Or{\l}owski", "Orłowski"),
        (r"{\'\i}", "í"),
        (r"\v{S}koda \aa{} {\ss}", "Škoda å ß"),
        (r"{{The \textit{Procolophon} of {IEEE}}}", "The <i>Procolophon</i> of IEEE"),
        (r"{\em In vitro} and \emph{in vivo}", "<i>In vitro</i> and <i>in vivo</i>"),
        (r"CO$_2$ and Mg$^{2+}$ in $\beta_{1}$", "CO<sub>2</sub> and Mg<sup>2+</sup> in β<sub>1</sub>"),
        (r"H\textsubscript{2}O", "H<sub>2</sub>O"),
        ("50% of zinc & iron #1", "50% of zinc & iron #1"),
        (r"50\% of zinc \& {iron}", "50% of zinc & iron"),
        ("it costs $5 {now}", "it costs $5 now"),
        ("``quoted'' -- dashed", "“quoted” – dashed"),
        (r"Smith~J", "Smith J"),
        (r"A <i>marked</i> {Title}", "A <i>marked</i> Title"),
        (r"{unbalanced", "unbalanced"),
        (r"\unknown{words} stay", "words stay"),
        ("plain", "plain"),
    ],
)
def test_latex_becomes_text_with_our_marks(written, read):
    assert latex.decode(written) == read


def test_a_very_long_value_only_loses_its_braces():
    text = "{a} \\emph{b} " * 2000

    assert latex.decode(text).startswith("a \\emphb a")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("50% of A & B_c", r"50\% of A \& B\_c"),
        (
            "<i>E. coli</i> in H<sub>2</sub>O<sup>+</sup>",
            r"\textit{E. coli} in H\textsubscript{2}O\textsuperscript{+}",
        ),
        ("a{b}~c^d\\e", r"a\{b\}\textasciitilde{}c\textasciicircum{}d\textbackslash{}e"),
    ],
)
def test_special_characters_are_escaped(text, written):
    assert latex.encode(text) == written


@patient
@given(st.text(alphabet="aé%&#$_{}~^\\ <>i/", max_size=30))
def test_what_is_encoded_is_read_back(text):
    words = " ".join(text.split())

    assert latex.decode(latex.encode(words)).split() == words.split() or "<" in words


@patient
@given(st.text(alphabet="\\{}$_^%&#~`'-\"abemphtxtisu ", max_size=60))
def test_no_latex_stops_the_reader(text):
    assert isinstance(latex.decode(text), str)
