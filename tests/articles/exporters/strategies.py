"""Front matters and texts as nobody would write them, and as somebody will."""

from hypothesis import strategies as st

# What cannot be stored or written at all: null characters and halves of surrogate pairs.
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
ODD = [
    "", " ", "no", "y", "Yes", "null", "~", "2024-01-01", "2024-01-01T10:00:00Z", "1e5", "0x1F", "1_000", ".5", "-",
    "---", "...", "+++", "- item", "key: value", "# comment", "a\n---\nb", "two\nlines\n", "\ttab", "'", '"', "\\",
    "“quoted”: and more", "Zinc 🧪 & copper 👩🏽‍🔬", "@handle", "`code`", "%tag", "&anchor", "*alias", "!tag", "{a: b}",
    "[a, b]", "|", ">", "a #b", "trailing ", " leading", "\u2028", "\x85", "\ufeff", "\x07", "é", "=", "<<", "? ",
    "亜鉛", "x" * 300, "a\r\nb", "a\rb",
]  # fmt: skip
TEXTS = st.sampled_from(ODD) | st.text(CHARACTERS, max_size=30)
SCALARS = (
    TEXTS
    | st.none()
    | st.booleans()
    | st.integers(-(2**62), 2**62)
    | st.floats(-1e15, 1e15)  # beyond, PostgreSQL hands out a whole number
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
KNOWN = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXTS,
        "slug": st.sampled_from(["zinc", "no", "2024-01-01-zinc", "1e5", "Not A Slug!"]),
        "date": st.sampled_from(["2024-05-13", "2024-05-13T08:00:00+02:00", "1 May"]),
        "language": st.sampled_from(["no", "en"]),
        "tags": st.lists(TEXTS, max_size=3),
        "recommended": st.lists(TEXTS, max_size=3),
        "image": TEXTS,
        "draft": st.booleans(),
        "format": TEXTS,
        "_format": TEXTS,
        "source_id": TEXTS,
        "article_title": TEXTS,
        "aliases": st.lists(TEXTS, max_size=2),
        "author": TEXTS,
        "published": st.booleans(),
    },
)
FRONT_MATTERS = st.builds(
    lambda known, more: {**more, **known}, KNOWN, st.dictionaries(TEXTS, VALUES, max_size=4)
)
LINES = st.sampled_from(
    ["", "---", "+++", "...", "# Heading", "# title: x", "Zinc.", "  Zinc  ", "\tcode", "```", ":::statistic",
     ":::", "Statistic: half", "You may also like", "References", "![a](b.png)", "![a](/images/b.png)", "- item", "…",
     "\u2028", "\ufeff", "Zinc\u0085and copper"]
)  # fmt: skip
BODIES = st.lists(LINES, max_size=8).map("\n".join) | st.text(CHARACTERS, max_size=40)
