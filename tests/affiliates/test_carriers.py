"""Sub-IDs in the addresses of every network: they stand where the network reads them, once, and come back."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates.carriers import extract, insert
from affiliates.networks import shipped
from affiliates.subids import ALPHABET, Carrier, SubIdRule, decode, encode

QUERY = SubIdRule(Carrier.QUERY, "clickref")
BEFORE_URL = SubIdRule(Carrier.QUERY, "epi", destination="url")
SEGMENT = SubIdRule(Carrier.SEGMENT, "sid", destination="url")
PREFIX = SubIdRule(Carrier.PREFIX, "pubref")
SHOP = "https%3A%2F%2Fshop.example%2F%3Fa%3D1"
# Addresses of each shipped network as its publishers paste them, in every carrier that it has.
EXAMPLES = [
    ("ebay", "https://www.ebay.com/itm/1?mkevt=1&mkcid=1&mkrid=711-1-2-0&campid=5&toolid=1"),
    ("awin", f"https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued={SHOP}"),
    ("cj", f"https://www.anrdoezrs.net/click-1-2?url={SHOP}"),
    ("cj", "https://www.dpbolvw.net/links/1/type/dlg/https://shop.example/a?b=1&sid=theirs"),
    ("impact", "https://shop.pxf.io/c/1/2/3"),
    ("impact", f"https://goto.brand.example/c/1/2/3?u={SHOP}"),
    ("rakuten", f"https://click.linksynergy.com/deeplink?id=a&mid=1&murl={SHOP}"),
    ("rakuten", "https://click.linksynergy.com/fs-bin/click?id=a&offerid=1.2&type=3"),
    ("clickbank", "https://hop.clickbank.net/?affiliate=me&vendor=them"),
    ("clickbank", "https://me.them.hop.clickbank.net"),
    ("partnerize", "https://prf.hn/click/camref:1101l/destination:https://www.iherb.com/pr/zinc?pubref:no"),
    ("partnerize", "https://iherb.prf.hn/click/camref:1101l"),
    ("flexoffers", f"https://track.flexlinkspro.com/a.ashx?foid=1&url={SHOP}"),
    ("skimlinks", f"https://go.skimresources.com/?id=1X2&xs=1&url={SHOP}"),
    ("sovrn", f"https://redirect.viglink.com?key=abc&u={SHOP}"),
    ("tradedoubler", f"https://clk.tradedoubler.com/click?p=1&a=2&url={SHOP}"),
    ("ascend", f"https://www.pjtra.com/t/TUJGR0FLTEJHTUVN?url={SHOP}"),
    ("avantlink", f"https://www.avantlink.com/click.php?tt=cl&mi=1&pw=2&url={SHOP}"),
    ("refersion", "https://shop.example/products/zinc?rfsn=123.abc"),
    (
        "adtraction",
        "https://track.adtraction.com/t/t?a=1&as=2&t=2&tk=1&url=https://shop.example/?c=1&epi=theirs",
    ),
    ("tradetracker", f"https://tc.tradetracker.net/?c=1&m=2&a=3&u={SHOP}"),
    ("daisycon", f"https://ds1.nl/c/?si=1&li=2&wi=3&dl={SHOP}"),
    ("shareasale", "https://www.shareasale.com/r.cfm?u=1&b=2&m=3"),
]
public_ids = st.text(ALPHABET, min_size=6, max_size=6)
tokens = st.one_of(st.just(""), st.text(ALPHABET, min_size=8, max_size=8))
fragments = st.sampled_from(["", "#reviews", "#?clickref=x&sid=y"])


def rule_of(key):
    facts = shipped()[key]
    return SubIdRule(
        Carrier(facts["sub_id_carrier"]),
        facts["sub_id_parameter"],
        facts.get("sub_id_max_length"),
        facts.get("destination_parameter", ""),
    )


def test_every_network_that_takes_a_sub_id_has_an_example():
    takers = {
        key for key, facts in shipped().items() if facts["sub_id_carrier"] in ("query", "segment", "prefix")
    }

    assert {key for key, _ in EXAMPLES} == takers


@pytest.mark.parametrize(("key", "url"), EXAMPLES)
@given(public_ids, st.integers(0, 32_767), tokens, fragments)
def test_every_network_gives_the_sub_id_back(key, url, placement, revision, token, fragment):
    rule, sub_id = rule_of(key), encode(placement, revision, token)

    built = insert(url + fragment, rule, sub_id)

    assert extract(built, rule) == sub_id
    assert decode(extract(built, rule).upper()) == decode(sub_id)
    assert built.endswith(fragment)
    assert insert(built, rule, sub_id) == built


@pytest.mark.parametrize(("key", "url"), EXAMPLES)
@given(public_ids, public_ids, tokens, tokens)
def test_an_existing_value_is_replaced_and_never_doubled(key, url, first, second, token, other):
    rule, old, new = rule_of(key), encode(first, 1, token), encode(second, 2, other)

    built = insert(insert(url, rule, old), rule, new)

    assert extract(built, rule) == new
    assert built == insert(url, rule, new)
    assert len(re.findall(new, built)) == 1
    assert first == second or old not in built


@pytest.mark.parametrize(("key", "url"), EXAMPLES)
@given(public_ids, tokens, st.data())
def test_a_value_that_the_network_cuts_is_noticed(key, url, placement, token, data):
    sub_id = encode(placement, 3, token)
    kept = data.draw(st.integers(0, len(sub_id) - 1))

    cut = insert(url, rule_of(key), sub_id).replace(sub_id, sub_id[:kept])

    with pytest.raises(ValueError, match=r"sub-ID of ours|damaged|unknown version"):
        decode(extract(cut, rule_of(key)))


@pytest.mark.parametrize(("key", "url"), EXAMPLES)
def test_the_shops_own_address_stays_as_it_is(key, url):
    built = insert(url, rule_of(key), "NEW")

    for part in (SHOP, "https://shop.example/a?b=1&sid=theirs", "https://shop.example/?c=1&epi=theirs"):
        assert (part in built) == (part in url)


@pytest.mark.parametrize(
    ("key", "facts"), [(key, facts) for key, facts in shipped().items() if key in dict(EXAMPLES)]
)
def test_both_lengths_and_the_alphabet_fit_every_network(key, facts):
    assert rule_of(key).takes(encode("7k2m9x", 1, "abcdefgh"))
    assert re.fullmatch(f"[{facts.get('sub_id_alphabet') or ALPHABET}]+", ALPHABET)


def test_amazon_and_single_merchants_carry_nothing():
    for key in ("amazon", "direct-merchant"):
        facts = shipped()[key]
        rule = SubIdRule(Carrier(facts["sub_id_carrier"]), "tag")
        assert (
            insert("https://www.amazon.com/dp/B0?tag=me-20", rule, "NEW")
            == "https://www.amazon.com/dp/B0?tag=me-20"
        )


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
        (
            BEFORE_URL,
            "https://n.example/t?a=1&url=https://s.example/?epi=own&b=2",
            "https://n.example/t?epi=NEW&a=1&url=https://s.example/?epi=own&b=2",
        ),
        (
            BEFORE_URL,
            "https://n.example/t?a=1&url=https://s.example/?b=2&epi=own",
            "https://n.example/t?epi=NEW&a=1&url=https://s.example/?b=2&epi=own",
        ),
        (BEFORE_URL, "https://n.example/t?a=1&url=x&epi=old", "https://n.example/t?epi=NEW&a=1&url=x"),
        (BEFORE_URL, "https://n.example/t?a=1&epi=old&url=x", "https://n.example/t?a=1&epi=NEW&url=x"),
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
