"""What a CDN was told to forget."""


def told(site):
    """Return the keys that the server was sent so far."""
    return [key for asked in site.asked for key in asked.headers["surrogate-key"].split(" ")]
