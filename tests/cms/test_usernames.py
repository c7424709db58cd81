"""No two logins that only capitals keep apart: they would share tries and known browsers."""

from html import unescape

import pytest
from django.contrib.auth.models import User

from cms import doctor, usernames
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ADD = "/admin/auth/user/add/"
SAME = ["Edda", "EDDA", "\uff45dda", "edda"]


@pytest.fixture
def owner(client):
    user = UserFactory(username="olga", superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def edda(owner):
    return UserFactory(username="edda")


def create(client, username):
    return client.post(
        ADD,
        {
            "username": username,
            "usable_password": "true",
            "password1": "correct horse battery",
            "password2": "correct horse battery",
        },
    )


def rename(client, user, username, **more):
    joined = {"date_joined_0": "2026-01-01", "date_joined_1": "10:00:00", "is_active": "on"}
    return client.post(f"/admin/auth/user/{user.pk}/change/", {"username": username, **joined, **more})


def refusal(response):
    return unescape(" ".join(response.context["adminform"].form.errors["username"]))


@pytest.mark.parametrize("username", SAME)
def test_a_new_login_needs_a_name_of_its_own(client, edda, username):
    response = create(client, username)

    assert "edda" in refusal(response)
    assert User.objects.count() == 2


def test_a_new_login_with_a_name_of_its_own_is_made(client, edda):
    create(client, "Eddi")

    assert User.objects.filter(username="Eddi", is_staff=True).exists()


def test_capitals_beyond_english_are_seen(client, owner):
    UserFactory(username="özlem")

    assert "özlem" in refusal(create(client, "Özlem"))


@pytest.mark.parametrize("username", SAME[:2])
def test_nobody_is_renamed_to_the_name_of_another(client, edda, username):
    lee = UserFactory(username="lee")

    response = rename(client, lee, username)

    assert refusal(response) == (
        "The login “edda” is spelled the same apart from capitals. Choose a name that differs in more than that."
    )
    lee.refresh_from_db()
    assert lee.username == "lee"


def test_ones_own_name_may_change_its_capitals(client, edda):
    rename(client, edda, "Edda")

    edda.refresh_from_db()
    assert edda.username == "Edda"


def test_logins_that_were_alike_before_are_left_alone(client, edda):
    older = UserFactory(username="Edda")

    response = rename(client, older, "Edda", first_name="Edda")

    assert response.status_code == 302
    older.refresh_from_db()
    assert (older.username, older.first_name) == ("Edda", "Edda")


def test_the_doctor_names_logins_that_are_alike(edda):
    UserFactory(username="Edda")

    (found,) = [problem for problem in doctor.problems() if "edda" in problem.what]

    assert (
        found.what == "The logins edda and Edda differ in capitals only: guesses at one slow the other down."
    )
    assert "Rename" in found.do
    assert not found.is_serious


def test_the_doctor_says_nothing_of_names_that_differ(edda):
    assert usernames.alike() == []
