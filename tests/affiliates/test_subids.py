from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from affiliates import subids
from affiliates.networks import shipped
from affiliates.subids import ALPHABET, Carrier, SubIdRule, decode, encode, extract, insert

public_ids = st.text(ALPHABET, min_size=6, max_size=6)
revisions = st.integers(0, subids.REVISIONS - 1)
QUERY = SubIdRule(Carrier.QUERY, "clickref")
SEGMENT = SubIdRule(Carrier.SEGMENT, "sid")
PREFIX = SubIdRule(Carrier.PREFIX, "pubref")
# One real link of each shipped network that takes a sub-ID.
EXAMPLES = {
    "ebay": "https://www.ebay.com/itm/1?mkevt=1&campid=5",
    "awin": "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued=https%3A%2F%2Fshop.example",
    "cj": "https://www.anrdoezrs.net/click-1-2?url=https%3A%2F%2Fshop.example",
    "impact": "https://shop.pxf.io/c/1/2/3",
    "rakuten": "https://click.linksynergy.com/deeplink?id=a&mid=1&murl=https%3A%2F%2Fshop.example",
    "partnerize": "https://prf.hn/click/camref:1101l/destination:https%3A%2F%2Fshop.example",
    "shareasale": "https://www.shareasale.com/r.cfm?u=1&b=2&m=3",
}


@given(public_ids, revisions)
def test_a_sub_id_round_trips_in_any_case(placement, revision):
    sub_id = encode(placement, revision)

    assert len(sub_id) == 12
    assert sub_id.isalnum()
    assert sub_id == sub_id.lower()
    assert decode(sub_id) == decode(sub_id.upper()) == subids.SubId(placement, revision)


@given(public_ids, revisions, st.integers(0, 11), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_detected(placement, revision, position, other):
    sub_id = encode(placement, revision)
    assume(sub_id[position] != other)

    with pytest.raises(ValueError, match="damaged"):
        decode(sub_id[:position] + other + sub_id[position + 1 :])


@given(public_ids, revisions, st.integers(0, 8))
def test_swapped_neighbours_are_detected(placement, revision, position):
    sub_id = encode(placement, revision)
    left, right = sub_id[position : position + 2]
    assume(left != right)

    with pytest.raises(ValueError, match="damaged"):
        decode(sub_id[:position] + right + left + sub_id[position + 2 :])


@given(public_ids, st.integers(0, 11))
def test_truncation_is_detected(placement, length):
    with pytest.raises(ValueError, match="12 characters"):
        decode(encode(placement)[:length])


@pytest.mark.parametrize("text", ["", "l" * 12, "a-b-c-d-e-f-", "a" * 13, "\uff41" * 12])
def test_what_was_never_ours_is_refused(text):
    with pytest.raises(ValueError, match="is not a sub-ID of ours"):
        decode(text)


def test_another_version_is_refused():
    body = "b" + "7k2m9x" + "001"

    with pytest.raises(ValueError, match="unknown version"):
        decode(body + subids._check(body))


def test_the_revision_counter_wraps():
    assert encode("7k2m9x", subids.REVISIONS + 5) == encode("7k2m9x", 5)


@pytest.mark.parametrize("placement", ["7k2m9", "7K2M9X", "illuoo", "7k2m9x\n"])
def test_only_public_ids_are_encoded(placement):
    with pytest.raises(ValueError, match="not the public id"):
        encode(placement)


def test_public_ids_are_six_characters_of_the_alphabet():
    drawn = {subids.new_public_id() for _ in range(200)}

    assert len(drawn) == 200
    assert all(len(public_id) == 6 and set(public_id) <= set(ALPHABET) for public_id in drawn)


@pytest.mark.parametrize("key", EXAMPLES)
@pytest.mark.parametrize("fragment", ["", "#reviews"])
def test_every_network_gives_the_sub_id_back(key, fragment):
    facts = shipped()[key]
    rule = SubIdRule(
        Carrier(facts["sub_id_carrier"]), facts["sub_id_parameter"], facts.get("sub_id_max_length")
    )
    sub_id = encode("7k2m9x", 4)

    url = insert(EXAMPLES[key] + fragment, rule, sub_id)

    assert decode(extract(url, rule).upper()).placement == "7k2m9x"
    assert url.endswith(fragment)
    assert insert(url, rule, sub_id) == url


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (QUERY, "https://n.example/r", "https://n.example/r?clickref=NEW"),
        (QUERY, "https://n.example/r?", "https://n.example/r?clickref=NEW"),
        (QUERY, "https://n.example/r?url=x", "https://n.example/r?clickref=NEW&url=x"),
        (QUERY, "https://n.example/r?a=1&clickref=old&b=2", "https://n.example/r?a=1&clickref=NEW&b=2"),
        (QUERY, "https://n.example/r?clickref=1&clickref=2", "https://n.example/r?clickref=NEW"),
        (QUERY, "https://n.example/r?xclickref=1", "https://n.example/r?clickref=NEW&xclickref=1"),
        (QUERY, "https://n.example/r?a=1#b?clickref=0", "https://n.example/r?clickref=NEW&a=1#b?clickref=0"),
        (SEGMENT, "https://cj.example/click-1-2?url=x", "https://cj.example/click-1-2?sid=NEW&url=x"),
        (
            SEGMENT,
            "https://cj.example/links/1/type/dlg/https://shop.example/a?b=1",
            "https://cj.example/links/1/type/dlg/sid/NEW/https://shop.example/a?b=1",
        ),
        (
            SEGMENT,
            "https://cj.example/links/1/type/dlg/sid/old/https://shop.example/sid/own",
            "https://cj.example/links/1/type/dlg/sid/NEW/https://shop.example/sid/own",
        ),
        (
            PREFIX,
            "https://prf.hn/click/camref:A/adref:B/destination:https://shop.example",
            "https://prf.hn/click/camref:A/pubref:NEW/adref:B/destination:https://shop.example",
        ),
        (
            PREFIX,
            "https://prf.hn/click/camref:A/pubref:old/destination:https://shop.example/pubref:own",
            "https://prf.hn/click/camref:A/pubref:NEW/destination:https://shop.example/pubref:own",
        ),
        (PREFIX, "https://prf.hn/other", "https://prf.hn/other"),
        (SubIdRule(Carrier.NONE, "x"), "https://n.example/", "https://n.example/"),
        (SubIdRule(Carrier.TAG_POOL, "tag"), "https://n.example/?tag=a", "https://n.example/?tag=a"),
        (SubIdRule(Carrier.QUERY, ""), "https://n.example/", "https://n.example/"),
        (SubIdRule(Carrier.QUERY, "x", max_length=2), "https://n.example/", "https://n.example/"),
    ],
)
def test_the_sub_id_stands_where_the_network_takes_it(rule, before, after):
    assert insert(before, rule, "NEW") == after


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "clickref", "url"]), st.text("xyz09", max_size=4)), max_size=5
    ),
    st.text("abc#?=&", max_size=6),
)
def test_other_parameters_keep_their_values_and_order(pairs, fragment):
    query = "&".join(f"{name}={value}" for name, value in pairs)
    url = f"https://n.example/p{'?' if query else ''}{query}{'#' if fragment else ''}{fragment}"

    changed = urlsplit(insert(url, QUERY, "NEW"))

    found = parse_qsl(changed.query, keep_blank_values=True)
    assert [pair for pair in found if pair[0] != "clickref"] == [
        pair for pair in pairs if pair[0] != "clickref"
    ]
    assert [value for name, value in found if name == "clickref"] == ["NEW"]
    assert changed.fragment == urlsplit(url).fragment


def test_a_url_without_a_sub_id_has_none():
    assert extract("https://prf.hn/click/camref:A", PREFIX) == ""
    assert extract("https://cj.example/links/1/type/dlg/https://shop.example", SEGMENT) == ""
    assert extract("https://n.example/?a=1", QUERY) == ""
