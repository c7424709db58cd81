"""What a recall of many does not do, and what taking it back does not bring to life."""

import pytest
from django.urls import reverse

from affiliates.recall import recall
from tests.affiliates.desk import list_url
from tests.affiliates.factories import LinkFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["recall", "reinstate"])
def test_none_of_too_many_is_left_out_silently(staff, monkeypatch, name):
    monkeypatch.setattr("affiliates.admin.recall_pages.MOST", 2)
    chosen = {"action": name, "_selected_action": [LinkFactory().pk for _ in range(3)]}

    page = staff.post(list_url("affiliatelink"), chosen, follow=True)
    fewer = staff.post(
        list_url("affiliatelink"), {**chosen, "_selected_action": chosen["_selected_action"][:2]}
    )

    assert "Choose 2 at most; nothing was changed." in page.content.decode()
    assert fewer["Location"].count(",") == 1


@pytest.mark.parametrize("status", ["paused", "draft", "expired"])
def test_what_was_not_live_before_is_not_live_after(staff, status):
    link = LinkFactory(title="Zinc", status=status)
    recall([link], reason="FDA warning letter")
    address = f"{reverse('admin:affiliates_affiliatelink_reinstate')}?ids={link.pk}"

    page = staff.post(address, {"reason": ""}, follow=True)

    link.refresh_from_db()
    assert link.status == status
    assert f"“Zinc” is {status}, as before the recall." in page.content.decode()
