"""On any text at all: the checks never raise, change nothing, and quote what stands at the line they name."""

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.checks.run import language_findings
from claims.language.folding import fold
from claims.language.lexicon import shipped
from claims.language.sentences import read
from tests.claims.language.gold import passages, snapshot, wide

BOLD_CURES = "\U0001d41c\U0001d42e\U0001d42b\U0001d41e\U0001d42c"
PIECES = [
    "Magnesium", "zinc", "cures", "treats", "does not", "prevent", "cancer", "migraines", "no side effects", "50%", "?",
    ".", "\n\n", "\n- ", "| a | b |\n| --- | --- |\n| ", " | ", "**", "*", "[@a]", "(Liu, 2020)", "> ", "## ",
    ":::statistic\n", "\n:::\n", "“", "”", "’", "—", "ﬁ", wide("Zinc"), "cu\u00adres", "\u200b", "½", "İ", "ß",
    "keep colds at bay", "FDA approved", "Dr. Kim recommends", "lose 5 kg in 2 weeks", "says", "it", "which", "and",
    "but", ",", "people with", "should take", "instead of", "insulin", BOLD_CURES, "🙂", "\t", "&amp;", "[x](aff:y)",
    "studies show", "References",
]  # fmt: skip
JOINED = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)
MUTATED = st.builds(
    lambda entry, cut, put: entry["text"][:cut] + put + entry["text"][cut:],
    st.sampled_from(passages()),
    st.integers(0, 120),
    st.sampled_from([*PIECES, ""]),
)
TEXTS = st.one_of(JOINED, MUTATED, st.text(max_size=120))
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(TEXTS)
@QUIET
def test_every_quote_stands_at_its_line(text):
    page = snapshot(text, ["US", "EU"])

    for finding in language_findings(page, shipped()):
        source = page.source.text
        start = source.split("\n")[: finding.line - 1]
        offset = sum(len(line) + 1 for line in start)
        assert finding.quote
        assert source.find(finding.quote, offset) >= 0
        assert "\n" not in source[offset : source.find(finding.quote, offset)]


@given(TEXTS)
@QUIET
def test_the_same_text_has_the_same_findings(text):
    page = snapshot(text)
    before = page.source.text

    first = language_findings(page, shipped())

    assert first == language_findings(snapshot(text), shipped())
    assert page.source.text == before


@given(st.text(max_size=200))
@QUIET
def test_folding_keeps_the_way_back(text):
    folded = fold(text)

    assert len(folded.index) == len(folded.text) + 1
    assert list(folded.index) == sorted(folded.index)
    assert all(0 <= place <= len(text) for place in folded.index)


@given(JOINED)
@QUIET
def test_sentences_cover_the_text_in_order(text):
    sentences = read(text, shipped()).sentences

    ends = [(sentence.start, sentence.end) for sentence in sentences]

    assert all(one[1] <= two[0] for one, two in pairwise(ends))
    assert all(start < end for start, end in ends)
