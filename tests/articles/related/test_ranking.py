"""From signals to a ranking: threshold, diversity, ties, and plugins that misbehave."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from articles.related.engine import KEEP, THRESHOLD, Engine
from cms import plugins
from cms.contracts import Signal
from tests.articles.intake.helpers import registry_with
from tests.articles.related.helpers import corpus_of, entry

TEXTS = st.lists(st.text(st.sampled_from("abcd "), max_size=24), min_size=2, max_size=7)
WORDS = ["zinc", "iron", "tea", "bread", "salt", "taste", "colds", "copper"]


def refuse(*_):
    raise ZeroDivisionError("oh")


def voice(pairs, *, name="votes", weight=1.0, fit=lambda corpus: True, explain=lambda *_: ""):
    """A plugin's signal: `pairs` is what it says of every article."""
    return Signal(name, weight, fit, lambda model, article_id: pairs, explain)


def ranked(corpus, *signals, article_id=1):
    """Rank with these signals only; without any, with those of the site."""
    registry = plugins.registry()
    if signals:
        registry = registry_with(registry, recommenders=signals)
    with plugins.use_registry(registry):
        return Engine.fit(corpus).ranked(article_id)


def ids(rows):
    return [other for other, _, _ in rows]


def unlike(*numbers, **fields):
    """Articles whose texts have nothing in common."""
    return corpus_of(*(entry(number, text=f"own{chr(97 + number)}zz", **fields) for number in numbers))


def test_what_is_below_the_threshold_is_left_out():
    votes = voice({2: THRESHOLD, 3: THRESHOLD - 0.001, 4: 0.5})

    assert ids(ranked(unlike(1, 2, 3, 4), votes)) == [4, 2]


def test_scores_are_weighted_by_signal():
    loud, quiet = voice({2: 1.0}, weight=3.0), voice({2: 0.5, 3: 1.0}, name="quiet", weight=1.0)

    found = {other: score for other, score, _ in ranked(unlike(1, 2, 3), loud, quiet)}

    assert found == {2: pytest.approx(3.5 / 4), 3: pytest.approx(1 / 4)}


def test_ties_go_to_the_older_article():
    votes = voice({5: 0.5, 3: 0.5, 4: 0.5, 2: 0.5})

    assert ids(ranked(unlike(1, 2, 3, 4, 5), votes)) == [2, 3, 4, 5]


def test_a_second_article_on_the_same_thing_gives_way_to_another_thing():
    corpus = corpus_of(
        entry(1, text="zinc"),
        entry(2, text="copper plates shine bright"),
        entry(3, text="copper plates shine brown"),
        entry(4, text="iron rusts"),
    )
    votes = voice({2: 0.50, 3: 0.49, 4: 0.46})

    assert ids(ranked(corpus, votes)) == [2, 4, 3]


def test_diversity_does_not_lift_what_is_far_behind():
    corpus = corpus_of(
        entry(1, text="zinc"),
        entry(2, text="copper plates shine bright"),
        entry(3, text="copper plates shine brown"),
        entry(4, text="iron rusts"),
    )

    assert ids(ranked(corpus, voice({2: 0.9, 3: 0.85, 4: 0.2}))) == [2, 3, 4]


def test_only_the_same_language_and_live_articles_are_ranked():
    corpus = corpus_of(
        entry(1, text="zinc"),
        entry(2, text="iron", language="de"),
        entry(3, text="tea"),
        entry(5, text="salt"),
    )
    votes = voice({2: 0.9, 3: 0.5, 4: 0.9, 999: 0.9})

    assert ids(ranked(corpus, votes)) == [3]


def test_unknown_ids_of_a_plugin_change_no_other_score():
    alone = ranked(unlike(1, 2, 3), voice({2: 0.5}))

    assert ranked(unlike(1, 2, 3), voice({2: 0.5, -1: 1.0, 77: 1.0})) == alone


def test_an_article_is_not_recommended_to_itself_by_a_plugin():
    assert ids(ranked(unlike(1, 2), voice({1: 1.0, 2: 0.5}))) == [2]


def test_a_signal_that_cannot_learn_has_no_voice_and_no_weight():
    broken = voice({3: 1.0}, name="broken", weight=9.0, fit=refuse)

    with capture_logs() as logs:
        found = ranked(unlike(1, 2, 3), voice({2: 0.5}), broken)

    assert [(other, score) for other, score, _ in found] == [(2, 0.5)]
    assert ("plugin_call_failed", "signal fit", "broken") in [
        (line["event"], line["what"], line["signal"]) for line in logs
    ]


def test_a_signal_that_fails_on_an_article_has_no_voice_and_is_logged():
    broken = Signal("broken", 1.0, lambda corpus: True, refuse, lambda *_: "")

    with capture_logs() as logs:
        found = ranked(unlike(1, 2), voice({2: 0.5}), broken)

    assert ids(found) == [2]
    assert [(line["what"], line["signal"]) for line in logs] == [("signal", "broken")]


@pytest.mark.parametrize("answer", [None, [2], {2: None}, {2: "much"}, 5])
def test_an_answer_of_another_shape_has_no_voice(answer):
    with capture_logs() as logs:
        found = ranked(unlike(1, 2), voice({2: 0.5}), voice(answer, name="odd"))

    assert ids(found) == [2]
    assert [line["signal"] for line in logs] == ["odd"]


def test_no_vote_weighs_more_than_one():
    loud, fair = voice({2: 50.0}, name="loud"), voice({2: 0.5, 3: 0.9})

    found = {other: score for other, score, _ in ranked(unlike(1, 2, 3), loud, fair)}

    assert found[2] == pytest.approx((1.0 + 0.5) / 2)


def test_an_article_without_words_is_not_recommended_to_itself():
    assert ids(ranked(corpus_of(entry(1), entry(2, text="zinc")), voice({1: 1.0, 2: 0.5}))) == [2]


def test_reasons_are_words():
    odd = voice({2: 1.0}, explain=lambda *_: {"a", "set"})

    [(_, _, reasons)] = ranked(unlike(1, 2), odd)

    assert reasons == []


def test_a_failing_explanation_leaves_the_others():
    mute = voice({2: 1.0}, name="mute", weight=2.0, explain=refuse)
    clear = voice({2: 1.0}, explain=lambda model, a, b: f"{a} likes {b}")

    with capture_logs() as logs:
        [(_, _, reasons)] = ranked(unlike(1, 2), mute, clear)

    assert reasons == ["1 likes 2"]
    assert [line["what"] for line in logs] == ["explain"]


def test_reasons_come_by_weight_and_are_three_at_most():
    signals = [
        voice({2: 1.0}, name=name, weight=weight, explain=lambda *_, name=name: name)
        for name, weight in (("a", 1.0), ("b", 4.0), ("c", 2.0), ("d", 3.0))
    ]

    [(_, _, reasons)] = ranked(unlike(1, 2), *signals)

    assert reasons == ["b", "d", "c"]


def test_an_article_alone_has_nobody_to_recommend():
    assert ranked(corpus_of(entry(1, "Zinc", "Zinc."))) == []


def test_a_hub_that_everybody_links_to_is_not_first_everywhere():
    hub = entry(9, "Everything", "index of all pages")
    pages = [
        entry(number, f"{word} own{chr(97 + number)}", f"{word} study", links_to=frozenset({9}))
        for number, word in enumerate(["zinc", "zinc", "iron", "iron", "salt", "salt"], start=1)
    ]

    firsts = [ids(ranked(corpus_of(hub, *pages), article_id=number))[0] for number in range(1, 7)]

    assert firsts == [2, 1, 4, 3, 6, 5]


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_the_ranking_is_sound_and_the_same_twice(texts):
    corpus = corpus_of(*(entry(number, text=text) for number, text in enumerate(texts, start=1)))
    engine = Engine.fit(corpus)

    for number in range(1, len(texts) + 1):
        found = engine.ranked(number)
        assert found == Engine.fit(corpus).ranked(number)
        assert len(found) == len(set(ids(found))) <= KEEP
        assert number not in ids(found)
        assert all(score >= THRESHOLD for _, score, _ in found)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=2, max_size=8), min_size=3, max_size=7), st.randoms()
)
def test_the_order_in_which_articles_arrive_changes_no_ranking(texts, chance: random.Random):
    entries = [entry(number, text=" ".join(words)) for number, words in enumerate(texts, start=1)]
    shuffled = chance.sample(entries, len(entries))

    assert ids(ranked(corpus_of(*shuffled))) == ids(ranked(corpus_of(*entries)))


def test_a_dictionary_in_another_order_gives_the_same_ranking():
    scores = dict.fromkeys(range(2, 9), 0.5)
    backwards = dict(reversed(scores.items()))

    assert ranked(unlike(*range(1, 9)), voice(scores)) == ranked(unlike(*range(1, 9)), voice(backwards))
