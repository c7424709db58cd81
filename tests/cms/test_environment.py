import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from cms import environment


@pytest.fixture
def variable(monkeypatch):
    def set_to(value):
        if value is None:
            monkeypatch.delenv("EXAMPLE", raising=False)
        else:
            monkeypatch.setenv("EXAMPLE", value)

    return set_to


@pytest.mark.parametrize("value", ["true", "True", "TRUE", "1", " true "])
def test_bool_accepts_true(variable, value):
    variable(value)

    assert environment.env_bool("EXAMPLE", default=False) is True


@pytest.mark.parametrize("value", ["false", "FALSE", "0"])
def test_bool_accepts_false(variable, value):
    variable(value)

    assert environment.env_bool("EXAMPLE", default=True) is False


@pytest.mark.parametrize("value", ["ture", "yes", "on", "2", "none"])
def test_bool_refuses_a_typo(variable, value):
    variable(value)

    with pytest.raises(ImproperlyConfigured, match=f"EXAMPLE must be true or false, not '{value}'"):
        environment.env_bool("EXAMPLE", default=False)


@pytest.mark.parametrize(("value", "expected"), [(None, "a"), ("", "a"), ("b", "b"), (" B ", "b")])
def test_choice_takes_what_it_knows(value, expected, variable):
    variable(value)

    assert environment.env_choice("EXAMPLE", "a", ("a", "b")) == expected


@pytest.mark.parametrize("value", ["c", "a,b", "ab", "true"])
def test_choice_names_what_it_knows_when_refusing(value, variable):
    variable(value)

    with pytest.raises(ImproperlyConfigured, match="EXAMPLE must be a or b, not "):
        environment.env_choice("EXAMPLE", "a", ("a", "b"))


@pytest.mark.parametrize("value", [None, "", "  "])
@pytest.mark.parametrize("default", [True, False])
def test_bool_falls_back_when_unset_or_empty(variable, value, default):
    variable(value)

    assert environment.env_bool("EXAMPLE", default=default) is default


@pytest.mark.parametrize("value", [None, "", " "])
def test_required_text_must_not_be_empty(variable, value):
    variable(value)

    with pytest.raises(ImproperlyConfigured, match="EXAMPLE must be set"):
        environment.env_str("EXAMPLE")


@pytest.mark.parametrize("value", ["-1", "1.5", "two", "0x1", "٣", "1 2"])
def test_int_refuses_what_is_no_count(variable, value):
    variable(value)

    with pytest.raises(ImproperlyConfigured, match="EXAMPLE must be a whole number of 0 or more"):
        environment.env_int("EXAMPLE", default=0)


def test_int_has_a_lower_limit(variable):
    variable("0")

    with pytest.raises(ImproperlyConfigured, match="of 1 or more, not '0'"):
        environment.env_int("EXAMPLE", default=1, minimum=1)


def test_list_drops_blanks_and_empty_items(variable):
    variable(" a, ,b ,")

    assert environment.env_list("EXAMPLE", []) == ["a", "b"]


def test_list_of_nothing_is_the_default(variable):
    variable("")

    assert environment.env_list("EXAMPLE", ["x"]) == ["x"]


@pytest.mark.parametrize("value", ["https://a.example", "http://localhost:8000", "https://a.example/"])
def test_url_loses_its_trailing_slash(variable, value):
    variable(value)

    assert environment.env_url("EXAMPLE") == value.rstrip("/")


@pytest.mark.parametrize(
    "value",
    ["a.example", "//a.example", "ftp://a.example", "https://", "https://a.example/blog", "https://a?b=c"],
)
def test_url_must_be_an_absolute_origin(variable, value):
    variable(value)

    with pytest.raises(ImproperlyConfigured, match=r"must look like https://example\.org"):
        environment.env_url("EXAMPLE")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20))
def test_bool_never_reads_anything_else_as_a_value(text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXAMPLE", text)
        known = text.strip().lower() in ("", "true", "false", "1", "0")

        if known:
            environment.env_bool("EXAMPLE", default=False)
        else:
            with pytest.raises(ImproperlyConfigured):
                environment.env_bool("EXAMPLE", default=False)


def test_sqlite_keeps_its_connection(tmp_path):
    config = environment.database(f"sqlite:///{tmp_path}/db.sqlite3", pool_size=8)

    assert config["CONN_MAX_AGE"] is None


def test_sqlite_writes_ahead_and_locks_early(tmp_path):
    config = environment.database(f"sqlite:///{tmp_path}/new/db.sqlite3", pool_size=1)

    assert config["NAME"] == f"{tmp_path}/new/db.sqlite3"
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in config["OPTIONS"]["init_command"]
    assert (tmp_path / "new").is_dir()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_uses_a_pool_and_keeps_url_options(scheme):
    config = environment.database(f"{scheme}://u:p%40@db:5433/name?sslmode=require", pool_size=3)

    assert (config["ENGINE"], config["HOST"], config["PORT"]) == ("django.db.backends.postgresql", "db", 5433)
    assert (config["NAME"], config["USER"], config["PASSWORD"]) == ("name", "u", "p@")
    assert config["OPTIONS"]["sslmode"] == "require"
    assert config["OPTIONS"]["pool"]["max_size"] == 3
    assert config["CONN_MAX_AGE"] == 0


@pytest.mark.parametrize(
    ("query", "threshold"), [("", 5), ("?prepare_threshold=2", 2), ("?prepare_threshold=false", None)]
)
def test_preparing_statements_can_be_switched_off_in_the_address(query, threshold):
    config = environment.database(f"postgresql://u:p@db/name{query}", pool_size=3)

    assert config["OPTIONS"]["prepare_threshold"] == threshold


@pytest.mark.parametrize("url", ["mysql://a/b", "garbage", "", "db.sqlite3", "postgres//typo"])
def test_other_databases_are_refused(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must start with"):
        environment.database(url, pool_size=1)


def test_cache_is_local_memory_by_default():
    assert environment.cache("")["BACKEND"].endswith("LocMemCache")


@pytest.mark.parametrize("url", ["redis://localhost/1", "rediss://cache:6380", "unix:///run/valkey.sock"])
def test_cache_url_means_redis(url):
    assert environment.cache(url)["LOCATION"] == url


def test_other_caches_are_refused():
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL must start with redis"):
        environment.cache("memcached://localhost")


@pytest.mark.parametrize(
    ("url", "expected"),
    [("/media/", ""), ("media/", ""), ("https://cdn.example/m/", "https://cdn.example")],
)
def test_origin_of_an_address(url, expected):
    assert environment.origin(url) == expected
