"""The three sample documents, read sentence by sentence by hand: what must be marked, and nothing else of ours."""

import pytest

from articles.linting.run import lint_paths
from claims.checks.run import SEVERITIES

pytestmark = [pytest.mark.shared, pytest.mark.django_db]

# (line, id, severity, words); the lines are those of the original files.
EXPECTED = {
    "000": [
        (8, "CLM03", "warning", "highly bioavailable"),
        (13, "CLM02", "warning", "Reducing inflammation"),
        (14, "EVD01", "error", "nearly 50%"),
        (22, "CLM03", "warning", "Dynamic Duo"),
        (25, "EVD01", "error", "40%"),
        (25, "CLM02", "warning", "reduction in the severity of"),
        (27, "EVD01", "error", "2018 study"),
        (27, "CLM02", "warning", "improved hormonal profiles"),
        (32, "CLM02", "warning", "protect against oxidative stress and inflammation"),
        (34, "CLM02", "warning", "reducing inflammation"),
        (34, "EVD01", "error", "2019 study"),
        (34, "CLM01", "error", "reducing their risk of chronic diseases"),
        (36, "EVD01", "error", "30%"),
        (36, "CLM02", "warning", "improved thyroid function"),
        (38, "CLM02", "warning", "reducing inflammation"),
        (38, "CLM02", "warning", "regulate blood pressure"),
        (42, "CLM02", "warning", "Reduced Inflammation"),
        (43, "CLM02", "warning", "modulate inflammatory pathways"),
        (43, "EVD01", "error", "28%"),
        (43, "CLM02", "warning", "reduced inflammatory markers"),
        (53, "EVD01", "error", "30%"),
        (66, "CLM03", "warning", "Superior Absorption"),
        (70, "CLM03", "warning", "powerful combination"),
        (70, "CLM03", "warning", "profound impact"),
    ],
    "001": [
        (5, "CLM03", "warning", "master mineral"),
        (5, "EVD03", "warning", "studies show"),
        (5, "EVD02", "warning", "70%"),
        (7, "EVD02", "warning", "50%"),
        (11, "EVD03", "warning", "Clinical observations"),
        (11, "CLM01", "error", "marked improvements in"),
        (11, "EVD03", "warning", "real-world results"),
        (13, "CLM07", "warning", "guided by functional testing"),
        (15, "CLM03", "warning", "true bioavailability"),
        (17, "CLM02", "warning", "autoimmune conditions may benefit from"),
        (17, "CLM07", "info", "Those with stress, insomnia, or autoimmune conditions"),
        (19, "EVD03", "warning", "Emerging research"),
        (21, "CLM03", "warning", "transform"),
    ],
    "003": [
        (10, "CLM03", "warning", "highly bioavailable"),
        (10, "CLM03", "error", "clinically proven"),
        (10, "CLM01", "error", "improve conditions such as chronic back pain"),
        (10, "CLM01", "error", "managing chronic pain"),
        (10, "CLM05", "warning", "proven"),
        (12, "CLM02", "warning", "blood pressure regulation"),
        (12, "CLM02", "warning", "migraine attacks"),
        (12, "CLM01", "error", "preventing numerous conditions such as osteoporosis"),
        (19, "CLM02", "warning", "reducing chronic back pain"),
        (19, "CLM05", "warning", "Demonstrates"),
        (21, "CLM02", "warning", "reducing hospitalization and migraine attacks"),
        (22, "CLM01", "error", "preventing a range of chronic diseases"),
    ],
}


@pytest.fixture(scope="module")
def linted(shared_dir, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        found = lint_paths([shared_dir / "seeds"]).findings
    ours = [finding for finding in found if finding.id in SEVERITIES]
    return {number: [one for one in ours if one.file.name.startswith(f"{number}_")] for number in EXPECTED}


@pytest.mark.parametrize(
    ("number", "line", "identifier", "severity", "words"),
    [(number, *row) for number, rows in EXPECTED.items() for row in rows],
)
def test_what_the_rules_demand_is_found(linted, number, line, identifier, severity, words):
    same = [one for one in linted[number] if one.id == identifier and words in one.quote]

    assert [(one.line, one.severity) for one in same if one.line == line] == [(line, severity)]


@pytest.mark.parametrize("number", EXPECTED)
def test_nothing_else_is_marked(linted, number):
    expected = [(line, identifier, words) for line, identifier, _, words in EXPECTED[number]]

    extra = [
        (one.line, one.id, one.quote)
        for one in linted[number]
        if not any(
            one.line == line and one.id == name and words in one.quote for line, name, words in expected
        )
    ]

    assert extra == []
