"""The parts of the grammar: folding, verb forms, phrases, sentences, clauses, the lexicon."""

import pytest
import yaml

from claims.language import lexicon
from claims.language.folding import fold
from claims.language.inflection import forms, is_participle
from claims.language.lexicon import build, shipped, spelled
from claims.language.phrases import Hit, Index, longest, split_words
from claims.language.reading import Reading, inherited, whose
from claims.language.sentences import read
from claims.terms import DataError
from tests.claims.language.gold import wide


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zinc", "zinc"),
        ("don’t", "don't"),
        ("“zinc”", '"zinc"'),
        ("200–400 mg", "200-400 mg"),
        ("intake—how", "intake—how"),
        ("cu\u00adre", "cure"),
        ("zi\u200bnc", "zinc"),
        ("ﬁght", "fight"),
        ("5 µg", "5 μg"),
        (wide("Zinc"), "zinc"),
        ("½", "1\u20442"),
        ("", ""),
    ],
)
def test_one_spelling(text, folded):
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "words", "typed"),
    [
        ("We ﬁght colds", "fight", "ﬁght"),
        ("It cu\u00adres", "cures", "cu\u00adres"),
        ("a “cure” b", '"cure"', "“cure”"),
        ("plain text", "text", "text"),
    ],
)
def test_the_way_back_to_what_was_typed(text, words, typed):
    folded = fold(text)
    start = folded.text.index(words)

    first, last = folded.origin(start, start + len(words))

    assert text[first:last] == typed


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("treat", {"treat", "treats", "treated", "treating"}),
        ("cure", {"cure", "cures", "cured", "curing"}),
        ("remedy", {"remedy", "remedies", "remedied", "remedying"}),
        ("stop", {"stop", "stops", "stopped", "stopping"}),
        ("fight", {"fight", "fights", "fought", "fighting"}),
        ("banish", {"banish", "banishes", "banished", "banishing"}),
        ("keep * at bay", {"keep * at bay", "keeps * at bay", "kept * at bay", "keeping * at bay"}),
    ],
)
def test_forms_of_a_verb(verb, expected):
    assert set(forms(verb)) == expected


@pytest.mark.parametrize(
    ("word", "is_one"), [("treated", True), ("beaten", True), ("treats", False), ("cure", False)]
)
def test_participles(word, is_one):
    assert is_participle(word) is is_one


def found(text, *phrases):
    index = Index(("list", phrase, phrase) for phrase in phrases)
    return [hit.term for hit in index.hits(split_words(text, 0, len(text)))]


@pytest.mark.parametrize(
    ("text", "phrase", "is_found"),
    [
        ("no side effects", "side effects", True),
        ("side-effects", "side effects", True),
        ("side, effects", "side effects", False),
        ("side. effects", "side effects", False),
        ("side - effects", "side effects", False),
        ("besides effects", "side effects", False),
        ("nature's ozempic", "nature's", True),
        ("magnesium's role", "magnesium", True),
        ("100% safe", "100 % safe", True),
        ("st. john's wort", "st john's wort", True),
        ("keep colds at bay", "keep * at bay", True),
        ("keep the worst of all colds at bay", "keep * at bay", True),
        ("keep one two three four five six seven at bay", "keep * at bay", False),
        ("keep colds, at bay", "keep * at bay", False),
        ("keep colds", "keep * at bay", False),
        ("at bay", "keep * at bay", False),
    ],
)
def test_phrases_in_words(text, phrase, is_found):
    assert bool(found(text, phrase)) is is_found


def test_a_phrase_begins_with_a_word():
    assert found("anything at bay", "* at bay") == []


def test_the_longest_phrase_wins():
    short, long, other = Hit("a", "", 0, 1), Hit("a", "", 0, 3), Hit("a", "", 4, 5)

    assert longest([other, short, long]) == [long, other]


def test_equal_phrases_of_two_lists_both_stay():
    one, two = Hit("a", "x", 0, 2), Hit("b", "y", 0, 2)

    assert set(longest([one, two])) == {one, two}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Zinc is a metal. It is grey.", 2),
        ("Dr. Kim takes zinc.", 1),
        ("Zinc, e.g. as citrate, is cheap.", 1),
        ("It holds 2.5 mg of zinc.", 1),
        ("Does it help? No! Yes…", 3),
        ("The U.S. limit is 40 mg.", 1),
        ("“Zinc.” Then iron.", 2),
        ("no capital. after the stop", 1),
        ("", 0),
        ("…", 0),
    ],
)
def test_sentences(text, count):
    assert len(read(text, shipped()).sentences) == count


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("zinc cures but iron does not", ["but"]),
        ("zinc cures; iron does not", ["iron"]),
        ("zinc — a metal — cures", ["a", "cures"]),
        ("zinc cures, and it tastes", ["and"]),
        ("zinc cures, which we doubt", ["which"]),
        ("zinc prevents colds, flu and fever", []),
        ("we know that zinc cures", ["that"]),
        ("zinc acts as an antagonist", []),
    ],
)
def test_clauses(text, starts):
    [sentence] = read(text, shipped()).sentences

    assert [sentence.words.said[bound] for bound in sentence.bounds] == starts


@pytest.mark.parametrize(
    ("text", "about"),
    [("Why we take magnesium", "ours"), ("What doctors do", "other"), ("The sea at night", ""), ("", "")],
)
def test_whom_a_heading_is_about(text, about):
    assert whose(text, shipped()) == about


@pytest.mark.parametrize(
    ("reading", "about"),
    [
        (Reading("x", "list_item", lead="Zinc:", heading="Doctors"), "ours"),
        (Reading("x", "list_item", lead="Three points:", heading="Doctors"), "other"),
        (Reading("x", "table_cell", row="Metformin", column="Zinc"), "other"),
        (Reading("Zinc", "table_cell", row="Zinc", column="Doctors"), "other"),
        (Reading("x", "heading", topic="Zinc"), "ours"),
        (Reading("x", before="Zinc is a metal.", topic="Doctors"), "ours"),
        (Reading("x"), ""),
    ],
)
def test_what_stands_around_decides_in_order(reading, about):
    assert inherited(reading, shipped()) == about


def claims(text, *rows):
    from claims.checks.run import passage_findings

    return [one.id for one in passage_findings(Reading(text, jurisdictions=("US",)), build(tuple(rows)))]


@pytest.mark.parametrize(
    ("row", "text", "expected"),
    [
        (("disease", "wobbly knee", True), "Zinc cures wobbly knee.", ["CLM01"]),
        (("strong_verb", "unwobble", True), "Zinc unwobbles arthritis.", ["CLM01"]),
        (("weak_verb", "be kind to", True), "Zinc is kind to arthritis.", ["CLM02"]),
        (("nutrient", "Unobtainium", True), "Unobtainium cures arthritis.", ["CLM01"]),
        (("disease_exempt", "wobbly knee", True), "Zinc cures wobbly knee.", []),
        (("overclaim_warning", "best ever", True), "The best ever jar.", ["CLM03"]),
        (("citation_cue", "everybody knows", True), "Everybody knows zinc.", ["EVD03"]),
        (("drug", "wobblex", True), "Zinc is a natural alternative to Wobblex.", ["CLM04"]),
        (("disease", "arthritis", False), "Zinc cures arthritis.", []),
        (("strong_verb", "cure", False), "Zinc is curing arthritis.", []),
        (("overclaim_error", "miracle", False), "A miracle.", []),
        (("no such list", "miracle", False), "A miracle.", ["CLM03"]),
    ],
)
def test_an_editor_adds_a_word_or_switches_one_off(row, text, expected):
    assert claims(text, row) == expected


@pytest.mark.parametrize(("name", "is_critical"), [("disease", False), ("disease_critical", True)])
def test_an_added_disease_can_be_critical(name, is_critical):
    words = build(((name, "wobbly knee", True),))

    assert words.diseases["wobbly knee"].is_critical is is_critical


def test_the_same_rows_make_the_same_lexicon():
    rows = (("disease", "wobbly knee", True),)

    assert build(rows) is build(rows)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"drugs": ["a", "a"]}, "drugs names a twice"),
        ({"eu": {"verbs": ["a", False]}}, "eu/verbs holds False"),
        ({"eu": {"verbs": ["a", " "]}}, "eu/verbs holds ' '"),
        ({"eu": 7}, "eu is not a list of words"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(data, message):
    with pytest.raises(DataError, match=message):
        lexicon.check(data)


def test_a_missing_list_is_named(monkeypatch):
    data = yaml.safe_load(lexicon.DATA.read_text(encoding="utf-8"))
    del data["safety"]
    monkeypatch.setattr(lexicon, "_load", lambda: data)

    with pytest.raises(DataError, match="safety is missing"):
        build((("disease", "only for this test", True),))


def test_phrases_are_stored_as_texts_are_read():
    assert spelled("  St  John’s Wort ") == "st john's wort"
