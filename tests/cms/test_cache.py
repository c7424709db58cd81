"""The shared cache, on a real Redis server that this test starts."""

import shutil
import subprocess

import pytest
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache

from cms import environment


@pytest.fixture
def redis_url(tmp_path):
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if not program:
        pytest.skip("redis: no redis-server on this machine")
    socket = tmp_path / "redis.sock"
    arguments = ["--port", "0", "--unixsocket", str(socket), "--dir", str(tmp_path), "--save", ""]
    process = subprocess.Popen([program, *arguments], stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        if "eady to accept connections" in line:
            break
    yield f"unix://{socket}"
    process.terminate()
    process.communicate(timeout=30)


def test_cache_url_gives_a_cache_that_processes_share(settings, redis_url):
    settings.CACHES = {"default": environment.cache(redis_url)}
    one, other = caches.create_connection("default"), caches.create_connection("default")

    one.set("answer", {"n": 42})

    assert isinstance(one, RedisCache)
    assert other.get("answer") == {"n": 42}
    one.close()
    other.close()


def test_our_keys_have_a_prefix(settings, redis_url):
    settings.CACHES = {"default": environment.cache(redis_url)}
    cache = caches.create_connection("default")

    assert cache.make_key("answer") == "chelate:1:answer"
