"""Settings as an operator meets them: read by a fresh process from its environment."""

import json

import pytest

from tests.support.commands import PRODUCTION, manage, python

PRINT = """
import json, sys
from cms import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def read(*names, **variables):
    result = python("-c", PRINT, *names, **variables)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_debug_alone_starts_a_clone():
    found = read("DEBUG", "SECRET_KEY", "HTTPS", "SITE_URL", DEBUG="true")

    assert found == {
        "DEBUG": True,
        "SECRET_KEY": "dev-only",
        "HTTPS": False,
        "SITE_URL": "http://localhost:8000",
    }


def test_production_is_closed_by_default():
    names = (
        "DEBUG",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_REFERRER_POLICY",
    )

    found = read(*names, **PRODUCTION)

    assert list(found.values()) == [False, True, True, True, "strict-origin-when-cross-origin"]


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "x" * 50}, "SITE_URL must be set"),
        ({"DEBUG": "ture"}, "DEBUG must be true or false"),
        ({"DEBUG": "true", "HTTPS": "yes"}, "HTTPS must be true or false"),
        ({"DEBUG": "true", "TRUSTED_PROXY_COUNT": "one"}, "TRUSTED_PROXY_COUNT must be a whole number"),
        ({"DEBUG": "true", "DATABASE_URL": "mysql://a/b"}, "DATABASE_URL must start with"),
        ({"DEBUG": "true", "SITE_URL": "example.org"}, "SITE_URL must look like https://example.org"),
    ],
)
def test_a_missing_or_misspelt_variable_stops_the_start(variables, expected):
    result = manage("check", **variables)

    assert result.returncode == 1
    assert expected in result.stderr
    assert "Traceback" not in result.stderr


def test_proxies_are_believed_only_when_counted():
    assert "SECURE_PROXY_SSL_HEADER" not in dir_of_settings(TRUSTED_PROXY_COUNT="0")
    assert "SECURE_PROXY_SSL_HEADER" in dir_of_settings(TRUSTED_PROXY_COUNT="1")


def dir_of_settings(**variables):
    result = python("-c", "from cms import settings; print(dir(settings))", **{**PRODUCTION, **variables})
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_a_plugin_can_be_switched_off():
    found = read("CHELATE_PLUGIN_APPS", DEBUG="true", CHELATE_PLUGINS_OFF="affiliates", CHELATE_SAFE_MODE="1")

    assert found["CHELATE_PLUGIN_APPS"] == ["claims", "disclaimers", "references"]


def test_plugins_come_first_so_that_their_templates_win():
    apps = read("INSTALLED_APPS", DEBUG="true", CHELATE_SAFE_MODE="1")["INSTALLED_APPS"]

    ours = [app for app in apps if not app.startswith("django_otp")]  # it brings no templates
    assert ours[:6] == ["affiliates", "claims", "disclaimers", "references", "cms", "articles"]
    assert apps[:4] == ours[:4]
    assert apps.index("unfold") < apps.index("django.contrib.admin")


def test_media_on_another_host_is_allowed_as_image_source():
    policy = read("CONTENT_SECURITY_POLICY", DEBUG="true", MEDIA_URL="https://cdn.example/m/")

    sources = policy["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["img-src"]
    assert sources == ["'self'", "https://cdn.example"]


def test_static_files_are_collected_and_every_reference_in_them_exists(tmp_path):
    result = manage("collectstatic", "--noinput", STATIC_ROOT=str(tmp_path), **PRODUCTION)

    assert result.returncode == 0, result.stderr
    assert (tmp_path / "staticfiles.json").is_file()


def test_production_logs_are_json(tmp_path):
    code = "import django; django.setup(); import structlog; structlog.get_logger('a').warning('hello', n=1)"

    result = python("-W", "ignore", "-c", code, DJANGO_SETTINGS_MODULE="cms.settings", **PRODUCTION)

    event = json.loads(result.stderr.splitlines()[-1])
    assert (event["event"], event["n"], event["level"], event["logger"]) == ("hello", 1, "warning", "a")


def test_deployment_checks_pass_for_a_sound_configuration(tmp_path):
    (tmp_path / "staticfiles.json").write_text("{}")
    variables = {**PRODUCTION, "STATIC_ROOT": str(tmp_path), "HSTS_SUBDOMAINS": "true"}

    result = manage("check", "--deploy", "--fail-level", "WARNING", **variables)

    assert result.returncode == 0, result.stderr
