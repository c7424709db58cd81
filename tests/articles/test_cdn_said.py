"""Who hears of what the CDN was not told: the doctor, and whoever runs the command."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles import purging
from tests.articles.purges import told
from tests.support.http import Reply

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def said():
    return [message.msg for message in purging.check_purges(databases=["default"])]


def test_the_doctor_says_what_the_cdn_was_not_told(cdn, frozen_time):
    cdn["/purge"] = Reply(403)
    purging.purge("article:5", "articles")
    purging.send()
    at_once = said()
    frozen_time.tick(timedelta(minutes=6))

    assert at_once == []
    assert said() == [
        "The CDN was not told of 2 changes since 2026-05-01 12:00 UTC. The CDN answered 403.",
    ]


def test_the_doctor_says_that_nobody_sends(cdn, frozen_time):
    purging.purge("article:5")
    frozen_time.tick(timedelta(minutes=6))

    assert said() == ["The CDN was not told of 1 change since 2026-05-01 12:00 UTC."]


def test_the_doctor_is_silent_while_a_key_waits_for_its_second_time(cdn, frozen_time):
    purging.purge("article:5")
    purging.send()
    frozen_time.tick(timedelta(minutes=6))

    assert said() == []


def test_checks_that_may_not_read_the_database_do_not(cdn, frozen_time, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert purging.check_purges(databases=None) == []


def run(*keys):
    out = StringIO()
    call_command("purge_cdn", *keys, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(("keys", "expected"), [([], ["site"]), (["topic:3"], ["topic:3"])])
def test_the_command_tells_the_cdn_at_once(cdn, keys, expected):
    assert run(*keys) == "The CDN has been told.\n"
    assert told(cdn) == expected


def test_the_command_says_why_it_failed(cdn):
    cdn["/purge"] = Reply(401)

    with pytest.raises(CommandError, match="The CDN answered 401"):
        run()


@pytest.mark.parametrize("key", ["two keys", "a,b", "line\nbreak"])
def test_the_command_refuses_what_is_no_key(cdn, key):
    with pytest.raises(CommandError, match="no blanks"):
        run(key)


def test_the_command_asks_for_an_address(settings):
    with pytest.raises(CommandError, match="CDN_PURGE_URL"):
        run()
