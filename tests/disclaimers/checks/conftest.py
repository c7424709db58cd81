import pytest

from articles.compile import compile_article, make_source
from disclaimers.checks import CHECKS
from disclaimers.models import Disclaimer

OURS = {check.id for check in CHECKS}


@pytest.fixture
def found():
    """Return the findings of this plugin, by id; a second one of an id fails the test."""

    def find(text, **front_matter):
        document = compile_article(make_source(text, front_matter))
        findings = [finding for finding in document.findings if finding.id in OURS]
        assert len({finding.id for finding in findings}) == len(findings)
        return {finding.id: finding for finding in findings}

    return find


@pytest.fixture
def switch_off():
    def switch(*slugs):
        assert Disclaimer.objects.filter(slug__in=slugs).update(is_active=False) == len(slugs)

    return switch
