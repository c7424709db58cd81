"""No table of the project can hold an IP address, a user agent or a visitor's cookie. The schema itself is read."""

import re

import pytest
from django.apps import apps
from django.db import connection, models

from affiliates.models import Click, ClickDay, DropDay, SeenToday, Tally, ViewDay, VisitorSalt

CLICK_TABLES = [Click, ClickDay, DropDay, SeenToday, Tally, ViewDay, VisitorSalt]
TELLING = re.compile(
    r"(?:^|_)(?:ip|ips|ipv4|ipv6|inet|addr|remote|forwarded|ua|useragent|user_agent|agent|browser|cookie|cookies|"
    r"device_id|visitor_id|client_id|gclid|fbclid)(?:_|$)"
)
# Everything with text in the click tables: what it may hold and why nobody is known by it.
SHORT_TEXTS = {
    "click_class": 8,
    "reason": 24,
    "channel": 8,
    "device": 8,
    "country": 2,
    "language": 3,
    "click_token": 8,  # random, of one click
    "dimension": 10,
    "key": 100,  # a record's number, one of the codes above or a checked host
    "referrer_host": 100,  # checked to be a public name, see test_visitors
}


@pytest.mark.parametrize(
    "model", apps.get_models(include_auto_created=True), ids=lambda model: model._meta.label
)
def test_no_column_is_named_or_typed_for_who_somebody_is(model):
    for field in model._meta.concrete_fields:
        assert not TELLING.search(field.column), field
        assert not isinstance(field, models.GenericIPAddressField), field


@pytest.mark.django_db
def test_no_table_of_the_database_has_such_a_column():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} LIMIT 0")
            for column in cursor.description:
                assert not TELLING.search(column[0]), f"{table}.{column[0]}"


@pytest.mark.parametrize("model", CLICK_TABLES, ids=lambda model: model.__name__)
def test_click_tables_hold_short_known_texts_only(model):
    for field in model._meta.concrete_fields:
        if isinstance(field, models.CharField):
            assert field.max_length == SHORT_TEXTS[field.name]
        elif isinstance(field, models.JSONField):
            assert (
                field.name == "recent"
            )  # seconds of the day and placements, deleted when the day is settled
        elif isinstance(field, models.BinaryField):
            assert (model, field.max_length) == (VisitorSalt, 16)
        else:
            assert isinstance(
                field, models.ForeignKey | models.DateField | models.IntegerField | models.BooleanField
            ), field


def test_the_only_hash_is_that_of_one_day():
    numbers = {field.name for field in Click._meta.concrete_fields if type(field) is models.BigIntegerField}

    assert numbers == {"day_visitor"}
