"""The checker's work in the background."""

from __future__ import annotations

from django.conf import settings

from cms.tasks import task

OFF = "Link checks are switched off (LINK_CHECKS)."


@task(idempotent=True)
def check_links(target_id: int | None = None) -> int:
    """Check the targets that are due, one of them by name first, then write about those that have just died."""
    if not settings.LINK_CHECKS:
        return 0
    from affiliates.health.digest import report_new
    from affiliates.health.run import check_due, make_due

    if target_id is not None:
        make_due(target_id=target_id)
    checked = len(check_due().checks)
    report_new()
    return checked


@task
def send_digest() -> int:
    """Send the weekly mail about links in trouble. Not run again after a failure: one mail too few beats two."""
    from affiliates.health.digest import send_weekly

    return send_weekly()
