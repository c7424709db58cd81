import pytest
from django.contrib.auth import get_user_model


def test_an_editor_logs_in_under_the_admin_policy(live_server, page, complaints):
    get_user_model().objects.create_superuser("editor", password="correct horse")
    page.goto(f"{live_server.url}/admin/")

    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{live_server.url}/admin/")

    assert "Log in" not in page.title()
    assert complaints == []


def test_the_public_policy_stops_an_inline_script(live_server, page, complaints):
    page.goto(f"{live_server.url}/robots.txt")

    page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = "document.title = 'ran'";
        document.documentElement.append(script);
    }""")

    assert page.title() != "ran"
    assert "Content Security Policy" in complaints[0]


def test_axe_finds_a_picture_without_words(page, axe):
    page.set_content("<html lang='en'><title>t</title><main><h1>t</h1><img src='/x.png'></main></html>")

    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_axe_passes_a_sound_page(page, axe):
    page.set_content("<html lang='en'><title>t</title><main><h1>t</h1><p>Words.</p></main></html>")

    axe(page)
