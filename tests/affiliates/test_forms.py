import pytest
from django.http import QueryDict

from affiliates.forms import OFFERED_LINKS, EndLinkForm, HostsField, LinesField, LinkForm
from affiliates.models import AffiliateLink
from articles.admin.parts import are_valid, merged, panels
from cms import plugins
from tests.affiliates.factories import LinkFactory, ProgramFactory, network

pytestmark = pytest.mark.django_db
AWIN = "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2"


def panel_data(value):
    data = QueryDict(mutable=True)
    data["affiliate_link-affiliate_link"] = value
    return data


def link_form(**values):
    return LinkForm({"title": "Zinc citrate", "status": "live", "target_url": AWIN, **values})


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", []), ("one", ["one"]), (" one \r\n\r\n two\n", ["one", "two"]), (None, [])],
)
def test_a_list_is_typed_line_by_line(text, lines):
    assert LinesField(required=False).clean(text) == lines


def test_a_list_is_shown_line_by_line():
    assert LinesField().prepare_value(["one", "two"]) == "one\ntwo"
    assert LinesField().prepare_value("half typed") == "half typed"


@pytest.mark.parametrize(
    ("initial", "data", "changed"),
    [
        (["a"], "a", False),
        (["a"], " a \n", False),
        (["a"], "b", True),
        (None, "", False),
        (["a", "b"], "b\na", True),
    ],
)
def test_a_list_knows_whether_it_was_changed(initial, data, changed):
    assert LinesField().has_changed(initial, data) is changed


def test_hosts_are_kept_in_lower_case():
    assert HostsField(required=False).clean("Shop.Example\nxn--mnchen-3ya.example") == [
        "shop.example",
        "xn--mnchen-3ya.example",
    ]


@pytest.mark.parametrize(
    "host", ["https://shop.example", "shop.example/path", "localhost", "10.0.0.1", "*.shop.example"]
)
def test_what_is_no_host_is_refused(host):
    with pytest.raises(Exception, match="is not a host"):
        HostsField(required=False).clean(host)


def test_the_articles_panel_is_built_from_the_part():
    LinkFactory(slug="zinc")

    (panel,) = [panel for panel in panels({"affiliate_link": "zinc"}) if panel.id == "affiliate_link"]

    assert panel.title == "Affiliate link"
    assert panel.form["affiliate_link"].value() == "zinc"


def test_the_panel_puts_a_known_link_into_the_article():
    LinkFactory(slug="zinc")

    built = panels({}, panel_data("zinc"))

    assert are_valid(built)
    assert merged(built, {"title": "Zinc"}) == {"title": "Zinc", "affiliate_link": "zinc"}


def test_an_emptied_panel_takes_the_link_out():
    built = panels({"affiliate_link": "zinc"}, panel_data(""))

    assert merged(built, {"affiliate_link": "zinc"}) == {}


def test_the_panel_refuses_an_unknown_link():
    built = panels({}, panel_data("nothing"))

    assert not are_valid(built)
    assert "There is no affiliate link named nothing." in str(built[0].form.errors)


def test_the_panel_offers_live_links_while_typing():
    LinkFactory(slug="zinc", title="Zinc <citrate>")
    LinkFactory(slug="taken-down", status=AffiliateLink.Status.PAUSED)

    html = str(EndLinkForm(prefix="affiliate_link")["affiliate_link"])

    assert 'list="id_affiliate_link-affiliate_link-offered"' in html
    assert '<option value="zinc">Zinc &lt;citrate&gt; at Northmoor</option>' in html
    assert "taken-down" not in html


@pytest.mark.parametrize("number", [1, 30])
def test_the_panel_takes_one_query(number, django_assert_num_queries):
    for _ in range(number):
        LinkFactory()

    with django_assert_num_queries(1):  # the links on offer
        html = str(EndLinkForm()["affiliate_link"])

    assert html.count("<option") == min(number, OFFERED_LINKS)


def test_the_part_owns_its_key_and_form():
    part = plugins.registry().article_parts["affiliate_link"]

    assert (part.front_matter_keys, part.form) == (("affiliate_link",), EndLinkForm)


def test_what_the_editor_types_wins_over_what_is_recognised():
    form = link_form(store_name="My name for it", slug="my-slug")

    assert form.is_valid(), form.errors
    assert (form.cleaned_data["store_name"], form.cleaned_data["slug"]) == ("My name for it", "my-slug")


def test_an_address_is_cleaned_of_blanks_and_capitals():
    form = link_form(target_url=f"  {AWIN.replace('www.awin1', 'WWW.Awin1')}  ")

    assert form.is_valid(), form.errors
    assert form.cleaned_data["target_url"] == AWIN


def test_a_program_of_another_network_is_refused():
    form = link_form(network=network().pk, program=ProgramFactory(network=network("cj")).pk)

    assert not form.is_valid()
    assert "another network" in str(form.errors["program"])


def test_a_chosen_network_must_fit_the_address():
    form = link_form(network=network("cj").pk)

    assert not form.is_valid()
    assert "www.awin1.com is not a host of this network" in str(form.errors["target_url"])


def test_a_changed_network_must_fit_the_address_that_stays():
    link = LinkFactory(url=AWIN)
    data = {
        "title": "Z",
        "store_name": "S",
        "status": "live",
        "target_url": AWIN,
        "network": network("cj").pk,
        "slug": "z1",
    }

    form = LinkForm(data, instance=link)

    assert not form.is_valid()


def test_the_form_of_a_link_shows_its_present_address():
    link = LinkFactory(url=AWIN)
    link.targets.update(is_active=False)
    link.targets.create(url=f"{AWIN}&ued=x")

    assert LinkForm(instance=link).initial["target_url"] == f"{AWIN}&ued=x"


def test_a_link_without_an_address_shows_none():
    assert LinkForm(instance=LinkFactory(url="")).initial["target_url"] == ""
