"""`manage.py plugins` on a real site: a plugin arrives, breaks, and is cleared away."""

import json
from dataclasses import replace

from tests.plugins.sites import copy_of


def test_in_safe_mode_it_is_listed_as_off(empty_site, glossary):
    site = replace(empty_site, plugins=(glossary,)).using(CHELATE_SAFE_MODE="1")

    rows = {row["name"]: row for row in json.loads(site.manage("plugins", "--json").stdout)}

    assert (rows["glossary"]["state"], rows["glossary"]["version"]) == ("off", "1.2.0")
    assert rows["claims"]["state"] == "on"


def test_each_plugin_is_tried_even_if_one_of_them_stops_django(empty_site, third_party, glossary):
    broken = third_party("broken", models="raise ValueError('no such table')", chelate_hooks="")
    site = replace(empty_site, plugins=(broken, glossary)).using(CHELATE_SAFE_MODE="1")

    result = site.manage("plugins", "--check")

    lines = result.stdout.splitlines()
    assert result.returncode == 1
    assert "glossary: works" in lines
    assert "claims: works" in lines
    assert "broken: Plugin broken 1.0 stops Django: ValueError: no such table" in lines
    assert "CHELATE_PLUGINS_OFF=broken starts without them" in result.stderr


def test_what_a_removed_plugin_left_is_purged(empty_site, glossary, tmp_path):
    gone = copy_of(empty_site, tmp_path / "site")
    replace(gone, plugins=(glossary,)).travel("migrate")

    purged = gone.manage("plugins", "purge", "chelate_glossary", "--yes")

    assert "chelate_glossary: 2 tables deleted." in purged.stdout, purged.stderr
    assert replace(gone, plugins=(glossary,)).travel("migrate", "get:/glossary/")["get:/glossary/"][0] == 200
