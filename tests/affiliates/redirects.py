"""Visiting counted links in tests, and what every answer must carry."""

from affiliates.models import Click, ClickDay
from affiliates.sums import add_up
from tests.affiliates.requests import BROWSER


def sums():
    """The day sums, counted now."""
    add_up()
    return ClickDay.objects.all()


def judged():
    """The clicks, with what each is to its visitor's others."""
    add_up()
    return Click.objects.order_by("pk")


def visit(client, path, headers=None, **extra):
    return client.get(path, headers={**BROWSER, **(headers or {})}, **extra)


def assert_safe_headers(response):
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
