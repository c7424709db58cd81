"""What the audit log says in words, whatever a row keeps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.admin.compliance.audit_words import linked, plain
from articles.models import AuditEvent

RECORDS = {
    "records": [{"key": "product:5", "name": "Kelp <300>"}, {"key": "link:13", "name": "Kelp tablets"}]
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("ab1:-T", max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=3), inner, max_size=3),
    max_leaves=6,
)


def event(data, kind="recalled"):
    return AuditEvent(kind=kind, data=data)


def test_a_file_names_recalled_records_with_their_keys():
    assert plain(event(RECORDS)) == "Kelp <300> (product:5); Kelp tablets (link:13)"


def test_a_page_links_the_records_that_exist():
    words = linked(event(RECORDS), {"link:13": "/admin/link/13/"})

    assert words == (
        '<span>Kelp &lt;300&gt;; <a class="text-link underline" href="/admin/link/13/">Kelp tablets</a></span>'
    )


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("recompiled", {"from": 1}, "edition 1 was shown before"),
        ("signed", {"revision": 3, "from": "an imported folder"}, "revision: 3; from an imported folder"),
        ("overridden", {"findings": [{"id": "AFF01", "message": "None."}]}, "AFF01: None."),
        ("finding_passed", {"let pass at": "2026-11-22T07:01:05+00:00"}, "let pass at: 22 Nov 2026, 07:01"),
        ("finding_passed", {"about": "2026-99-99T07:01:05Z"}, "about: 2026-99-99T07:01:05Z"),
        (
            "disclaimer_changed",
            {"in": ["US", "EU"], "live": True, "old": None},
            "in: US, EU; live: yes; old: nothing",
        ),
        ("check_changed", {"was": {"on": False, "list": []}}, "was: on no, list nothing"),
        ("recalled", {"records": [{}]}, "a record ()"),
        ("published", {}, ""),
    ],
)
def test_details_are_words(kind, data, words):
    assert plain(event(data, kind)) == words


@given(value=JSON)
def test_nothing_is_shown_as_python(value):
    words = plain(event({"kept": value}))

    assert not set(words) & set("[]{}'\"")
    assert "None" not in words
