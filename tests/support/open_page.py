"""A form of the admin as a browser holds it: what it showed, and what is typed."""

from html import unescape


class OpenPage:
    def __init__(self, client, url):
        self.client, self.url = client, url
        self.take(client.get(url))

    def take(self, response):
        form = response.context["adminform"].form
        self.conflicts, self.html = form.conflicts, unescape(response.content.decode())
        names = [name for name in form.fields if form[name].value() not in (None, False)]
        self.data = {name: form[name].value() for name in names}

    def save(self, **typed):
        """Return whether it was saved; else take the page that came back."""
        sent = {**self.data, **typed}
        sent = {name: value for name, value in sent.items() if value is not None}
        response = self.client.post(self.url, sent, follow=True)
        self.messages = [str(message) for message in response.context.get("messages") or ()]
        if response.redirect_chain:
            return True
        self.take(response)
        return False
