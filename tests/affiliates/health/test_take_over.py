"""A page that its shop has moved: what stands and what would stand, one click, and the way back."""

import pytest
from django.utils import timezone

from affiliates.health.classify import Hop, Trace, classify
from affiliates.health.plan import expectation
from affiliates.health.record import record
from affiliates.models import LinkHealth, LinkReplacement
from affiliates.models.health import State
from affiliates.targets import MAX_URL_LENGTH
from tests.affiliates.factories import ProgramFactory, network
from tests.affiliates.health.desk import LIST, health, url

pytestmark = pytest.mark.django_db
OLD = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued=https%3A%2F%2Fnorthmoor.example%2Fzinc"
NEW = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued=https%3A%2F%2Fnorthmoor.example%2Fzinc-2"


@pytest.fixture
def moved():
    found = health(State.MOVED, url=OLD)
    found.moved_to = NEW
    found.save()
    return found


def check(found, *hops):
    trace = Trace(tuple(Hop(address, status) for address, status in hops))
    expected = expectation(found.target)
    return record(found, classify(trace, expected), trace, expected, timezone.now())


def shown(answer):
    return answer.content.decode().replace("&amp;", "&")


def active(found):
    return found.target.link.targets.get(is_active=True)


def test_a_check_keeps_the_new_page_inside_the_tracking_link():
    found = health(State.OK, url=OLD)

    check(found, ("https://northmoor.example/zinc", 301), ("https://northmoor.example/zinc-2", 200))

    found.refresh_from_db()
    assert (found.state, found.moved_to) == (State.MOVED, NEW)


def test_a_direct_link_takes_the_shops_address_as_it_is():
    program = ProgramFactory(network=network("direct-merchant"), domains=["shop.example"])
    found = health(State.OK, url="https://shop.example/zinc", network=program.network, program=program)

    check(found, ("https://shop.example/zinc", 301), ("https://shop.example/zinc-2", 200))

    assert found.moved_to == "https://shop.example/zinc-2"


def test_an_address_too_long_to_keep_is_not_kept_in_part():
    found = health(State.OK, url=OLD)
    long = f"https://northmoor.example/zinc-2?way={'a' * MAX_URL_LENGTH}"

    check(found, ("https://northmoor.example/zinc", 301), (long, 200))

    assert (found.state, found.moved_to) == (State.MOVED, "")


@pytest.mark.parametrize(("status", "left"), [(200, ""), (503, NEW), (404, "")])
def test_only_a_check_that_learned_something_forgets_it(moved, status, left):
    check(moved, ("https://northmoor.example/zinc", status))

    moved.refresh_from_db()
    assert moved.moved_to == left


def test_both_addresses_are_shown_before_anything_happens(editor, moved):
    page = shown(editor.get(url(moved)))

    assert f"<del>{OLD}</del>" in page
    assert f"<ins>{NEW}</ins>" in page
    assert "Take the new address over" in page
    assert active(moved).url == OLD


def test_one_click_takes_it_over_and_asks_it_next(editor, moved):
    answer = editor.post(url(moved, "take-over"), {"url": NEW})

    new = active(moved)
    assert new.url == NEW
    assert answer["Location"] == url(LinkHealth.objects.get(target=new))
    assert LinkHealth.objects.get(target=new).next_check_at <= timezone.now()
    made = LinkReplacement.objects.get()
    assert (made.old_url, made.new_url, made.by.is_authenticated) == (OLD, NEW, True)


def test_the_old_address_stays_as_history(editor, moved):
    editor.post(url(moved, "take-over"), {"url": NEW})

    assert moved.target.link.targets.get(is_active=False).url == OLD


def test_it_can_be_undone(editor, moved):
    editor.post(url(moved, "take-over"), {"url": NEW})

    editor.post(f"{LIST}undo/{LinkReplacement.objects.get().pk}/")

    assert active(moved).url == OLD


def test_an_address_that_was_not_shown_is_not_taken(editor, moved):
    answer = editor.post(url(moved, "take-over"), {"url": NEW.replace("zinc-2", "evil")}, follow=True)

    assert "says something else by now" in answer.content.decode()
    assert active(moved).url == OLD


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://evil.example/", "is not a host of this network or program"),
        ("http://www.awin1.com/x", "must begin with https://"),
        ("https://www.awin1.com/cread.php?u={id}", "brackets of a template"),
    ],
)
def test_an_unsafe_address_is_shown_with_the_reason_and_never_taken(editor, moved, address, reason):
    LinkHealth.objects.update(moved_to=address)

    page = shown(editor.get(url(moved)))
    answer = editor.post(url(moved, "take-over"), {"url": address}, follow=True)

    assert reason in page
    assert "Take the new address over" not in page
    assert reason in shown(answer)
    assert active(moved).url == OLD


def test_the_second_of_two_people_hears_that_it_is_done(editor, moved):
    editor.post(url(moved, "take-over"), {"url": NEW})

    answer = editor.post(url(moved, "take-over"), {"url": NEW}, follow=True)

    assert "Somebody has changed it meanwhile" in answer.content.decode()
    assert active(moved).url == NEW
    assert LinkReplacement.objects.count() == 1


def test_who_may_not_change_links_may_not_take_over(author, moved):
    assert author.post(url(moved, "take-over"), {"url": NEW}).status_code == 403
    assert active(moved).url == OLD


def test_looking_changes_nothing(editor, moved):
    assert editor.get(url(moved, "take-over")).status_code == 405


def test_the_list_leads_to_what_has_moved(editor, moved):
    health(State.OK, title="Iron")

    page = editor.get(LIST).content.decode()
    answer = editor.get(LIST, {"attention": "moved"})

    assert '<a href="?attention=moved">1 moved by the shop</a>' in page
    assert [found.pk for found in answer.context["cl"].result_list] == [moved.pk]


def test_changing_it_first_begins_with_the_new_address(editor, moved):
    assert f">{NEW}</textarea>" in shown(editor.get(url(moved, "address"))).replace(">\n", ">")


def test_a_link_that_has_not_moved_offers_nothing(editor):
    assert "has moved this page" not in editor.get(url(health(State.OK))).content.decode()
