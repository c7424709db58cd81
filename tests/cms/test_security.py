"""What every reader's page promises: no cookie, a strict policy, nothing that varies by visitor."""

import pytest
from csp.constants import NONCE, SELF
from csp.decorators import csp_update
from csp.exceptions import CSPNonceError
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from cms.security import PolicyMiddleware

PUBLIC = ["/healthz", "/robots.txt", "/probe/", "/no/such/page/"]


def probe(request):
    """A page that tries what a careless plugin or template might."""
    user, session = getattr(request, "user", None), getattr(request, "session", None)
    return HttpResponse(f"{user}/{session}")


def token(request):
    return HttpResponse(get_token(request))


@csrf_exempt
def beacon(request):
    return HttpResponse(status=204)


urlpatterns = [
    path("probe/", probe),
    path("nonce/", lambda request: HttpResponse(str(request.csp_nonce))),
    path("films/", csp_update({"frame-src": ["https://films.example"]})(lambda request: HttpResponse())),
    path("admin/token/", token),
    path("preview/probe/", probe),
    path("go/beacon/", beacon),
    path("", include("cms.urls")),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def directives(response):
    header = response.headers["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in header.split(";") if part.strip())


@pytest.fixture
def editor(client):
    user = get_user_model().objects.create_superuser("editor")
    client.force_login(user)
    return user


@pytest.mark.parametrize("address", PUBLIC)
def test_public_page_sets_no_cookie_and_does_not_vary_by_it(client, address):
    response = client.get(address)

    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()


@pytest.mark.parametrize("address", PUBLIC)
def test_a_logged_in_editor_is_a_reader_on_public_pages(client, editor, address):
    response = client.get(address)

    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()


def test_there_is_no_session_and_no_user_outside_staff_pages(client, editor):
    response = client.get("/probe/")

    assert response.content == b"None/None"


def test_staff_pages_know_the_user(client, editor):
    response = client.get("/preview/probe/")

    assert response.content.startswith(b"editor/")


def test_login_page_works_and_sets_its_csrf_cookie(client):
    response = client.get("/admin/login/")

    assert response.status_code == 200
    assert "csrftoken" in response.cookies


def test_an_editor_can_log_in_and_lands_in_the_admin(client):
    get_user_model().objects.create_superuser("editor", password="correct horse")

    response = client.post("/admin/login/", {"username": "editor", "password": "correct horse"})

    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")
    assert response.cookies["sessionid"]["httponly"]


def test_public_policy_allows_our_own_files_and_nothing_else(client):
    found = directives(client.get("/probe/"))

    assert found == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_admin_policy_is_relaxed_for_unfold(client):
    found = directives(client.get("/admin/login/"))

    assert "'unsafe-eval'" in found["script-src"]
    assert "'unsafe-inline'" in found["style-src"]
    assert "'unsafe-inline'" not in found["script-src"]


@pytest.mark.parametrize(
    "address", ["/preview/probe/", "/administration/", "/no/such/page/", "/probe/?x=/admin/"]
)
def test_only_the_admin_gets_the_relaxed_policy(client, address):
    found = directives(client.get(address))

    assert found["script-src"] == "'self'"
    assert found["style-src"] == "'self'"


@pytest.mark.parametrize("address", ["/probe/", "/admin/login/"])
def test_security_headers(client, address):
    headers = client.get(address).headers

    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_posting_without_a_token_is_refused_everywhere(client):
    client.handler.enforce_csrf_checks = True

    assert client.post("/probe/").status_code == 403
    assert client.post("/admin/login/").status_code == 403


def test_a_damaged_token_cookie_draws_no_cookie_on_a_reader_page(client):
    client.cookies["csrftoken"] = "damaged"

    response = client.get("/probe/")

    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()


def test_a_damaged_token_cookie_is_replaced_at_the_login(client):
    client.cookies["csrftoken"] = "damaged"

    assert client.get("/admin/login/").cookies["csrftoken"].value != "damaged"


def test_an_exempt_view_takes_a_post_and_still_sets_no_cookie(client):
    client.handler.enforce_csrf_checks = True

    response = client.post("/go/beacon/", b"abc", content_type="text/plain")

    assert response.status_code == 204
    assert not response.cookies


def test_an_unchanged_page_answers_304(client):
    tag = client.get("/probe/").headers["ETag"]

    response = client.get("/probe/", headers={"if-none-match": tag})

    assert (response.status_code, response.content) == (304, b"")


def policy_of(client, address):
    return client.get(address).headers["Content-Security-Policy"]


def test_the_policy_built_once_is_the_one_built_each_time(client, monkeypatch):
    quick = policy_of(client, "/probe/")
    monkeypatch.setattr("cms.security.PolicyMiddleware._is_ordinary", lambda *arguments: False)

    assert quick == policy_of(client, "/probe/")


def test_a_nonce_is_in_the_policy_of_its_page_only(client, settings):
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"script-src": [SELF, NONCE]}}
    page = client.get("/nonce/")

    assert f"'nonce-{page.text}'" in page.headers["Content-Security-Policy"]
    assert "nonce" not in policy_of(client, "/probe/")


def test_a_view_with_an_updated_policy_gets_it(client):
    assert "https://films.example" in directives(client.get("/films/"))["frame-src"]
    assert "films.example" not in policy_of(client, "/probe/")


def test_a_changed_setting_changes_the_policy(client, settings):
    before = policy_of(client, "/probe/")
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": ["https://own.example"]}}

    assert policy_of(client, "/probe/") == "default-src https://own.example" != before


def test_a_policy_that_only_reports_is_sent_too(client, settings):
    settings.CONTENT_SECURITY_POLICY_REPORT_ONLY = {"DIRECTIVES": {"default-src": ["'none'"]}}

    assert client.get("/probe/").headers["Content-Security-Policy-Report-Only"] == "default-src 'none'"


def test_a_nonce_asked_for_too_late_is_an_error(rf):
    request = rf.get("/")
    middleware = PolicyMiddleware(lambda request: HttpResponse())
    middleware(request)

    with pytest.raises(CSPNonceError):
        str(request.csp_nonce)
