import pytest
from django.core.checks import run_checks

from cms import checks

GOOD = {
    "DEBUG": False,
    "SECRET_KEY": "k7Jx2-" * 10,
    "ALLOWED_HOSTS": ["site.example"],
    "SITE_URL": "https://site.example",
    "HTTPS": True,
    "TRUSTED_PROXY_COUNT": 1,
    "COUNTRY_HEADER": "CF-IPCountry",
    "CHELATE_PLUGINS": ["references"],
    "CHELATE_PLUGINS_OFF": [],
    "CHELATE_JURISDICTIONS": ["US", "EU"],
}


@pytest.fixture
def configure(settings, tmp_path):
    """Return a function that sets a sound production configuration with the given changes."""
    (tmp_path / "staticfiles.json").write_text("{}")

    def apply(**changes):
        for name, value in {**GOOD, "STATIC_ROOT": tmp_path, **changes}.items():
            setattr(settings, name, value)

    return apply


def ours():
    """The ids of our own warnings, deployment checks included."""
    found = run_checks(tags=["security"], include_deployment_checks=True)
    return [message.id for message in found if message.id.startswith("cms.")]


def test_sound_configuration_has_no_warning(configure):
    configure()

    assert ours() == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"SECRET_KEY": "short"}, ["cms.W001"]),
        ({"CDN_MAX_AGE": 60}, ["cms.W011"]),
        ({"CDN_PURGE_URL": "cdn.example/purge"}, ["cms.W012"]),
        ({"CDN_MAX_AGE": 60, "CDN_PURGE_URL": "https://cdn.example/purge"}, []),
        ({"SECRET_KEY": "ab" * 40}, ["cms.W001"]),
        ({"DEBUG": True}, ["cms.W002"]),
        ({"SECURE_REFERRER_POLICY": "same-origin"}, ["cms.W003"]),
        ({"SECURE_REFERRER_POLICY": "no-referrer"}, ["cms.W003"]),
        ({"SITE_URL": "http://site.example"}, ["cms.W004"]),
        ({"SITE_URL": "https://other.example"}, ["cms.W005"]),
        ({"TRUSTED_PROXY_COUNT": 0, "HTTPS": False}, ["cms.W006"]),
        ({"TRUSTED_PROXY_COUNT": 0, "COUNTRY_HEADER": ""}, ["cms.W007"]),
        ({"CHELATE_PLUGINS": ["reference"]}, ["cms.W008"]),
        ({"CHELATE_PLUGINS_OFF": ["affiliate"]}, ["cms.W008"]),
        ({"CHELATE_JURISDICTIONS": ["us"]}, ["cms.W009"]),
        ({"STATIC_ROOT": "/nonexistent"}, ["cms.W010"]),
    ],
)
def test_each_wrong_setting_has_its_number(configure, change, expected):
    configure(**change)

    assert ours() == expected


@pytest.mark.parametrize("hosts", [["*"], [".example"], [".site.example"]])
def test_host_patterns_cover_the_site_address(configure, hosts):
    configure(ALLOWED_HOSTS=hosts)

    assert ours() == []


def test_every_warning_says_what_to_do(configure):
    configure(
        DEBUG=False,
        SECRET_KEY="short",
        SECURE_REFERRER_POLICY="no-referrer",
        SITE_URL="http://other.example",
        TRUSTED_PROXY_COUNT=0,
        CHELATE_PLUGINS_OFF=["affiliate"],
        CHELATE_JURISDICTIONS=["Europe"],
        STATIC_ROOT="/nonexistent",
    )

    found = [message for check in checks.CHECKS + checks.DEPLOY_CHECKS for message in check()]

    assert len(found) == 9
    assert all(len(message.hint) > 20 for message in found)
