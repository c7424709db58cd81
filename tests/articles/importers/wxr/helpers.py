"""Short ways from HTML to what an import makes of it."""

from articles.importers.wxr.content import convert
from articles.importers.wxr.site import Site

UPLOADS = "/wp-content/uploads"


def site(**values):
    return Site(
        hosts={"old.example"},
        slugs={"2021/05/zinc": "zinc"},
        pictures={"7": f"https://old.example{UPLOADS}/jar.jpg"},
        alts={f"{UPLOADS}/jar.jpg": "A jar"},
        **values,
    )


def content(html, line=1):
    return convert(html, site(), line)


def markdown(html):
    return "\n".join(line.text for line in content(html).lines)


def lost(html):
    return content(html).not_understood
