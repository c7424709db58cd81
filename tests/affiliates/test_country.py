import pytest
from django.test import RequestFactory

from affiliates.clicks.country import country_of, language_of
from affiliates.models import Click
from tests.affiliates.redirects import visit


@pytest.mark.parametrize(
    ("header", "proxies", "value", "country"),
    [
        ("CF-IPCountry", 1, "de", "DE"),
        ("cf-ipcountry", 2, " DE ", "DE"),
        ("X-Country", 1, "DE", ""),
        ("CF-IPCountry", 0, "DE", ""),  # without a proxy anybody can write the header
        ("", 1, "DE", ""),
        ("CF-IPCountry", 1, "XX", ""),
        ("CF-IPCountry", 1, "ZZ", ""),
        ("CF-IPCountry", 1, "T1", ""),
        ("CF-IPCountry", 1, "US,DE", ""),
        ("CF-IPCountry", 1, "203.0.113.9", ""),
        ("CF-IPCountry", 1, "", ""),
    ],
)
def test_the_country_comes_from_a_trusted_proxy_only(settings, header, proxies, value, country):
    settings.COUNTRY_HEADER, settings.TRUSTED_PROXY_COUNT = header, proxies

    assert country_of(RequestFactory().get("/", headers={"cf-ipcountry": value})) == country


@pytest.mark.django_db
@pytest.mark.parametrize(("header", "country"), [("X-Country", "DE"), ("", "")])
def test_a_click_keeps_the_country_that_the_proxy_names(client, link, settings, header, country):
    settings.COUNTRY_HEADER, settings.TRUSTED_PROXY_COUNT = header, 1

    visit(client, "/go/zinc/", {"x-country": "DE", "x-forwarded-for": "203.0.113.9"})

    assert Click.objects.get().country == country


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de-CH,fr;q=0.9,en;q=0.8", "de"),
        ("EN", "en"),
        ("  fil-PH", "fil"),
        ("zh-Hant-TW", "zh"),
        ("*", ""),
        ("deutsch", ""),
        ("", ""),
        ("1' or '1'='1", ""),
    ],
)
def test_the_language_is_the_one_preferred(header, language):
    assert language_of(RequestFactory().get("/", headers={"accept-language": header})) == language


def test_who_names_no_language_has_none():
    assert language_of(RequestFactory().get("/")) == ""
