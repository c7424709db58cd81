"""Codes are right once, recovery codes too, and none of them can be read in the database."""

import time
from threading import Barrier, Thread

import pytest
from django.db import connection
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from hypothesis import given
from hypothesis import strategies as st

from cms.logins import factor
from cms.models import RecoveryCode
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def code_of(user, *, steps=0):
    """Return what the app of a person shows, `steps` half minutes from now."""
    device = TOTPDevice.objects.get(user=user)
    totp = TOTP(device.bin_key)
    totp.time = time.time() + steps * 30
    return f"{totp.token():06d}"


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def protected(user):
    factor.begin(user)
    factor.confirm(user, code_of(user))
    TOTPDevice.objects.update(last_t=-1)  # as if it had been long ago
    return user


def test_it_counts_only_after_a_code_was_typed(user):
    factor.begin(user)

    assert not factor.is_on(user)
    assert factor.confirm(user, "000000") == []
    assert not factor.is_on(user)

    assert len(factor.confirm(user, code_of(user))) == factor.RECOVERY_CODES
    assert factor.is_on(user)


def test_the_secret_stays_the_same_until_it_is_used(user):
    assert factor.begin(user).key == factor.begin(user).key


@pytest.mark.parametrize("form", ["{}", " {} ", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}"])
def test_a_code_may_be_typed_in_groups(form, protected):
    assert factor.verify(protected, form.format(code_of(protected)))


def test_a_code_is_right_once(protected):
    code = code_of(protected)

    assert [factor.verify(protected, code), factor.verify(protected, code)] == [True, False]


@pytest.mark.parametrize(("steps", "is_right"), [(-3, False), (-1, True), (1, True), (3, False)])
def test_a_clock_may_be_half_a_minute_off(steps, is_right, protected):
    assert factor.verify(protected, code_of(protected, steps=steps)) is is_right


def test_the_code_of_somebody_else_is_wrong(protected):
    other = UserFactory()
    factor.begin(other)
    factor.confirm(other, code_of(other))

    assert not factor.verify(protected, code_of(other, steps=1))


def test_a_recovery_code_is_right_once_however_it_is_typed(protected):
    code = factor.new_recovery_codes(protected)[3]

    assert factor.verify(protected, f" {code.upper()} ".replace("-", " "))
    assert not factor.verify(protected, code)
    assert factor.codes_left(protected) == factor.RECOVERY_CODES - 1


def test_new_recovery_codes_end_the_old_ones(protected):
    old = factor.new_recovery_codes(protected)

    factor.new_recovery_codes(protected)

    assert not any(factor.verify(protected, code) for code in old)


def test_recovery_codes_are_of_one_person(protected):
    codes = factor.new_recovery_codes(UserFactory())

    assert not factor.verify(protected, codes[0])


def test_recovery_codes_are_kept_as_hashes(protected):
    codes = factor.new_recovery_codes(protected)

    stored = "".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)


def test_turning_it_off_leaves_nothing(protected):
    assert factor.turn_off(protected)

    assert not factor.is_on(protected)
    assert not RecoveryCode.objects.exists()
    assert not factor.turn_off(protected)


@given(typed=st.text(max_size=60))
def test_nothing_that_is_typed_is_an_error(typed):
    user = UserFactory.build(pk=10**6)

    assert factor.verify(user, typed) is False


@pytest.mark.django_db(transaction=True)
def test_two_requests_with_one_code_do_not_both_get_in(protected):
    code, start, found = code_of(protected), Barrier(4), []

    def enter():
        start.wait()
        found.append(factor.verify(protected, code))
        connection.close()

    threads = [Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found) == [False, False, False, True]
