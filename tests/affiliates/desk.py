"""The admin in tests: addresses, forms and rows to look at."""

from django.urls import reverse
from django.utils import timezone

from affiliates.clicks.record import Drop, Hit, count
from affiliates.sums import add_up
from tests.affiliates.factories import (
    LinkFactory,
    PlacementFactory,
    ProductFactory,
    ProgramFactory,
)

MAX_QUERIES = 15
MODELS = ["affiliatelink", "product", "network", "program", "placement", "click", "clickday", "dropday"]
READ_ONLY = ["placement", "click", "clickday", "dropday"]
AWIN = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2"


def list_url(model):
    return reverse(f"admin:affiliates_{model}_changelist")


def change_url(record):
    return reverse(f"admin:affiliates_{record._meta.model_name}_change", args=[record.pk])


def form_data(**values):
    empty = {
        f"{prefix}-{name}_FORMS": 0 for prefix in ("targets", "targets-2") for name in ("TOTAL", "INITIAL")
    }
    return {**empty, "title": "Zinc citrate", "status": "live", "target_url": AWIN, **values}


def add(client, **values):
    return client.post(reverse("admin:affiliates_affiliatelink_add"), form_data(**values))


def errors(response):
    return {name: " ".join(found) for name, found in response.context["adminform"].form.errors.items()}


def click(placement, click_class="human", visitor=1):
    moment = timezone.now().replace(microsecond=0)
    count(
        Hit(
            moment, placement.link_id, None, placement.pk, click_class, "", "redirect", visitor, "", "desktop", ""
        )
    )  # fmt: skip


def fill(number):
    for _ in range(number):
        placement = PlacementFactory(link=LinkFactory(program=ProgramFactory()))
        ProductFactory(link=placement.link)
        click(placement)
        count(Drop(timezone.now().date(), "prefetch", placement.link_id))
    add_up()
