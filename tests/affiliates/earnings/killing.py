"""Real processes that import, and are killed without a word."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

from django.utils import timezone

from affiliates.models import Attribution, Conversion, EarningsDay, ImportFile
from tests.support.commands import environ
from tests.support.environment import SETTINGS
from tests.support.fixtures import ROOT

PATIENCE_SECONDS = 90


def start(database_url, *arguments):
    """Start manage.py in a process of its own, on the database of this test."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env=environ(**SETTINGS, DATABASE_URL=database_url),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def kill_when(process, is_time):
    """Kill the process as soon as `is_time` says so; it must not have ended by itself."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_time():
        assert process.poll() is None, process.stderr.read().decode()
        assert time.monotonic() < until, "nothing happened"
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stderr.close()


def some_rows_are_written():
    return Conversion.objects.exists()


def some_rows_are_taken_back():
    return Conversion.objects.filter(kind="reversal").exists()


def fall_silent():
    """Let the time pass after which an import that says nothing counts as broken off."""
    ImportFile.objects.exclude(seen_at=None).update(seen_at=timezone.now() - timedelta(minutes=3))


ROW = (
    "external_id", "sequence", "part", "kind", "status", "event_at", "posted_at", "commission", "sale_amount",
    "currency", "quantity", "conversion_count", "sub_id", "tracking_id", "merchant", "row_hash",
)  # fmt: skip
RECORD = (
    "state", "read_count", "new_count", "corrected_count", "duplicate_count", "rejected_count", "rejected", "totals",
    "period_from", "period_until", "sha256", "rows_digest", "position", "progress", "message",
)  # fmt: skip


def everything():
    """The ledger, its shares, its day sums and what the last import says of itself."""
    return (
        list(Conversion.objects.order_by("external_id", "sequence").values_list(*ROW)),
        list(
            Attribution.objects.order_by("conversion__external_id", "conversion__sequence", "pk").values_list(
                "method", "weight", "commission", "sale_amount", "conversion_count"
            )
        ),
        sorted(
            EarningsDay.objects.values_list("key", "commission", "pending_commission", "conversion_count")
        ),
        ImportFile.objects.order_by("pk").values_list(*RECORD).last(),
    )


def forget_everything():
    for model in (Attribution, EarningsDay, Conversion, ImportFile):
        model.objects.all().delete()
