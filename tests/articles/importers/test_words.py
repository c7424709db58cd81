"""What counts as a title, a sentence, the same wording."""

import pytest

from articles.importers.words import ends_sentence, first_sentence, fold, is_title, quote, shorten, title_from


@pytest.mark.parametrize(
    "text",
    [
        "Conclusion",
        "Understanding Copper",
        "The Role of Trace Minerals in Health",
        "Copper and Iron: A Quiet Partnership",
        "Copper vs. Other Metals",
        "Food-Rich Sources",
        "Why mTOR and pH Matter",
        "10 Foods Rich in Copper",
        "What Is Copper Good For?",
        "Copper (Gluconate)",
        "The Body’s Copper “Budget”",
        "Copper & Iron – Side by Side",
        "Dosing with 5 mg of Copper",
    ],
)
def test_titles(text):
    assert is_title(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "copper and iron",
        "Copper is a metal",
        "Understanding Copper.",
        "Key Roles of Copper:",
        "Copper, Iron,",
        "Really?",
        "Wait!",
        "By Jane Doe",
        "https://example.org/Copper",
        "Copper | Iron",
        "123 456",
        "The " + "Very " * 20 + "Long Title",
        "Copper" * 40,
    ],
)
def test_no_titles(text):
    assert not is_title(text)


def test_a_question_can_be_kept_out():
    assert not is_title("What Is Copper Good For?", allow_question=False)


@pytest.mark.parametrize(
    "text", ["It is.", "Is it?", "It is!", "He said “it is.”", "It is (so).", "*It is.*", "So…"]
)
def test_sentence_ends(text):
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["It is", "It is:", "", "A list,", "a) b"])
def test_no_sentence_ends(text):
    assert not ends_sentence(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Here’s the “Science”", 'HERE\'S the "science"'),
        ("Copper – a metal", "copper: a Metal!"),
        ("ﬁbre", "fibre"),
        ("  a   b ", "a b"),
        ("**Disclaimer:**", "disclaimer"),
    ],
)
def test_fold_makes_variants_equal(one, other):
    assert fold(one) == fold(other)


def test_fold_keeps_words_apart():
    assert fold("zinc-rich") == "zinc rich"


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("copper", 6, "copper"),
        ("copper and iron", 12, "copper and…"),
        ("copperandiron", 8, "coppera…"),
        ("copper and iron", 7, "copper…"),
    ],
)
def test_shorten(text, most, short):
    assert shorten(text, most) == short
    assert len(short) <= most


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Copper is a metal. It conducts.", "Copper is a metal"),
        ("Is it? Yes.", "Is it"),
        ("No end here", "No end here"),
        ("Take 1.5 mg of it. Then rest.", "Take 1.5 mg of it"),
        ("“Copper is old.” So they say.", "“Copper is old"),
    ],
)
def test_first_sentence(text, sentence):
    assert first_sentence(text) == sentence


METAL = "Through the ages, healers have reached for this reddish metal of the earth—in rings and cups of every kind."
NUTS = "Whoever eats nuts, beans and grains on most days of the ordinary week has more than enough copper in the body."
FISH = "Most people who live far from the sea and eat no fish, bread or dairy food at all run out of iodine."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Copper is a metal. It conducts.", "Copper is a metal"),
        (METAL, "Through the ages, healers have reached for this reddish metal of the earth"),
        (NUTS, "Whoever eats nuts, beans and grains on most days of the ordinary week has more…"),
        (FISH, "Most people who live far from the sea and eat no fish"),
        ("Too short: a dash or colon early on does not end the title of an article.", "Too short: a dash"),
        ("word " * 40, "word " * 15 + "word…"),
        ("[Copper](https://example.org/a) is `Cu`.", "Copper is Cu"),
        ("**Copper** is a metal.", "Copper is a metal"),
    ],
)
def test_title_from_a_text(text, title):
    proposed = title_from(text)

    assert proposed.startswith(title)
    assert len(proposed) <= 80


def test_quote_shortens_and_folds_blanks():
    assert quote("a\n  b") == "“a b”"
    assert quote("word " * 30, 10) == "“word word…”"
