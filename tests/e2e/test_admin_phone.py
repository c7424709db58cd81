"""Lists of the admin on a phone: nothing is cut."""

import pytest

from tests.affiliates.factories import LinkFactory, PlacementFactory
from tests.factories import ArticleFactory

CUT = """() => [...document.querySelectorAll('#result_list :is(td, th), .crumb')].filter(
    (one) => one.offsetParent && (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
).map((one) => one.textContent.trim())"""


@pytest.mark.parametrize("model", ["affiliatelink", "placement", "conversion"])
def test_a_phone_cuts_neither_cells_nor_the_title(live_server, page, editor, log_in, model):
    link = LinkFactory(title="Magnesium citrate powder with a long name at a shop", amazon=True)
    PlacementFactory(
        link=link, article=ArticleFactory(title="Magnesium forms compared: what no label tells you")
    )
    editor.is_superuser = True
    editor.save()
    page.set_viewport_size({"width": 360, "height": 800})
    log_in(editor)

    page.goto(f"{live_server.url}/admin/affiliates/{model}/")

    assert page.locator("#header-inner .crumb").inner_text()
    assert page.evaluate(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
