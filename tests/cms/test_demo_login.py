"""The login of the sample site: made once, kept, and made anew where its file is of no use."""

import pytest
from django.contrib.auth import authenticate, get_user_model

from cms.demo import login

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    return tmp_path / "var" / "demo-login.txt"


def mode(file):
    return file.stat().st_mode & 0o777


def test_the_login_is_made_with_a_password_that_works(file):
    assert not login.exists()

    password = login.ensure(file)

    user = authenticate(username=login.USERNAME, password=password)
    assert login.exists()
    assert (user.is_staff, user.is_superuser) == (True, True)
    assert file.read_text() == f"{password}\n"


def test_only_the_owner_may_read_the_file(file):
    login.ensure(file)

    assert mode(file) == 0o600


def test_the_password_is_kept(file):
    first = login.ensure(file)
    before = get_user_model().objects.values().get(), file.stat().st_mtime_ns

    assert login.ensure(file) == first
    assert (get_user_model().objects.values().get(), file.stat().st_mtime_ns) == before


def test_a_lost_file_gives_a_new_password_and_ends_the_old_one(file):
    old = login.ensure(file)
    file.unlink()

    new = login.ensure(file)

    assert new != old
    assert authenticate(username=login.USERNAME, password=new)
    assert authenticate(username=login.USERNAME, password=old) is None
    assert get_user_model().objects.count() == 1


@pytest.mark.parametrize("content", ["", "\n", "not-the-password\n"])
def test_a_wrong_file_is_written_again_for_the_owner_only(file, content):
    login.ensure(file)
    file.write_text(content)
    file.chmod(0o644)

    password = login.ensure(file)

    assert file.read_text().strip() == password
    assert authenticate(username=login.USERNAME, password=password)
    assert mode(file) == 0o600


def test_a_changed_password_is_replaced(file):
    old = login.ensure(file)
    user = get_user_model().objects.get()
    user.set_password("something else")
    user.save()

    assert login.ensure(file) != old
    assert authenticate(username=login.USERNAME, password=file.read_text().strip())


def test_a_file_from_an_earlier_database_is_not_taken_over(file):
    file.parent.mkdir()
    file.write_text("aaaa-bbbb-cccc\n")

    assert login.ensure(file) != "aaaa-bbbb-cccc"


def test_passwords_differ_and_are_easy_to_type(tmp_path):
    passwords = set()
    for number in range(5):
        passwords.add(login.ensure(tmp_path / str(number)))

    assert len(passwords) == 5
    assert all(set(password) <= {*login.ALPHABET, "-"} and len(password) == 14 for password in passwords)
