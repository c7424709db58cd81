import pytest
from django.contrib.staticfiles import finders
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder


def test_healthz_answers_without_the_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_readyz_is_ready_on_a_migrated_database(client):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["problems"] == []


@pytest.mark.django_db
def test_readyz_waits_for_migrations(client):
    MigrationRecorder.Migration.objects.filter(app="sessions").delete()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["problems"] == ["migrations pending"]


@pytest.mark.django_db
def test_readyz_reports_a_lost_database(client, monkeypatch):
    def lost():
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "ensure_connection", lost)
    monkeypatch.setattr(connection, "cursor", lost)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["problems"] == ["database unreachable"]


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/robots.txt"])
def test_probes_take_no_post(client, address):
    assert client.post(address).status_code == 405


def test_robots_keeps_crawlers_off_clicks_and_staff_pages(client):
    response = client.get("/robots.txt")

    lines = response.content.decode().splitlines()
    assert response.headers["Content-Type"] == "text/plain"
    assert {"Disallow: /go/", "Disallow: /admin/", "Disallow: /preview/"} <= set(lines)
    assert lines[-1] == "Sitemap: https://site.example/sitemap.xml"


def test_the_old_icon_address_leads_to_a_picture_that_exists(client):
    response = client.get("/favicon.ico")

    assert response.status_code == 302
    assert finders.find(response.headers["Location"].removeprefix("/static/"))
