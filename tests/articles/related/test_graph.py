"""Signals from links, topics, tags and references, over plain values."""

from math import log
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.related import graph
from tests.articles.related.helpers import corpus_of, entry

IDS = st.integers(1, 9)
VALUES = st.frozensets(st.sampled_from("abcdef"), max_size=4)


def linking(**targets):
    """A corpus in which article `a1` links to the ids given for it."""
    return corpus_of(*(entry(int(name[1:]), links_to=frozenset(to)) for name, to in targets.items()))


def tagged(*tags):
    return corpus_of(*(entry(number, tags=frozenset(own)) for number, own in enumerate(tags, start=1)))


def by_tags(corpus):
    return graph.fit_shared(corpus, field=attrgetter("tags"))


def test_a_link_connects_both_ends():
    model = graph.fit_links(linking(a1={2}, a2=(), a3=()))

    assert set(graph.link_pairs(model, 1)) == {2}
    assert set(graph.link_pairs(model, 2)) == {1}
    assert graph.link_pairs(model, 3) == {}


def test_a_page_that_everybody_links_to_says_less():
    model = graph.fit_links(linking(a1={8, 9}, a2={9}, a3={9}, a4={9}, a8=(), a9=()))

    found = graph.link_pairs(model, 1)

    assert found[8] == pytest.approx(0.5 / log(3))
    assert found[9] == pytest.approx(0.5 / log(6))


def test_a_page_that_links_to_everything_says_less():
    model = graph.fit_links(linking(a1=(), a2={1}, a3={1, 4, 5, 6}, a4=(), a5=(), a6=()))

    found = graph.link_pairs(model, 1)

    assert found[2] == pytest.approx(0.5 / log(3))
    assert found[3] == pytest.approx(0.5 / log(6))


def test_links_both_ways_count_twice_and_at_most_one():
    one_way = graph.link_pairs(graph.fit_links(linking(a1={2}, a2=())), 1)[2]
    both_ways = graph.link_pairs(graph.fit_links(linking(a1={2}, a2={1})), 1)[2]

    assert both_ways == pytest.approx(2 * one_way)
    assert both_ways <= 1


def test_links_out_of_the_corpus_and_to_oneself_are_no_pairs():
    model = graph.fit_links(linking(a1={1, 7}, a2=()))

    assert graph.link_pairs(model, 1) == {}


def test_a_link_says_which_way_it_goes():
    model = graph.fit_links(linking(a1={2}, a2=(), a3=()))

    assert graph.explain_link(model, 1, 2) == "Linked from this article"
    assert graph.explain_link(model, 2, 1) == "Links to this article"
    assert graph.explain_link(model, 1, 3) == ""


def test_the_same_tags_are_worth_one_and_others_nothing():
    model = by_tags(tagged("ab", "ab", "a", "c"))

    found = graph.shared_pairs(model, 1)

    assert found[2] == pytest.approx(1)
    assert 0 < found[3] < 1
    assert 4 not in found


def test_a_rare_tag_weighs_more_than_a_common_one():
    model = by_tags(tagged("rc", "r", "c", "c", "c"))

    found = graph.shared_pairs(model, 1)

    assert found[2] > found[3]


@pytest.mark.parametrize(
    ("articles", "holders", "connects"),
    [(20, 8, True), (20, 9, False), (899, 9, False), (900, 9, True), (1000, 10, True), (1000, 11, False)],
)
def test_a_value_of_too_many_articles_connects_nothing(articles, holders, connects):
    model = by_tags(tagged(*["a"] * holders, *[""] * (articles - holders)))

    assert bool(graph.shared_pairs(model, 1)) is connects


def test_a_common_tag_does_not_thin_a_rare_one():
    model = by_tags(tagged("cr", "cr", *["c"] * 10))

    assert graph.shared_pairs(model, 1) == {2: pytest.approx(1)}


def test_shared_tags_are_named_three_at_most():
    model = by_tags(tagged("a", "a", "dcba", "abcd", "e"))

    assert graph.explain_tags(model, 3, 4) == "Shares the tags a, b, c"
    assert graph.explain_tags(model, 1, 5) == ""


@pytest.mark.parametrize(
    ("ours", "said"), [("", ""), ("x", ""), ("a", "Shares 1 reference"), ("abx", "Shares 2 references")]
)
def test_shared_references_are_counted(ours, said):
    corpus = corpus_of(entry(1, references=frozenset(ours)), entry(2, references=frozenset("abc")))
    model = graph.fit_shared(corpus, field=attrgetter("references"))

    assert graph.explain_references(model, 1, 2) == said


def test_a_topic_connects_its_own_articles():
    corpus = corpus_of(*(entry(n, topic=topic) for n, topic in enumerate(["Iron", "Iron", "Zinc", ""], 1)))

    assert graph.topic_pairs(corpus, 1) == {2: 1.0}
    assert graph.topic_pairs(corpus, 3) == {}
    assert graph.explain_topic(corpus, 1, 2) == "In Iron"
    assert graph.explain_topic(corpus, 1, 3) == ""


def test_no_topic_is_no_common_topic():
    corpus = corpus_of(entry(1), entry(2))

    assert graph.topic_pairs(corpus, 1) == {}
    assert graph.explain_topic(corpus, 1, 2) == ""


@given(st.dictionaries(IDS, st.tuples(VALUES, st.frozensets(IDS, max_size=5)), min_size=1))
def test_signals_stay_in_bounds_agree_both_ways_and_never_pair_with_oneself(articles):
    corpus = corpus_of(
        *(entry(number, tags=tags, links_to=links) for number, (tags, links) in articles.items())
    )
    links, tags = graph.fit_links(corpus), by_tags(corpus)
    linked = {number: graph.link_pairs(links, number) for number in articles}
    shared = {number: graph.shared_pairs(tags, number) for number in articles}

    for pairs in (linked, shared):
        assert all(0 < score <= 1 + 1e-9 for found in pairs.values() for score in found.values())
        assert all(number not in found and found.keys() <= articles.keys() for number, found in pairs.items())
        assert all(number in pairs[other] for number, found in pairs.items() for other in found)
    assert all(
        shared[other][number] == pytest.approx(score)
        for number, found in shared.items()
        for other, score in found.items()
    )
