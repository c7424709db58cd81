"""Logging in: tries are slowed down, a known browser stays free, and a phone may have to agree."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from freezegun import freeze_time

from cms.logins import device, factor, guard
from tests.cms.logins.test_factor import code_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"
PASSWORD = "correct horse battery"


@pytest.fixture
def ana():
    user = UserFactory(username="Ana", is_staff=True)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def protected(ana):
    """Ana with a second factor, set up long ago."""
    factor.begin(ana)
    factor.confirm(ana, code_of(ana))
    ana.totpdevice_set.update(last_t=-1)
    return ana


def enter(client, password=PASSWORD, username="Ana", **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def proof_in(response):
    return re.search(r'name="step" value="([^"]+)"', response.content.decode())[1]


def is_in(client):
    return client.get("/admin/").status_code == 200


def test_the_password_alone_lets_in_whoever_has_no_second_factor(client, ana):
    assert enter(client).status_code == 302
    assert is_in(client)


def test_too_many_mistakes_make_even_the_right_password_wait_and_say_so(client, ana):
    for _ in range(guard.FREE_TRIES):
        assert "correct" in enter(client, "wrong").content.decode()

    response = enter(client)

    assert "Too many tries. Try again in 1 minute." in response.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("spelling", ["ana", "ANA", "\uff21na"])
def test_other_spellings_of_a_name_are_no_fresh_tries(spelling, client, ana):
    for _ in range(guard.FREE_TRIES):
        enter(client, "wrong", username=spelling)

    assert "Too many tries" in enter(client).content.decode()


def test_a_name_that_nobody_has_waits_alike(client):
    for _ in range(guard.FREE_TRIES):
        enter(client, username="nobody")

    assert "Too many tries" in enter(client, username="nobody").content.decode()


def test_after_the_wait_the_right_password_works(client, ana):
    with freeze_time("2026-03-02T12:00:00Z") as clock:
        for _ in range(guard.FREE_TRIES):
            enter(client, "wrong")
        clock.tick(timedelta(seconds=31))

        assert enter(client).status_code == 302


def test_who_attacks_a_name_does_not_keep_its_owner_out(client, client_of, ana):
    """The browser in which Ana has logged in before is counted on its own."""
    enter(client)
    client.post("/admin/logout/")
    attacker = client_of()
    for _ in range(3 * guard.FREE_TRIES):
        enter(attacker, "wrong")

    assert "Too many tries" in enter(attacker).content.decode()
    assert enter(client).status_code == 302


def test_a_known_browser_is_no_free_way_to_guess(client, ana):
    enter(client)
    client.post("/admin/logout/")

    for _ in range(guard.FREE_TRIES):
        enter(client, "wrong")

    assert "Too many tries" in enter(client).content.decode()


@pytest.mark.parametrize("change", [lambda value: value[:-1] + "x", lambda value: "", lambda value: "é:ü"])
def test_a_forged_mark_of_a_browser_is_no_mark(change, client, client_of, ana):
    enter(client)
    attacker = client_of()
    attacker.cookies[device.COOKIE] = change(client.cookies[device.COOKIE].value)

    for _ in range(guard.FREE_TRIES):
        enter(attacker, "wrong")

    assert enter(client_of()).status_code == 200  # counted by name, as from any stranger


def test_the_mark_of_one_person_is_none_for_another(client, ana):
    enter(client)
    client.post("/admin/logout/")
    UserFactory(username="ben", is_staff=True)

    for _ in range(guard.FREE_TRIES):
        enter(client, "wrong", username="ben")

    assert "Too many tries" in enter(client, "wrong", username="ben").content.decode()
    assert enter(client).status_code == 302


def test_the_mark_is_sent_to_the_login_only_and_to_no_script(client, ana):
    cookie = enter(client).cookies[device.COOKIE]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (LOGIN, True, "Lax")


def test_a_failed_login_marks_nothing(client, ana):
    assert device.COOKIE not in enter(client, "wrong").cookies


def test_the_right_password_asks_for_the_code_and_is_not_in_yet(client, protected):
    response = enter(client)

    assert "code that your app shows" in response.content.decode()
    assert "door__error" not in response.content.decode()
    assert PASSWORD not in response.content.decode()
    assert not is_in(client)


def test_the_code_lets_in(client, protected):
    proof = proof_in(enter(client))

    response = client.post(
        LOGIN,
        {"step": proof, "code": code_of(protected), "next": "/admin/articles/"},
    )

    assert response.url == "/admin/articles/"
    assert is_in(client)


def test_a_wrong_code_may_be_corrected_without_the_password(client, protected):
    proof = proof_in(enter(client))

    response = client.post(LOGIN, {"step": proof, "code": "000000"})

    assert "That code is not right" in response.content.decode()
    assert client.post(LOGIN, {"step": proof_in(response), "code": code_of(protected)}).status_code == 302


def test_codes_cannot_be_guessed_in_a_row(client, protected):
    proof = proof_in(enter(client))
    for _ in range(guard.FREE_TRIES):
        client.post(LOGIN, {"step": proof, "code": "000000"})

    response = client.post(LOGIN, {"step": proof, "code": code_of(protected)})

    assert "Too many tries" in response.content.decode()
    assert not is_in(client)


def test_the_password_does_not_forgive_wrong_codes(client, protected):
    """Who knows the password could else guess five codes, log in again, guess five more."""
    for _ in range(guard.FREE_TRIES):
        client.post(LOGIN, {"step": proof_in(enter(client)), "code": "000000"})

    response = client.post(LOGIN, {"step": proof_in(enter(client)), "code": code_of(protected)})

    assert "Too many tries" in response.content.decode()


@pytest.mark.parametrize("step", [" ", "x", "WzEsIngiXQ:1:forged", "é", "a" * 5_000])
def test_a_made_up_proof_opens_nothing(step, client, protected):
    response = client.post(LOGIN, {"step": step, "code": code_of(protected)})

    assert "That took too long" in response.content.decode()
    assert not is_in(client)


def test_a_proof_is_worth_nothing_after_some_minutes(client, protected):
    with freeze_time("2026-03-02T12:00:00Z") as clock:
        proof = proof_in(enter(client))
        clock.tick(timedelta(minutes=5, seconds=1))

        response = client.post(LOGIN, {"step": proof, "code": code_of(protected)})

    assert "That took too long" in response.content.decode()


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"password": "!new"}])
def test_a_proof_ends_with_what_it_was_for(change, client, protected):
    proof = proof_in(enter(client))
    User.objects.filter(pk=protected.pk).update(**change)

    client.post(LOGIN, {"step": proof, "code": code_of(protected)})

    assert not is_in(client)


def test_a_recovery_code_lets_in_once(client, protected):
    code = factor.new_recovery_codes(protected)[0]

    for expected in (302, 200):
        response = client.post(LOGIN, {"step": proof_in(enter(client)), "code": code})
        client.post("/admin/logout/")
        assert response.status_code == expected


def test_empty_fields_are_no_try(client, ana):
    for _ in range(2 * guard.FREE_TRIES):
        assert "Fill in both fields." in client.post(LOGIN, {"username": "Ana"}).content.decode()

    assert enter(client).status_code == 302
