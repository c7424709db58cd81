"""`make demo` from an empty folder to a site that answers, and back to nothing left running."""

import http.client
import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.parse
import urllib.request
from contextlib import contextmanager

import pytest

from tests.support.commands import environ, manage
from tests.support.fixtures import ROOT

PATIENCE_SECONDS = 120
LOADING_SECONDS = (
    480  # 40 on a quiet machine; ten times that where the whole suite and others share two cores
)


def variables(folder):
    return {"DEBUG": "true", "CHELATE_SAFE_MODE": "true", "VAR_DIR": str(folder)}


def password_in(output):
    return re.search(r"^  Password  (\S+)$", output, re.MULTILINE)[1]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The folder of a loaded sample site, and what the command said."""
    folder = tmp_path_factory.mktemp("demo")
    done = manage("demo", "--no-serve", timeout_seconds=LOADING_SECONDS, **variables(folder))
    assert done.returncode == 0, done.stderr
    return folder, done


@pytest.fixture
def taken_port():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


class Running:
    """A served sample site: its lines so far, its address, its process and the children of that."""

    def __init__(self, process, errors):
        self.process = process
        self.errors = errors
        self.lines = []
        for line in process.stdout:
            self.lines.append(line.rstrip())
            if "Ctrl-C" in line:
                break
        self.output = "\n".join(self.lines)
        found = re.search(r"^  Site    (http://\S+)/$", self.output, re.MULTILINE)
        assert found, self.output + errors.read_text()
        self.address = found[1]
        self.family = descendants(process.pid)
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)

    def get(self, path):
        with self.opener.open(self.address + path, timeout=30) as answer:
            return answer.status, answer.read().decode()

    def post(self, path, **fields):
        data = urllib.parse.urlencode(fields).encode()
        with self.opener.open(self.address + path, data, timeout=30) as answer:
            return answer.geturl(), answer.read().decode()

    def leads_to(self, path, **headers):
        """Return where a path redirects to, without going there."""
        connection = http.client.HTTPConnection(self.address.partition("://")[2], timeout=30)
        connection.request(
            "HEAD", path, headers={"User-Agent": "Mozilla/5.0", "Accept": "text/html", **headers}
        )
        answer = connection.getresponse()
        connection.close()
        return answer.getheader("location")

    def end(self):
        """Ask it to stop as a service manager does and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_SECONDS)


@contextmanager
def served(folder, *arguments):
    errors = folder / "stderr.txt"  # a file: the children would hold a pipe open
    with errors.open("w") as handle:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "manage.py", "demo", *arguments],
            cwd=ROOT,
            env=environ(**variables(folder)),
            stdout=subprocess.PIPE,
            stderr=handle,
            text=True,
        )
    watchdog = threading.Timer(PATIENCE_SECONDS, process.terminate)
    watchdog.start()
    try:
        yield Running(process, errors)
    finally:
        watchdog.cancel()
        process.terminate()
        process.wait(PATIENCE_SECONDS)
        process.stdout.close()


def descendants(pid):
    """Return the processes below `pid`, by the parents that ps knows; every system has it."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    parents = {int(child): int(parent) for child, parent in (line.split() for line in listed.splitlines())}
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def left_of(pids):
    """Return those that still run; the kernel may take a moment to end what was killed."""
    for _ in range(50):
        left = [pid for pid in pids if state(pid) not in ("", "Z")]
        if not left:
            break
    return left


def state(pid):
    return subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()[:1]


def test_a_production_site_is_refused():
    done = manage("demo", "--no-serve", DEBUG="false", SECRET_KEY="x" * 60, SITE_URL="https://site.example")

    assert done.returncode == 1
    assert "start it with DEBUG=true" in done.stderr


def test_loading_says_what_it_does_and_nothing_else(loaded):
    folder, done = loaded

    assert [line for line in done.stdout.splitlines() if line.startswith("·")] == [
        "· Database",
        "· People, topics, pictures and links",
        "· Articles",
        "· Sample clicks, views and earnings: made up for this demonstration, none of them real",
        "· Recommendations and the rest of the queue",
    ]
    assert done.stderr == ""
    assert {path.name for path in folder.iterdir()} >= {"db.sqlite3", "media", "demo-login.txt"}


def test_the_login_comes_with_a_word_about_the_numbers(loaded):
    folder, done = loaded

    file = folder / "sample-reports" / "awin-to-try.csv"
    assert "sample data: nobody clicked, nobody was paid" in done.stdout
    assert f"take {file}\n" in done.stdout
    assert file.read_text().startswith("Transaction ID,")


def test_the_login_is_kept_from_others(loaded):
    folder, done = loaded
    file = folder / "demo-login.txt"

    assert file.read_text().strip() == password_in(done.stdout)
    assert file.stat().st_mode & 0o077 == 0


def test_a_second_run_resumes_and_prints_the_same_password(loaded):
    folder, first = loaded

    second = manage("demo", "--no-serve", **variables(folder))

    assert second.returncode == 0, second.stderr
    assert "resuming" in second.stdout
    assert "· Articles" not in second.stdout
    assert password_in(second.stdout) == password_in(first.stdout)


def test_the_site_answers_and_ends_with_nothing_left_behind(loaded, taken_port):
    folder, first = loaded

    with served(folder, "--port", str(taken_port)) as site:
        home_status, home = site.get("/")
        article = re.search(r'href="(/articles/[a-z0-9-]+/)"', home)[1]
        article_status, page = site.get(article)
        style_status, _ = site.get(re.search(r'rel="stylesheet" href="([^"]+)"', home)[1])
        login_status, form = site.get("/admin/login/?next=/admin/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
        after_login, _ = site.post(
            "/admin/login/?next=/admin/",
            csrfmiddlewaretoken=token,
            username="editor",
            password=password_in(site.output),
            next="/admin/",
        )
        drops = [site.leads_to("/go/vitahaus-vitamin-d3/", **{"X-Country": code}) for code in ("US", "FR")]
        code = site.end()

    assert drops == [
        "https://vitahaus.example/us/vitamin-d3-drops",
        "https://vitahaus.example/vitamin-d3-drops",
    ]
    assert f"Port {taken_port} is in use" in site.output
    assert not site.address.endswith(f":{taken_port}")
    assert password_in(site.output) == password_in(first.stdout)
    assert (home_status, article_status, style_status, login_status) == (200, 200, 200, 200)
    assert f'href="{site.address}{article}"' in page  # the canonical address is that of this server
    assert after_login == f"{site.address}/admin/"
    assert code == 0
    assert len(site.family) >= 3  # server, its worker process, the task worker
    assert left_of(site.family) == []


def test_a_dead_server_takes_the_worker_with_it(loaded):
    folder, _ = loaded

    with served(folder, "--port", "0") as site:
        site.get("/healthz")
        os.kill(min(descendants(site.process.pid)), signal.SIGKILL)
        code = site.process.wait(PATIENCE_SECONDS)

    said = site.errors.read_text()
    assert code == 1
    assert "ended by itself" in said
    assert left_of(site.family) == []
