"""PRV01: the click tables cannot hold a person, and a column that could would stop every publication."""

import pytest
from django.db import models

from affiliates.checks import privacy
from articles.compile import compile_markdown
from cms.contracts import Snapshot, Source


def columns(field, name):
    attributes = {
        "__module__": "affiliates.fake",
        name: field,
        "Meta": type("Meta", (), {"app_label": "fake"}),
    }
    return privacy.personal_columns([type("Fake", (models.Model,), attributes)])


@pytest.mark.filterwarnings("ignore:Model 'fake.fake' was already registered")
@pytest.mark.parametrize(
    ("field", "name"),
    [
        (models.GenericIPAddressField(), "origin"),
        (models.TextField(), "ip"),
        (models.CharField(max_length=9), "client_ip"),
        (models.TextField(), "user_agent"),
        (models.TextField(), "ua"),
        (models.TextField(), "cookie_value"),
        (models.TextField(), "fingerprint"),
    ],
)
def test_a_column_that_could_hold_a_person_is_found(field, name):
    assert columns(field, name) == [f"fake.Fake.{name}"]


@pytest.mark.filterwarnings("ignore:Model 'fake.fake' was already registered")
@pytest.mark.parametrize("name", ["ships", "script", "quality", "zip_code", "day_visitor"])
def test_other_columns_are_not(name):
    assert columns(models.TextField(), name) == []


def test_our_own_tables_hold_nobody():
    assert list(privacy.impersonal(Snapshot(Source("Zinc."), compile_markdown("Zinc.")))) == []


def test_a_finding_is_critical(monkeypatch):
    monkeypatch.setattr(privacy, "_columns", lambda: ("affiliates.Click.ip",))

    (finding,) = privacy.impersonal(Snapshot(Source("Zinc."), compile_markdown("Zinc.")))

    assert (finding.id, finding.critical) == ("PRV01", True)
    assert "affiliates.Click.ip" in finding.message
