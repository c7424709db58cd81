"""What readers type, as slots of alternatives; nothing they type is an error or an operator."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from articles.search import synonyms
from articles.search.question import LONGEST, MOST_SLOTS, ask
from articles.search.words import PLAIN


def alternatives(text):
    return [set(slot.alternatives) for slot in ask(text).slots]


def firsts(text):
    return [slot.alternatives[0] for slot in ask(text).slots]


def test_each_word_is_a_slot():
    assert firsts("zinc copper") == [("zinc",), ("copper",)]


def test_a_word_stands_for_its_forms_in_every_language():
    (forms,) = alternatives("capsules")

    assert {("capsules",), ("capsul",)} <= forms


def test_words_in_quotation_marks_stay_together():
    assert ("fish", "market") in alternatives('"fish market"')[0]
    assert len(ask('"fish market"').slots) == 1


@pytest.mark.parametrize("quoted", ["“fish market”", "„fish market“", "«fish market»"])
def test_typographic_quotation_marks_count_too(quoted):
    assert alternatives(quoted) == alternatives('"fish market"')


def test_a_lone_quotation_mark_means_nothing():
    assert firsts('zinc "copper') == firsts("zinc copper")


def test_the_last_word_may_be_unfinished():
    assert [slot.prefix for slot in ask("zinc copp").slots] == ["", "copp"]


@pytest.mark.parametrize("text", ["zinc co", '"zinc copper"', "vitamin d"])
def test_short_words_phrases_and_known_names_are_no_beginnings(text):
    assert ask(text).slots[-1].prefix == ""


@pytest.mark.parametrize("text", ["does zinc help with the flu?", "zinc help flu", "ZINC, help; flu"])
def test_words_of_the_question_are_not_looked_for(text):
    assert firsts(text) == [("zinc",), ("help",), ("flu",)]


def test_a_question_of_fillers_alone_looks_for_them():
    assert firsts("how to") == [("how",), ("to",)]


def test_fillers_count_in_a_phrase():
    assert ("what", "is", "zinc") in alternatives('"what is zinc"')[0]


def test_other_names_of_a_thing_are_looked_for_too():
    (names,) = alternatives("vit d")

    assert {("vitamin", "d"), ("cholecalciferol",)} <= names


def test_the_letter_of_a_vitamin_is_no_filler():
    assert ("vitamin", "a") in alternatives("vitamin a")[0]


def test_the_longest_name_wins():
    assert len(ask("vitamin b12 dose").slots) == 2


def test_a_name_is_known_among_other_words():
    assert [len(found) > 3 for found in alternatives("zinc coq10 copper")] == [False, True, False]


def test_a_phrase_is_taken_at_its_word():
    assert all(sequence != ("cholecalciferol",) for sequence in alternatives('"vit d"')[0])


def test_a_word_twice_is_one_slot():
    assert len(ask("zinc Zinc ZINC copper").slots) == 2


@pytest.mark.parametrize("text", ["", "   ", '"', "***", "%_%", "\x00", "🙂", '""', "-", "\ud800"])
def test_text_without_words_asks_for_nothing(text):
    assert ask(text).slots == ()


def test_control_characters_do_not_come_back():
    assert ask("zi\x00nc\x1b\n copper\ud800").text == "zi nc copper"


def test_a_long_question_is_cut():
    question = ask("zinc copper iron " * 1_000 + "x" * 10_000)

    assert len(question.text) <= LONGEST
    assert len(ask(" ".join(f"w{n}" for n in range(100))).slots) == MOST_SLOTS


@given(st.text(max_size=300))
def test_any_text_becomes_letters_and_digits(text):
    question = ask(text)

    for slot in question.slots:
        assert slot.alternatives
        assert all(PLAIN.fullmatch(term) for sequence in slot.alternatives for term in sequence)
        assert not slot.prefix or PLAIN.fullmatch(slot.prefix)


@given(st.text(max_size=120))
def test_asking_what_the_form_shows_again_asks_the_same(text):
    question = ask(text)

    assert ask(question.text) == question


def test_every_group_of_names_says_where_it_comes_from():
    for group in yaml.safe_load(synonyms.FILE.read_text(encoding="utf-8")):
        assert len(group["names"]) > 1
        assert group["source"]
        assert group["status"] in ("reviewed", "proposed")


def test_no_name_stands_in_two_groups():
    groups = yaml.safe_load(synonyms.FILE.read_text(encoding="utf-8"))
    names = [name for group in groups for name in group["names"]]

    assert len(names) == len(set(names)) == len(synonyms.groups())
