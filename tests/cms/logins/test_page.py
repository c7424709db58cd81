"""The page of the second factor: set up, recovery codes, off, and an owner's reset."""

import re

import pytest
from django.contrib.admin.models import LogEntry

from cms.logins import factor, guard
from tests.cms.logins.test_factor import code_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/admin/second-factor/"


@pytest.fixture
def ana(client):
    user = UserFactory(username="ana", is_staff=True)
    client.force_login(user)
    return user


@pytest.fixture
def protected(ana):
    factor.begin(ana)
    factor.confirm(ana, code_of(ana))
    ana.totpdevice_set.update(last_t=-1)
    return ana


def body(response):
    return response.content.decode()


def post(client, do, code=""):
    return client.post(PAGE, {"do": do, "code": code})


def test_looking_at_the_page_sets_nothing_up(client, ana):
    assert "Set it up" in body(client.get(PAGE))
    assert not ana.totpdevice_set.exists()


def test_setting_up_shows_a_picture_and_a_key_that_mean_the_same(client, ana):
    post(client, "begin")

    page = body(client.get(PAGE))

    key = re.search(r"Type this key: <code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    assert f"secret={key}" in factor.begun(ana).config_url
    assert "<svg" in page
    assert client.get(PAGE)["Cache-Control"].startswith("max-age=0")


def test_the_first_code_turns_it_on_and_shows_the_recovery_codes_once(client, ana):
    post(client, "begin")

    page = body(post(client, "confirm", code_of(ana)))

    codes = re.findall(r"<li><code>(\w{5}-\w{5})</code></li>", page)
    assert len(codes) == factor.RECOVERY_CODES
    assert factor.verify(ana, codes[0])
    assert codes[1] not in body(client.get(PAGE))
    assert "7 recovery codes left" in body(client.get(PAGE))


def test_a_wrong_first_code_says_what_to_do_and_keeps_the_key(client, ana):
    post(client, "begin")
    key = factor.begun(ana).key

    page = body(post(client, "confirm", "000000"))

    assert "Look at the clock of your phone" in page
    assert factor.begun(ana).key == key


@pytest.mark.parametrize("do", ["off", "codes"])
def test_an_open_screen_is_not_enough_to_take_it_away(do, client, protected):
    before = list(factor.RecoveryCode.objects.values_list("digest", flat=True))

    page = body(post(client, do, "000000"))

    assert "That code is not right" in page
    assert factor.is_on(protected)
    assert list(factor.RecoveryCode.objects.values_list("digest", flat=True)) == before


@pytest.mark.parametrize("do", ["off", "codes", "confirm"])
def test_codes_cannot_be_guessed_here_either(do, client, protected):
    for _ in range(guard.FREE_TRIES):
        post(client, do, "000000")

    assert "Too many tries" in body(post(client, do, code_of(protected)))
    assert factor.is_on(protected)


def test_with_a_code_it_goes_off(client, protected):
    assert post(client, "off", code_of(protected)).url == PAGE

    assert not factor.is_on(protected)


def test_with_a_code_there_are_new_recovery_codes(client, protected):
    page = body(post(client, "codes", code_of(protected)))

    assert len(re.findall(r"<li><code>", page)) == factor.RECOVERY_CODES
    assert "Older ones no longer work." in page


def test_beginning_again_leaves_what_is_on(client, protected):
    post(client, "begin")

    assert factor.begun(protected) is None


def test_an_unknown_wish_changes_nothing(client, protected):
    assert post(client, "drop", "x").status_code == 200
    assert factor.is_on(protected)


def test_strangers_are_sent_to_the_login(client):
    assert client.get(PAGE).url.startswith("/admin/login/")


def test_only_owners_see_and_reset_others(client, protected):
    other = UserFactory(username="ben", is_staff=True)

    assert "Everybody with a login" not in body(client.get(PAGE))
    assert client.post(f"{PAGE}{other.pk}/reset/").status_code == 403
    assert client.post(f"{PAGE}{protected.pk}/reset/").status_code == 403
    assert factor.is_on(protected)


def test_an_owner_resets_and_it_is_noted(client, protected):
    owner = UserFactory(username="olga", is_staff=True, is_superuser=True)
    client.force_login(owner)
    assert "has one" in body(client.get(PAGE))

    client.post(f"{PAGE}{protected.pk}/reset/")

    assert not factor.is_on(protected)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.change_message) == (
        owner,
        str(protected.pk),
        "Took away the second factor.",
    )


def test_an_owner_s_open_screen_is_not_enough_either(client, protected):
    protected.is_superuser = True
    protected.save()

    response = client.post(f"{PAGE}{protected.pk}/reset/", follow=True)

    assert "asks for a code" in body(response)
    assert f"{PAGE}{protected.pk}/reset/" not in body(response)
    assert factor.is_on(protected)
    assert not LogEntry.objects.exists()


def test_a_reset_is_no_link(client, protected):
    owner = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(owner)

    assert client.get(f"{PAGE}{protected.pk}/reset/").status_code == 405


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_of_people_costs_the_same_for_many(count, client, django_assert_max_num_queries):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    UserFactory.create_batch(count, is_staff=True)

    with django_assert_max_num_queries(15):
        client.get(PAGE)


class TestRequired:
    @pytest.fixture(autouse=True)
    def _required(self, settings):
        settings.SECOND_FACTOR = "required"

    def test_every_page_leads_to_it_until_it_is_on(self, client, ana):
        assert client.get("/admin/").url == PAGE
        assert client.post("/admin/articles/article/add/").url == PAGE

    def test_the_page_says_why(self, client, ana):
        assert "This site asks everybody for a second factor" in body(client.get(PAGE))

    def test_setting_it_up_opens_the_rest(self, client, ana):
        post(client, "begin")

        post(client, "confirm", code_of(ana))

        assert client.get("/admin/").status_code == 200

    def test_it_cannot_be_turned_off(self, client, protected):
        assert post(client, "off", code_of(protected)).status_code == 403
        assert "Turn it off" not in body(client.get(PAGE))

    def test_who_was_reset_has_to_set_it_up_again(self, client, protected):
        assert client.get("/admin/").status_code == 200

        factor.turn_off(protected)

        assert client.get("/admin/").url == PAGE

    def test_one_may_leave(self, client, ana):
        assert client.post("/admin/logout/").status_code == 200

    def test_readers_and_strangers_notice_nothing(self, client):
        assert client.get("/").status_code == 200
        assert client.get("/admin/login/").status_code == 200
