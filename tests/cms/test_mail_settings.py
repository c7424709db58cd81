"""EMAIL_URL: which mail server, or none."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.environment import mail
from tests.support.commands import PRODUCTION, python

SHOW = "from django.conf import settings as s; print(s.EMAIL_BACKEND, s.EMAIL_HOST, s.LINK_ALERT_RECIPIENTS)"


def test_without_a_server_nothing_is_sent():
    assert mail("") == {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


def test_a_server_with_its_login():
    found = mail("smtp+tls://desk%40site.example:s%3Acret@mail.example:587")

    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == ("mail.example", 587, True)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("desk@site.example", "s:cret")


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp", "://"])
def test_anything_else_stops_the_start(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL must start with"):
        mail(url)


def test_the_settings_read_server_and_recipients():
    variables = {
        "EMAIL_URL": "smtp://mail.example:25",
        "LINK_ALERT_RECIPIENTS": "a@site.example, b@site.example",
    }

    said = python("-c", SHOW, **PRODUCTION, DJANGO_SETTINGS_MODULE="cms.settings", **variables).stdout

    assert said.split(" ", 1)[1] == "mail.example ['a@site.example', 'b@site.example']\n"
    assert "smtp" in said
