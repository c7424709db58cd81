import pytest

from tests.support.http import Reply


@pytest.fixture
def cdn(local_site, settings):
    """A CDN that takes everything. What was changed before is not its business."""
    settings.CDN_MAX_AGE = 600
    settings.CDN_PURGE_URL = local_site.url("/purge")
    settings.CDN_PURGE_TOKEN = "token-7"
    local_site["/purge"] = Reply(200, '{"status": "ok"}')
    return local_site
