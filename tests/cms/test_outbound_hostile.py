"""What a server says of itself is read with care: a failure is told as one, and none of it takes long."""

from __future__ import annotations

import pytest

from cms import outbound
from cms.outbound import Answer, Failed
from tests.support.http import Reply


@pytest.mark.parametrize("location", ["http://[x", "//[", "http://a]b/"])
def test_a_redirect_to_no_address_at_all_is_a_failure(local_site, location):
    local_site["/a"] = Reply(302, headers={"Location": location})

    with pytest.raises(Failed) as caught:
        outbound.get(local_site.url("/a"), trusted=local_site.trusted)

    assert (caught.value.kind, len(caught.value.hops)) == ("bad_url", 1)


def test_text_is_read_although_another_header_is_not_plain(local_site):
    said = {"X-Place": "M\xfcnchen", "Content-Type": "text/html; charset=latin-1"}
    local_site["/a"] = Reply(200, b"Zinc \xb5g", said)

    answer = outbound.get(local_site.url("/a"), trusted=local_site.trusted)

    assert answer.text() == "Zinc \xb5g"


@pytest.mark.parametrize("charset", ["punycode", "Punycode", "-punycode"])
def test_no_charset_takes_longer_than_reading(charset):
    answer = Answer("", 200, {"content-type": f"text/html; charset={charset}"}, b"-zinc")

    assert answer.text() == "-zinc"
