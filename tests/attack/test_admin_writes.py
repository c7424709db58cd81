"""Who may only look, or may not even that, writes nothing: every address of the admin, with words that would do it."""

import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.urls import get_resolver

from affiliates.models import Report
from articles.publishing import publish
from tests.affiliates.earnings.reports import awin, put_awin
from tests.affiliates.health.desk import health
from tests.attack.hostile import hostile_article
from tests.attack.test_admin_matrix import OPEN, patterns
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
OWN = {"django_session"}  # of everybody who is logged in
DJANGOS = ("_changelist", "_add", "_history", "_delete", "_change")
# One's own saved views (deleting names its owner), one's own second factor.
OF_EVERYBODY = ["affiliates_report_drop", "affiliates_report_keep", "second_factor"]
BODY = {
    "title": "Zinc", "slug": "evil", "text": "New words", "expected_head": "", "kind": "save",
    "step": "submit", "note": "Please", "when": "now", "reason": "Because", "override": "Because", "head": "",
    "name": "Zinc", "page": "overview", "query": "days=7", "is_shared": "on", "confirm": "1", "post": "yes",
    "url": "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued=https%3A%2F%2Fa.example%2F",
    "list": "disease", "phrase": "wobbly knee", "q": "10.1000/zinc", "do": "begin", "old_password": "x",
    "username": "eve", "usable_password": "true", "password1": "a-long-pass-word", "password2": "a-long-pass-word",
    "action": "delete_selected", "select_across": "1", "_selected_action": "1", "phrases": "zinc", "cap": "1",
    "tracking_id": "zinc-20", "severity": "warning", "check_id": "REC01", "alt": "Zinc", "decorative": "on",
    "is_active": "on", "permissions": "1", "groups": "1",
}  # fmt: skip


@pytest.fixture
def everything():
    """One record at least of what has pages with buttons; the article is somebody else's."""
    article = hostile_article()
    publish(article, override="Because")
    put_awin(awin(1))
    health()
    Report.objects.create(owner=UserFactory(), name="Mine", page="overview")
    return article


def addresses(article):
    """Return the address of every page of the admin, of a record that there is."""
    found = {}
    for name, route in patterns(get_resolver()):
        if not route.startswith("admin/") or name == "view_on_site":
            continue
        _, app, kind, *_ = [*route.split("/"), "", ""]
        is_own = "keyword/article" in route or (app, kind) == ("articles", "article")
        record = article if is_own else _first(app, kind)
        identity = str(record.pk if record else 1)
        path = re.sub(r"[\^$]|\\Z", "", route)
        path = re.sub(r"<(?:int:)?(?:number|override_id|version_id)>", "1", path)
        found[name] = "/" + re.sub(r"<[^>]*>|\(.*?\)", identity, path)
    return {name: url for name, url in found.items() if name not in OPEN}


def _first(app, kind):
    try:
        return apps.get_model(app, kind)._default_manager.first()
    except LookupError:
        return None


def writes(client, urls, method, **body):
    """Return what each address wrote; every one meets the site as it was."""
    found = {}
    for name, url in urls.items():
        tables = set()

        def note(execute, sql, params, many, context, tables=tables):
            wrote = WRITES.match(sql)  # at its beginning: a SELECT that locks says FOR UPDATE at its end
            tables |= {wrote[1]} - OWN if wrote else set()
            return execute(sql, params, many, context)

        with transaction.atomic(), connection.execute_wrapper(note):
            getattr(client, method)(url, body)
            transaction.set_rollback(True)
        if tables:
            found[name] = sorted(tables)
    return found


def body(article):
    return {**BODY, "expected_head": article.head_id, "head": article.head_id}


def test_looking_writes_nothing(client, everything):
    client.force_login(UserFactory(superuser=True))

    assert writes(client, addresses(everything), "get", **body(everything)) == {}


def test_who_may_only_look_writes_what_is_their_own(client, everything):
    urls, words = addresses(everything), body(everything)
    client.force_login(UserFactory(superuser=True))
    unusual = {name: url for name, url in urls.items() if not name.endswith(DJANGOS)}
    possible = writes(client, unusual, "post", **words)
    onlooker = UserFactory()
    onlooker.user_permissions.add(*Permission.objects.filter(codename__startswith="view_"))
    client.force_login(onlooker)

    found = writes(client, urls, "post", **words)

    assert len(possible) > 12
    assert sorted(found) == OF_EVERYBODY
