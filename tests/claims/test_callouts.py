import pytest

from articles.compile import compile_markdown
from claims import callouts

KINDS = {
    "statistic": "Statistic",
    "clinical-evidence": "Clinical evidence",
    "research-highlight": "Research highlight",
    "study-insight": "Study insight",
}


def test_there_are_four_kinds():
    assert {kind.name: kind.label for kind in callouts.CALLOUT_KINDS} == KINDS


@pytest.mark.parametrize(("name", "label"), KINDS.items())
def test_a_callout_has_its_class_and_label(name, label):
    html = compile_markdown(f":::{name}\nHalf of them.\n:::\n").html

    assert f'<aside class="callout callout--{name}"' in html
    assert f'<p class="callout__label">{label}</p>' in html
    assert "<p>Half of them.</p>" in html


def test_an_own_title_replaces_the_label_and_is_escaped():
    html = compile_markdown(":::statistic <b>Fact</b>\nHalf of them.\n:::\n").html

    assert '<p class="callout__label">&lt;b&gt;Fact&lt;/b&gt;</p>' in html


def test_each_callout_is_noted_with_its_place():
    document = compile_markdown("Words.\n\n:::statistic\nOne.\n:::\n\n:::study-insight\nTwo.\n:::\n")

    noted = [(use.kind, use.block_index, use.line) for use in document.records["callouts"]]
    assert noted == [("statistic", 1, 3), ("study-insight", 2, 7)]


def test_a_callout_inside_a_list_is_noted_too():
    document = compile_markdown("- Immune support\n\n  :::clinical-evidence\n  A trial.\n  :::\n")

    assert [(use.kind, use.line) for use in document.records["callouts"]] == [("clinical-evidence", 3)]


def test_notes_and_warnings_are_no_evidence():
    document = compile_markdown(":::note\nMind the step.\n:::\n")

    assert "callouts" not in document.records


def test_an_unclosed_callout_is_an_error_and_still_noted():
    document = compile_markdown(":::statistic\nHalf of them.\n")

    assert [finding.id for finding in document.findings] == ["MD01"]
    assert len(document.records["callouts"]) == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", list(KINDS.values())),
        ("STAT", ["Statistic"]),
        ("trial", ["Clinical evidence"]),
        ("study", ["Study insight"]),
        ("recipe", []),
    ],
)
def test_the_picker_finds_callouts(query, found):
    assert [choice.label for choice in callouts.pick(query)] == found


@pytest.mark.parametrize("choice", callouts.pick(""), ids=lambda choice: choice.label)
def test_what_the_picker_inserts_is_a_whole_callout(choice):
    document = compile_markdown(f"Words.\n\n{choice.insert}\nMore words.\n")

    assert document.findings == ()
    assert len(document.records["callouts"]) == 1
