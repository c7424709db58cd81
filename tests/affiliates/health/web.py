"""Small web servers of this machine for tests of what asks other sites: real connections, no mock of the client."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Site:
    """A web site on an address of its own (127.0.0.N). `pages` maps a path to (status, headers, body)."""

    def __init__(self, host):
        self.pages = {}
        self.requests = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                site.requests.append((self.command, self.path, dict(self.headers)))
                page = site.pages.get((self.command, self.path)) or site.pages.get(self.path) or (404, {}, "")
                status, headers, body = page
                content = body.encode()
                self.send_response(status)
                for name, value in {"content-type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            do_GET = do_HEAD = answer  # noqa: N815 (the names that http.server looks for)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer((host, 0), Handler)
        self.server.daemon_threads = True
        self.host, self.port = host, self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    @property
    def place(self):
        return f"{self.host}:{self.port}"

    def url(self, path="/"):
        return f"http://{self.place}{path}"

    def serve(self, path, body="", status=200, method=None, **headers):
        key = (method, path) if method else path
        self.pages[key] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)
        return self.url(path)

    def redirect(self, path, to, status=302):
        return self.serve(path, status=status, location=to)

    def asked(self, path):
        return [method for method, found, _ in self.requests if found == path]

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def sites():
    """Return a function that opens one more site; each has another host."""
    opened = []

    def open_one():
        site = Site(f"127.0.0.{len(opened) + 2}")
        opened.append(site)
        return site

    yield open_one
    for site in opened:
        site.close()
