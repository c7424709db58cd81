"""Requests as browsers, previewers and bots send them."""

CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)
SLACK = "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"
BROWSER = {
    "user-agent": CHROME,
    "accept": "text/html,application/xhtml+xml",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
    "sec-fetch-site": "same-origin",
    "sec-ch-ua-platform": '"Linux"',
}
SCRIPT = {
    "user-agent": CHROME,
    "accept": "*/*",
    "sec-fetch-mode": "no-cors",
    "sec-fetch-dest": "empty",
    "sec-fetch-site": "same-origin",
}


def meta(headers):
    """The same headers as request.META has them."""
    return {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}


def without(*names):
    return {name: value for name, value in BROWSER.items() if name not in names}
