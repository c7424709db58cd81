"""Links from and to CSV files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiliates import services
from affiliates.exchange import formats
from affiliates.exchange.dump import dump
from affiliates.exchange.formats import FormatError, read
from affiliates.exchange.plan import apply, make_plan
from affiliates.models import AffiliateLink, Keyword, Program
from tests.affiliates.desk import AWIN
from tests.affiliates.factories import AMAZON_TAG, LinkFactory, ProgramFactory, network
from tests.affiliates.files import OWN, PRETTY, THIRSTY
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def plan_of(text):
    return make_plan(read(text)[1])


def imported(text, **options):
    plan = plan_of(text)
    return apply(plan, **options), plan


@pytest.mark.parametrize(
    ("text", "name"), [(OWN, "chelate"), (PRETTY, "pretty-links"), (THIRSTY, "thirstyaffiliates")]
)
def test_a_file_is_known_by_its_columns(text, name):
    assert read(text)[0].id == name


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_spreadsheets_of_any_language_are_read(separator):
    text = "\ufeff" + OWN.replace(",", separator).replace("\n", "\r\n")

    assert [row.slug for row in read(text)[1]] == ["zinc"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("\n,,\n", "empty"),
        ("name,price\nZinc,3\n", "These columns are not known: name, price"),
        ('slug,address\n"zinc\n', "no CSV"),
        ("slug,address\n" + "a,b\n" * 2_001, "more than 2,000 rows"),
        ("slug,address\n" + "a" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_what_is_no_such_file_is_refused(text, words):
    with pytest.raises(FormatError, match=words):
        read(text)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    try:
        found, rows = read("slug,address\n" + text)
    except FormatError:
        return
    assert found.id == "chelate"
    assert all(isinstance(row.address, str) for row in rows)


def test_our_own_file_makes_links():
    user = UserFactory()

    counts, _ = imported(OWN, by=user)

    link = AffiliateLink.objects.get()
    assert counts["create"] == 1
    assert (link.slug, link.title, link.notes, link.network.key) == (
        "zinc",
        "Zinc citrate",
        "Ask again",
        "awin",
    )
    assert link.targets.get().created_by == user


def test_pretty_links_become_links_with_keywords():
    imported(PRETTY)

    zinc, oil = AffiliateLink.objects.order_by("slug")
    assert (zinc.slug, zinc.title, zinc.notes) == ("go-zinc-citrate", "Zinc Citrate", "Bought, tried")
    assert [keyword.phrases for keyword in zinc.keywords.all()] == [["zinc", "zinc citrate"]]
    assert (oil.network.key, oil.program.domains) == ("direct-merchant", ["shop.example"])


def test_thirsty_affiliates_become_links_with_countries():
    imported(THIRSTY)

    link = AffiliateLink.objects.get()
    assert dict(link.targets.filter(is_active=True).values_list("countries", "url")) == {
        "": AWIN,
        "US": f"{AWIN}&us=1",
        "CA": f"{AWIN}&ca=1",
    }
    assert Keyword.objects.get().phrases == ["zinc", "zinc citrate"]


@pytest.mark.parametrize("text", [OWN, PRETTY, THIRSTY])
def test_the_same_file_twice_changes_nothing(text):
    imported(text)
    before = list(AffiliateLink.objects.values("slug", "version").order_by("slug"))

    counts, _ = imported(text)

    assert (counts["create"], counts["update"], counts["error"]) == (0, 0, 0)
    assert list(AffiliateLink.objects.values("slug", "version").order_by("slug")) == before


@pytest.mark.parametrize("text", [OWN, PRETTY, THIRSTY])
def test_a_plan_changes_nothing(text):
    plan = plan_of(text)

    assert plan.counts["create"] >= 1
    assert not AffiliateLink.objects.exists()
    assert not Program.objects.exists()


def test_only_what_the_file_names_is_changed():
    LinkFactory(slug="zinc", url=AWIN, title="Old", store_name="Keep", notes="Keep")

    counts, plan = imported(f"slug,title,address\nzinc,New,{AWIN}&ued=x\n")

    link = AffiliateLink.objects.get()
    assert counts["update"] == 1
    assert set(plan.rows[0].changes) == {"title", "address"}
    assert (link.title, link.store_name, link.notes) == ("New", "Keep", "Keep")
    assert link.targets.count() == 2


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("zinc,http://www.awin1.com/,", "must begin with https"),
        ("zinc,https://www.awin1.com@evil.example/,", "user name"),
        ("zinc,,", "full address"),
        (f"zinc,{AWIN},sold", "There is no status sold"),
        (f"zinc,{AWIN},recalled", "recall was made elsewhere"),
        (f"beacon,{AWIN},", "belongs to Chelate"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_imported(cells, words):
    counts, plan = imported(f"slug,address,status\n{cells}\nother,{AWIN}&other=1,live\n")

    assert words in plan.of("error")[0].error
    assert plan.of("error")[0].row.line == 2
    assert (counts["create"], counts["error"]) == (1, 1)
    assert AffiliateLink.objects.get().slug == "other"


@pytest.mark.parametrize("slug", ["beacon", "z"])
def test_the_plan_refuses_what_the_import_would(slug):
    assert plan_of(f"slug,address\n{slug},{AWIN}\n").rows[0].action == "error"


def test_somebody_elses_tag_is_not_imported():
    ProgramFactory(network=network("amazon"), account=AMAZON_TAG)

    _, plan = imported("slug,address\nmg,https://www.amazon.com/dp/B0?tag=thief-20\n")

    assert "not your own" in plan.rows[0].error


def test_one_slug_twice_is_an_error_in_the_second_row():
    _, plan = imported(f"slug,address\nzinc,{AWIN}\nzinc,{AWIN}&x=1\n")

    assert [planned.action for planned in plan.rows] == ["create", "error"]
    assert "Line 2 has the same slug" in plan.rows[1].error


def test_rows_without_a_slug_get_one_each_and_find_their_link_again():
    text = f"slug,title,address\n,Zinc,{AWIN}\n,Zinc,{AWIN}&x=1\n"

    imported(text)

    assert set(AffiliateLink.objects.values_list("slug", flat=True)) == {
        "awin1-com-zinc",
        "awin1-com-zinc-2",
    } or (AffiliateLink.objects.count() == 2)
    assert imported(text)[0]["unchanged"] == 2


def test_a_recalled_link_stays_recalled():
    LinkFactory(slug="zinc", url=AWIN, status="recalled")

    _, plan = imported(OWN)

    assert AffiliateLink.objects.get().status == "recalled"
    assert any("A recall is made and undone" in note for note in plan.rows[0].notes)


def test_countries_of_a_direct_link_are_left_out_and_named():
    text = THIRSTY.replace(AWIN, f"https://www.amazon.com/dp/B0?tag={AMAZON_TAG}")

    _, plan = imported(text)

    assert AffiliateLink.objects.get().targets.count() == 1
    assert any("A direct link has one address" in note for note in plan.rows[0].notes)


@pytest.mark.parametrize(
    "pair", ["USA:https://www.awin1.com/", "US:http://www.awin1.com/", "US:https://evil.example/"]
)
def test_a_bad_address_of_a_country_is_an_error(pair):
    _, plan = imported(f"slug,address,other_addresses\nzinc,{AWIN},{pair}\n")

    assert plan.rows[0].action == "error"


def test_an_export_changes_nothing_when_it_comes_back():
    link = LinkFactory(slug="zinc", url=AWIN, title="=HYPERLINK(1)", notes="a\nb;c\"d'", status="paused",
                       program=ProgramFactory(), fallback_url="https://www.awin1.com/x")  # fmt: skip
    services.add_target(link, url=f"{AWIN}&us=1", countries="US CA")
    Keyword.objects.create(link=link, phrases=["zinc", "zinc citrate"])
    LinkFactory(amazon=True, expires_at="2026-12-24T18:00:00Z")
    text = dump(AffiliateLink.objects.all())

    assert plan_of(text).counts == {"create": 0, "update": 0, "unchanged": 2, "error": 0}
    assert "'=HYPERLINK" in text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(str.strip))
def test_a_cell_comes_back_as_it_was(title):
    text = formats.write(iter([{"slug": "zinc", "address": AWIN, "title": title}]))

    (row,) = read(text)[1]
    assert row.title == title


def test_an_export_from_elsewhere_makes_the_same_link_here():
    LinkFactory(slug="zinc", url=AWIN, program=ProgramFactory(slug="theirs"), notes="x")
    text = dump(AffiliateLink.objects.all())
    AffiliateLink.objects.all().delete()
    Program.objects.all().delete()

    counts, plan = imported(text)

    assert counts["create"] == 1
    assert any("no program named theirs" in note for note in plan.rows[0].notes)
    assert AffiliateLink.objects.get().notes == "x"


@pytest.mark.parametrize("number", [1, 5])
def test_the_preview_of_a_known_file_costs_little_a_row(number, django_assert_max_num_queries):
    for index in range(number):
        LinkFactory(slug=f"zinc-{index}", url=f"{AWIN}&n={index}")
    rows = read(dump(AffiliateLink.objects.all()))[1]

    with django_assert_max_num_queries(6 + 5 * number):
        make_plan(rows)
