"""What a process remembers of a link during a rush, and for how long."""

import pytest

from affiliates import services
from affiliates.clicks import destinations
from affiliates.clicks.destinations import find_destination
from affiliates.models import AffiliateLink
from tests.affiliates.factories import LinkFactory, PlacementFactory

Status = AffiliateLink.Status
transactional = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clock(monkeypatch):
    """The process's clock, to be set by hand."""
    now = [1_000.0]
    monkeypatch.setattr(destinations.time, "monotonic", lambda: now[0])
    return now


@transactional
def test_a_rush_asks_the_database_once(clock, django_assert_num_queries):
    LinkFactory(slug="zinc")

    with django_assert_num_queries(2):  # link with targets; network, program, placement
        for _ in range(50):
            assert find_destination("zinc").slug == "zinc"


@transactional
def test_after_a_quarter_of_a_second_it_asks_again(clock):
    link = LinkFactory(slug="zinc")
    find_destination("zinc")
    AffiliateLink.objects.filter(pk=link.pk).update(status=Status.RECALLED)

    clock[0] += 0.19
    assert find_destination("zinc").status == Status.LIVE
    clock[0] += 0.1
    assert find_destination("zinc").status == Status.RECALLED


@transactional
def test_while_one_request_asks_the_others_do_not_and_no_longer_than_a_moment(clock, monkeypatch):
    LinkFactory(slug="zinc")
    find_destination("zinc")
    load, asked, answers = destinations.load_destination, [], []

    def slow(*key):
        asked.append(clock[0])
        if len(asked) == 1:
            answers.append(find_destination("zinc"))  # another request meanwhile
            clock[0] += 0.06
            answers.append(find_destination("zinc"))  # and one when the database takes long
        return load(*key)

    monkeypatch.setattr(destinations, "load_destination", slow)
    clock[0] += 0.21
    find_destination("zinc")

    assert [answer.slug for answer in answers] == ["zinc", "zinc"]
    assert asked == [1_000.21, 1_000.27]


@transactional
def test_a_link_that_is_gone_is_forgotten(clock):
    LinkFactory(slug="zinc")
    find_destination("zinc")
    AffiliateLink.objects.update(slug="zinc-old")

    clock[0] += 0.21
    assert find_destination("zinc") is None
    assert find_destination("zinc") is None


@transactional
def test_a_change_made_here_is_seen_at_once(clock):
    link = LinkFactory(slug="zinc")
    find_destination("zinc")

    services.set_status(link, Status.RECALLED)

    assert find_destination("zinc").status == Status.RECALLED


@transactional
def test_an_unknown_link_is_looked_up_each_time(clock):
    assert find_destination("zinc") is None

    LinkFactory(slug="zinc")

    assert find_destination("zinc") is not None


@transactional
def test_placements_are_not_mixed_up(clock):
    link = LinkFactory(slug="zinc")
    first = PlacementFactory(link=link, public_id="7k2m9x")

    assert find_destination("zinc", "7k2m9x").placement_id == first.pk
    assert find_destination("zinc").placement_id is None
    assert find_destination("zinc", "zzzzzz").placement_id is None


@transactional
def test_memory_is_bounded(clock, monkeypatch):
    monkeypatch.setattr(destinations, "MAX_RECENT", 5)
    LinkFactory(slug="zinc")

    for number in range(20):
        find_destination("zinc", f"00000{number % 10}")

    assert len(destinations._recent) <= 5


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_remembered(django_assert_num_queries):
    LinkFactory(slug="zinc")

    with django_assert_num_queries(4):
        find_destination("zinc")
        find_destination("zinc")

    assert not destinations._recent
