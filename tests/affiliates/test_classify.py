from pathlib import Path

import pytest
from crawleruseragents import CRAWLER_USER_AGENTS_DATA

from affiliates.clicks.classify import HUMAN, classify, device_of, judge_user_agent, looks_ahead
from tests.affiliates.requests import BROWSER, SCRIPT, meta, without

PEOPLE = (Path(__file__).parent / "data" / "people.txt").read_text().splitlines()
PROGRAMS = [
    "curl/8.5.0",
    "Wget/1.21",
    "python-requests/2.32",
    "Python/3.11 aiohttp/3.9",
    "Go-http-client/2.0",
    "okhttp/4.12.0",
    "axios/1.7",
    "node-fetch",
    "Java/17.0.1",
    "libwww-perl/6.7",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0.0.0 Safari/537.36",
    "SomeNewBot/1.0",
    "Mozilla/5.0 (compatible; ExampleCrawler; +https://crawler.example)",
]


@pytest.mark.parametrize("user_agent", PEOPLE)
def test_people_are_people(user_agent):
    assert judge_user_agent(user_agent) is None


@pytest.mark.parametrize("user_agent", PROGRAMS)
def test_programs_are_bots(user_agent):
    assert judge_user_agent(user_agent).reason == "user_agent"


def test_every_listed_crawler_is_a_bot():
    examples = [agent for entry in CRAWLER_USER_AGENTS_DATA for agent in entry["instances"]]

    missed = [agent for agent in examples if judge_user_agent.__wrapped__(agent) is None]

    assert len(examples) > 1_000
    assert not missed


def test_listed_link_previews_are_told_apart():
    previews = [entry for entry in CRAWLER_USER_AGENTS_DATA if "social-preview" in entry["tags"]]
    examples = [agent for entry in previews for agent in entry["instances"]]

    assert len(examples) > 50
    assert {judge_user_agent(agent).reason for agent in examples} == {"link_preview"}


def test_a_browser_is_human():
    assert classify(meta(BROWSER)) is HUMAN


@pytest.mark.parametrize("name", ["sec-fetch-mode", "sec-fetch-dest", "sec-ch-ua-platform", "sec-fetch-site"])
def test_a_browser_that_sends_fewer_headers_is_human(name):
    assert classify(meta(without(name))) is HUMAN


@pytest.mark.parametrize(
    ("headers", "click_class", "reason"),
    [
        (without("user-agent"), "bot", "no_user_agent"),
        ({**BROWSER, "user-agent": ""}, "bot", "no_user_agent"),
        (without("accept"), "bot", "no_accept"),
        ({**BROWSER, "sec-fetch-mode": "no-cors"}, "bot", "no_navigation"),
        ({**BROWSER, "sec-fetch-dest": "image"}, "bot", "no_navigation"),
        ({**BROWSER, "sec-fetch-dest": "iframe"}, "bot", "no_navigation"),
        ({**BROWSER, "sec-ch-ua-platform": '"Windows"'}, "suspect", "platform"),
        ({**BROWSER, "sec-ch-ua-platform": '"Android"'}, "suspect", "platform"),
    ],
)
def test_each_signal_has_its_reason(headers, click_class, reason):
    verdict = classify(meta(headers))

    assert (verdict.click_class, verdict.reason) == (click_class, reason)


HTTPS = {"HTTP_X_FORWARDED_PROTO": "https"}
BARE = without("sec-fetch-mode", "sec-fetch-dest", "sec-fetch-site")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"


def test_a_program_that_borrows_the_name_of_chrome_is_suspect():
    verdict = classify({**meta(BARE), **HTTPS})

    assert (verdict.click_class, verdict.reason) == ("suspect", "headers")


@pytest.mark.parametrize(
    ("headers", "more"),
    [
        (BARE, {}),  # over http Chrome tells nothing
        ({**BARE, "sec-fetch-site": "none"}, HTTPS),
        ({**BARE, "user-agent": FIREFOX, "sec-ch-ua-platform": ""}, HTTPS),
        ({**BARE, "user-agent": BROWSER["user-agent"].replace("Chrome/130", "Chrome/64")}, HTTPS),
    ],
    ids=["http", "one of them", "another browser", "an old Chrome"],
)
def test_who_need_not_send_them_is_human(headers, more):
    assert classify({**meta(headers), **more}) is HUMAN


def test_an_unknown_platform_says_nothing():
    assert classify(meta({**BROWSER, "sec-ch-ua-platform": '"Fuchsia"'})) is HUMAN


def test_a_beacon_is_no_navigation():
    assert classify(meta(SCRIPT), is_navigation=False) is HUMAN
    assert classify(meta(SCRIPT)).reason == "no_navigation"


def test_an_ordinary_request_does_not_look_ahead():
    assert looks_ahead(meta(BROWSER)) is None


@pytest.mark.parametrize(
    ("sign", "device"),
    [
        ("X11; Linux", "desktop"),
        ("Windows NT 10.0; Win64; x64)", "desktop"),
        ("CrOS", "desktop"),
        ("iPhone OS 18_0", "phone"),
        ("Android 10; K", "phone"),
        ("SM-X710", "tablet"),
        ("iPad", "tablet"),
        ("SMART-TV", "unknown"),
    ],
)
def test_the_device_is_a_class_only(sign, device):
    user_agent = next(agent for agent in PEOPLE if sign in agent)

    assert device_of(user_agent) == device


@pytest.mark.parametrize("user_agent", ["", "curl/8.5.0"])
def test_a_program_has_no_device(user_agent):
    assert device_of(user_agent) == "unknown"
