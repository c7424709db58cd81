from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cms.logins import factor
from tests.cms.logins.test_factor import code_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def run(username):
    out = StringIO()
    call_command("reset_second_factor", username, stdout=out)
    return out.getvalue()


def test_it_lets_in_an_owner_who_has_lost_everything():
    user = UserFactory(username="olga")
    factor.begin(user)
    factor.confirm(user, code_of(user))

    assert "with the password alone" in run("olga")
    assert not factor.is_on(user)


def test_it_says_so_when_there_was_nothing_to_do():
    UserFactory(username="olga")

    assert "nothing was changed" in run("olga")


def test_an_unknown_name_is_an_error():
    with pytest.raises(CommandError, match="no login named nobody"):
        run("nobody")
