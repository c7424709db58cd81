"""The references of the sample articles against a server that answers with the true titles."""

import json
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command

from references.models import Reference
from references.verification.service import verify
from tests.references.sources import payloads
from tests.references.sources.fixtures import point_at
from tests.support.http import Reply, local_site

__all__ = ["local_site"]
pytestmark = [pytest.mark.shared, pytest.mark.django_db]

MAGNESIUM = (
    "A narrative review on the role of magnesium in immune regulation, inflammation, infectious diseases,"
    " and cancer"
)
ZINC = "Zinc and immune function: the biological basis of altered resistance to infection."
VERONESE = (
    "Magnesium and health outcomes: an umbrella review of systematic reviews and meta-analyses of observational and"
    " intervention studies"
)
LAMONTAGNE = "Rapid Resolution of Chronic Back Pain with Magnesium Glycinate in a Pediatric Patient"
VERDICTS = {
    "narrative-review-role-magnesium-immune": "truncated",
    "zinc-immune-system-biological-basis": "resolved",  # the number answers, the title is another one
    "selenium-human-health": "matched",
    "combined-magnesium-zinc-selenium-supplementation": "not_found",
    "magnesium-glycinates-role-stress-reduction": "mismatch",
    "lamontagne2012": "matched",
    "veronese2020": "matched",
    "siebrecht2013": "unverified",
    "batta2017": "unverified",
    "barbagallo2019": "unverified",
}


def work(doi, title, family, year):
    author = [{"family": family, "given": "A."}]
    return json.loads(payloads.crossref(doi, title=[title], author=author, issued={"date-parts": [[year]]}))[
        "message"
    ]


@pytest.fixture
def sources(settings, local_site):
    cache.clear()
    point_at(settings, local_site)
    ashique = work("10.1186/s41043-023-00423-0", MAGNESIUM, "Ashique", 2023)
    local_site["/crossref/works/10.1186%2Fs41043-023-00423-0"] = Reply(body=json.dumps({"message": ashique}))
    local_site["/crossref/works"] = Reply(
        body=json.dumps(
            {
                "message": {
                    "items": [
                        work("10.4172/2167-0846.1000101", LAMONTAGNE, "Lamontagne", 2012),
                        work("10.1007/s00394-019-01905-w", VERONESE, "Veronese", 2019),
                    ]
                }
            }
        )
    )
    shankar = payloads.pubmed("9701160", ZINC, year=1998, family="Shankar")
    local_site["/pubmed/efetch.fcgi"] = lambda asked: Reply(
        body=shankar if "9701160" in asked.path else payloads.pubmed()
    )
    error = payloads.converted("PMC7257447", status="error", errmsg="Identifier not found in PMC")
    local_site["/idconv"] = Reply(body=error)
    local_site["/pubmed/esearch.fcgi"] = Reply(body=payloads.searched("2821126"))
    local_site["/pubmed/esummary.fcgi"] = Reply(body=payloads.summary())
    return local_site


def test_each_reference_of_the_samples_gets_its_verdict(sources, shared_dir):
    call_command("import_content", str(shared_dir / "seeds"), stdout=StringIO(), stderr=StringIO())

    found = {reference.citekey: str(verify(reference).state) for reference in Reference.objects.all()}

    assert found == VERDICTS


def test_the_altered_title_is_shown_beside_the_true_one(sources, shared_dir):
    call_command("import_content", str(shared_dir / "seeds"), stdout=StringIO(), stderr=StringIO())

    verify(Reference.objects.get(citekey="zinc-immune-system-biological-basis"))

    reference = Reference.objects.get(citekey="zinc-immune-system-biological-basis")
    assert reference.title_on_record == ZINC.removesuffix(".")
    assert not reference.is_accepted
