"""How many programs are caught and how many people are taken for one, by the name that they give themselves.

One vote a string. The three lists were written down from documentation of the programs and browsers; the supplement in
agents.yaml has seen them, so these figures are an upper bound for strings that nobody here has seen.
"""

import re
from pathlib import Path

import pytest
import yaml
from crawleruseragents import CRAWLER_USER_AGENTS_DATA

from affiliates.clicks import agents
from affiliates.clicks.classify import judge_user_agent

DATA = Path(__file__).parent / "data"


def strings(name):
    return (DATA / f"{name}.txt").read_text().splitlines()


def share(found, every):
    return sum(map(bool, found)) / len(every)


def test_the_lists_are_long_enough_to_say_something_and_hold_no_string_twice():
    lists = {name: strings(name) for name in ("people", "programs", "previews")}

    assert {name: len(found) > 50 for name, found in lists.items()} == dict.fromkeys(lists, True)
    every = [string for found in lists.values() for string in found]
    assert len(every) == len(set(every))


def test_at_least_95_of_100_programs_are_caught():
    programs = strings("programs")

    assert share([judge_user_agent(agent) for agent in programs], programs) >= 0.95


def test_at_least_98_of_100_previews_are_caught_and_named_so():
    previews = strings("previews")
    verdicts = [judge_user_agent(agent) for agent in previews]

    assert share(verdicts, previews) >= 0.98
    assert share([verdict and verdict.reason == "link_preview" for verdict in verdicts], previews) >= 0.95


def test_at_most_1_of_100_people_is_taken_for_a_program():
    people = strings("people")

    assert share([judge_user_agent(agent) for agent in people], people) <= 0.01


def test_without_the_public_list_most_of_it_is_still_caught(monkeypatch):
    """What the other rules do for names that no list knows: the public list plays the unknown."""
    monkeypatch.setattr(agents, "_listed", lambda: re.compile(r"\Z\A."))
    monkeypatch.setattr(agents, "_listed_previews", lambda: re.compile(r"\Z\A."))
    examples = [agent for entry in CRAWLER_USER_AGENTS_DATA for agent in entry["instances"]]

    assert share([agents.is_program(agent) for agent in examples], examples) >= 0.95


@pytest.mark.parametrize(
    "entry", yaml.safe_load(agents.FILE.read_text()), ids=lambda entry: entry["pattern"][:20]
)
def test_each_entry_of_the_supplement_has_a_reason_and_compiles(entry):
    assert entry["kind"] in ("preview", "program", "browser")
    assert len(entry["why"]) > 10
    re.compile(entry["pattern"])


@pytest.mark.parametrize(
    "agent",
    ["SomethingNew/1.0", "Mozilla/5.0 (+https://new.example)", "x", "-", "Mozilla/5.0 me@new.example"],
)
def test_what_no_browser_says_is_a_program(agent):
    assert judge_user_agent(agent).reason == "user_agent"


@pytest.mark.parametrize(
    "agent", ["Lynx/2.9.0 libwww-FM/2.14", "Nokia6230/2.0 Profile/MIDP-2.0", "w3m/0.5.3"]
)
def test_old_and_plain_browsers_are_peoples(agent):
    assert judge_user_agent(agent) is None
