"""On whatever anybody types, the checks never raise and quote exactly what stands there."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.compile import compile_markdown
from claims.doses.checks import CHECKS
from claims.doses.folding import fold
from claims.doses.model import Context
from claims.doses.parse import doses
from cms.contracts import CompileError, Snapshot, Source

PIECES = st.sampled_from(
    [
        "400 mg", "1,000–2,000 IU", "55 µg", "2.4 μg", "magnesium", "magnesium bisglycinate", "of", "elemental",
        "vitamin D3", "selenium", "zinc", "Take", "per day", "twice daily", "every 0 hours", "0 x 200 mg", "(", ")",
        "| a | b |\n|---|---|\n| Zinc | 500 mg |\n", "\n\n", "\n- ", "\n1. ", "## UL (mg)\n\n", "upper limit", "RDA",
        "children aged 4 to 8", "99 year olds", "pregnant", "**", "_", "`", "> ", ":::statistic\n", ":::\n", "\u00a0",
        "\u202f", "İ", "ß", "ﬁ", "\uff19\uff10\uff10 mg", "²", "½", "\u0301", "\U0001f48a", "—", ";", ".", "?", "Mg",
        "5k IU", "999999999 g", "mg/kg", "per kg",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map(" ".join))
CONTEXTS = st.builds(
    Context,
    kind=st.sampled_from(["paragraph", "table_cell", "list_item", "heading"]),
    heading=TEXTS,
    column=TEXTS,
    row=TEXTS,
    lead=TEXTS,
)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
@example("Take 400 mg magnesium bisglycinate daily; the upper limit of zinc is 60 mg. 5,000 IU of vitamin D.")
def test_quotes_stand_in_the_source_at_their_line(text):
    source = Source(text, jurisdictions=("US", "EU"))
    try:
        document = compile_markdown(text)
    except CompileError:
        return

    for check in CHECKS:
        for finding in check.run(Snapshot(source, document)):
            rest = "\n".join(text.split("\n")[finding.line - 1 :])
            assert finding.quote
            assert finding.quote in rest
            assert finding.id == check.id
            assert finding.severity == check.severity


@settings(max_examples=150, deadline=None)
@given(TEXTS, CONTEXTS)
def test_reading_never_fails_and_stays_inside_the_text(text, context):
    for dose in doses(text, context):
        assert 0 <= dose.start < dose.end <= len(text)
        assert dose.low <= dose.high
        assert any(char.isdigit() for char in text[dose.start : dose.end])


@settings(deadline=None)
@given(st.text())
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)
