"""The admin of imports in tests: addresses, uploads, forms."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.affiliates.factories import network

MODELS = ["importfile", "conversion", "tagpool", "earningsmapping", "networkclickday"]
MAX_QUERIES = 15
OWN = "Datum;Provision;Wert;Ref;Stand\n05.03.2026;1,50;10,00;abc;bestätigt\n06.03.2026;2,25;20,00;;offen\n"


def list_url(model):
    return reverse(f"admin:affiliates_{model}_changelist")


def page_url(name, record):
    return reverse(f"admin:affiliates_importfile_{name}", args=[record.pk])


def upload(client, text, key="awin", **extra):
    file = SimpleUploadedFile("march.csv", text.encode())
    data = {"network": network(key).pk, "report": file, **extra}
    return client.post(reverse("admin:affiliates_importfile_add"), data, follow=True)


def columns(**values):
    return {
        "report": "earnings",
        "decimal": ",",
        "dates": "%d.%m.%Y",
        "zone": "UTC",
        "currency": "EUR",
        "mode": "state",
        "default_status": "pending",
        "statuses": "bestätigt = approved\noffen = pending",
        "name": "",
        "column_event_at": "Datum",
        "column_commission": "Provision",
        "column_sale_amount": "Wert",
        "column_sub_id": "Ref",
        "column_status": "Stand",
        **values,
    }
