"""Writing down what a check found: the present state, one row of history, and when to ask again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from affiliates.health.classify import Expected, Trace, Verdict, host_of
from affiliates.health.plan import taken_over
from affiliates.models import LinkCheck, LinkHealth
from affiliates.models.health import TROUBLE, UNKNOWN
from affiliates.targets import MAX_URL_LENGTH

USUAL = timedelta(days=7)
TROUBLED = timedelta(days=1)
DAILY_CHECKS = 14  # a link that nobody mends in two weeks is asked weekly like any other
KEEP_CHECKS = timedelta(days=180)
# What others write of a target while it is asked, which may take a minute.
DECIDED = ("accepted_at", "accepted_by", "accepted_state", "accepted_host", "reported_at")


def record(
    health: LinkHealth, verdict: Verdict, trace: Trace, expected: Expected, now: datetime
) -> LinkCheck:
    """Store a check. What learned nothing leaves a known trouble standing and asks again after 1, 2, 4, 7 days."""
    health.refresh_from_db(fields=DECIDED)
    learned = verdict.state not in UNKNOWN
    if learned:
        _learn(health, verdict, now)
    else:
        health.unknown_count += 1
    if learned:
        moved_to = taken_over(health.target, verdict.moved_to)
        health.moved_to = moved_to if len(moved_to) <= MAX_URL_LENGTH else ""  # a part would lead elsewhere
    if learned or not health.is_trouble:
        health.state, health.detail = verdict.state, verdict.detail
        health.final_host, health.http_status = verdict.final_host, verdict.http_status
    health.checked_at = now
    health.next_check_at = now + wait(health)
    with transaction.atomic():
        health.save()
        return LinkCheck.objects.create(
            target_id=health.target_id,
            checked_at=now,
            state=verdict.state,
            detail=verdict.detail,
            http_status=verdict.http_status,
            hosts=hosts_of(trace),
            final_host=verdict.final_host,
            has_tag=verdict.has_tag,
            asked_shop=host_of(health.target.url) != host_of(expected.asked),
            next_check_at=health.next_check_at,
        )


def _learn(health: LinkHealth, verdict: Verdict, now: datetime) -> None:
    health.unknown_count = 0
    if verdict.state in TROUBLE:
        health.trouble_count += 1
        health.trouble_since = health.trouble_since or now
    else:
        health.trouble_count, health.trouble_since, health.reported_at = 0, None, None
        health.accepted_at, health.accepted_by_id = None, None
        health.accepted_state = health.accepted_host = ""


def wait(health: LinkHealth) -> timedelta:
    """Return how long to leave a target alone."""
    if health.is_trouble and not health.is_accepted:
        return TROUBLED if health.trouble_count <= DAILY_CHECKS else USUAL
    if health.unknown_count:
        days: int = 2 ** min(health.unknown_count - 1, 3)
        return min(USUAL, TROUBLED * days)
    return USUAL


def hosts_of(trace: Trace) -> list[str]:
    """Return the hosts on the way, one after the other, without the addresses."""
    hosts: list[str] = []
    for hop in trace.hops:
        if not hosts or hosts[-1] != hop.host:
            hosts.append(hop.host)
    return hosts


def forget_old(now: datetime) -> int:
    """Delete the checks that are older than the retention; the present state of each link stays."""
    deleted, _ = LinkCheck.objects.filter(checked_at__lt=now - KEEP_CHECKS).delete()
    return deleted
