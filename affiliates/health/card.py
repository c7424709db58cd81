"""The card on the first page of the admin: links in trouble. Nothing is shown when nothing is wrong."""

from __future__ import annotations

from django.template.loader import render_to_string

from affiliates.health.places import articles_with
from affiliates.models import LinkHealth
from cms.contracts import SlotContext

SHOWN = 6


def dashboard_card(context: SlotContext) -> str:
    user = getattr(context.request, "user", None)
    if user is None or not user.has_perm("affiliates.view_linkhealth"):
        return ""
    alerts = LinkHealth.objects.alerts().with_link().order_by("-trouble_since", "pk")
    found = list(alerts[: SHOWN + 1])
    if not found:
        return ""
    shown = found[:SHOWN]
    places = articles_with([health.target.link_id for health in shown])
    rows = [(health, places.get(health.target.link_id, [])) for health in shown]
    return render_to_string(
        "affiliates/admin/health_card.html", {"rows": rows, "has_more": len(found) > SHOWN}
    )
