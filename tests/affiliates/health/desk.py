"""Links in one state or another, and the addresses of their pages."""

from django.utils import timezone

from affiliates.models import LinkCheck, LinkHealth
from affiliates.models.health import State
from tests.affiliates.factories import LinkFactory

LIST = "/admin/affiliates/linkhealth/"
AWIN = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2"


def health(state=State.GONE, count=2, **values):
    link = LinkFactory(**{"url": AWIN, **values})
    found = LinkHealth.objects.create(
        target=link.targets.get(),
        state=state,
        detail="The server says that there is no such page (404).",
        final_host="northmoor.example",
        trouble_count=count if state == State.GONE else 0,
        trouble_since=timezone.now() if state == State.GONE else None,
        checked_at=timezone.now(),
    )
    LinkCheck.objects.create(target=found.target, state=state, hosts=["awin1.com", "northmoor.example"])
    return found


def url(found, page=""):
    return f"{LIST}{found.pk}/{page or 'change'}/"
