from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from affiliates import portable, services
from affiliates.models import AffiliateLink, Keyword, LinkTarget, Network, Product, Program
from affiliates.networks import sync
from affiliates.targets import TargetError
from cms import plugins
from tests.affiliates.factories import LinkFactory, ProductFactory, ProgramFactory, network
from tests.factories import ImageFactory

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).resolve().parents[2] / "cms" / "demo" / "links.yaml"


def write(folder, **document):
    (folder / "links.yaml").write_text(yaml.safe_dump(document))
    return folder


def everything():
    return {
        "links": sorted(
            AffiliateLink.objects.values_list("slug", "title", "store_name", "status", "version")
        ),
        "targets": sorted(LinkTarget.objects.values_list("link__slug", "url", "is_active")),
        "programs": sorted(Program.objects.values_list("slug", "merchant", "account")),
        "products": sorted(Product.objects.values_list("slug", "name", "link__slug", "version")),
        "history": AffiliateLink.history.count(),
    }


def test_it_is_reachable_through_the_registry():
    assert plugins.registry().portables["affiliates"] is portable.PORTABLE


def test_the_sample_content_loads_and_loads_again():
    portable.load(SAMPLE.parent)
    first = everything()
    portable.load(SAMPLE.parent)

    entries = yaml.safe_load(SAMPLE.read_text())
    assert everything() == first
    assert len(first["links"]) == len(entries["links"])
    assert len(first["products"]) == len(entries["products"])
    assert AffiliateLink.objects.get(slug="amazon-fish-oil-500").program.account == "chelatedemo-20"
    assert Program.objects.get(slug="alder-and-ash").domains == ["shop.example"]


def test_what_is_written_can_be_read_back(tmp_path):
    shop = network("direct-merchant")
    program = ProgramFactory(
        slug="shop", network=shop, domains=["shop.example"], account="7", forbids_redirect=True
    )
    link = LinkFactory(
        slug="zinc", network=shop, program=program, url="https://shop.example/z", status="paused"
    )
    ProductFactory(slug="tablets", link=link, facts=["One", "Two"])
    LinkFactory(slug="oil", amazon=True)
    before = everything()
    portable.dump(tmp_path)
    Product.objects.all().delete()
    AffiliateLink.objects.all().delete()
    Program.objects.all().delete()

    portable.load(tmp_path)

    after = everything()
    assert {name: after[name] for name in ("targets", "programs")} == {
        name: before[name] for name in ("targets", "programs")
    }
    assert [row[:4] for row in after["links"]] == [row[:4] for row in before["links"]]
    assert Product.objects.get().facts == ["One", "Two"]
    assert Program.objects.get().forbids_redirect


def test_loading_what_was_just_written_changes_nothing(tmp_path):
    ProductFactory(slug="tablets", link=LinkFactory(slug="zinc"))
    before = everything()

    portable.dump(tmp_path)
    portable.load(tmp_path)

    assert everything() == before


def test_an_empty_site_writes_no_file(tmp_path):
    portable.dump(tmp_path)
    portable.load(tmp_path)

    assert not list(tmp_path.iterdir())


def test_a_customised_network_travels_and_a_shipped_one_does_not(tmp_path):
    Network.objects.filter(key="awin").update(is_customised=True, sub_id_parameter="mine", is_open=False)
    portable.dump(tmp_path)
    Network.objects.filter(key="awin").update(is_customised=False)
    sync()

    portable.load(tmp_path)

    written = yaml.safe_load((tmp_path / "links.yaml").read_text())
    assert [entry["key"] for entry in written["networks"]] == ["awin"]
    assert (network("awin").sub_id_parameter, network("awin").is_open) == ("mine", False)


def test_a_network_of_ones_own_is_created(tmp_path):
    write(tmp_path, networks=[{"key": "own", "name": "Own", "routing": "redirect", "hosts": ["own.example"]}])

    portable.load(tmp_path)

    assert Network.objects.get(key="own").is_customised


def test_a_file_does_not_overrule_a_shipped_network(tmp_path):
    write(tmp_path, networks=[{"key": "amazon", "name": "Amazon", "routing": "redirect"}])

    portable.load(tmp_path)

    assert network("amazon").routing == "direct"


def test_a_changed_file_changes_the_records(tmp_path):
    entry = {
        "slug": "zinc",
        "network": "awin",
        "title": "Zinc",
        "store_name": "N",
        "url": "https://www.awin1.com/a",
    }
    product = {"slug": "tablets", "name": "Tablets", "link": "zinc"}
    portable.load(write(tmp_path, links=[entry], products=[product]))

    entry |= {"title": "Zinc citrate", "url": "https://www.awin1.com/b"}
    portable.load(write(tmp_path, links=[entry], products=[{**product, "name": "Tablets 10"}]))

    link = AffiliateLink.objects.get()
    assert (link.title, link.targets.filter(is_active=True).get().url) == (
        "Zinc citrate",
        "https://www.awin1.com/b",
    )
    assert link.version > 1
    assert (Product.objects.get().name, Product.objects.get().version) == ("Tablets 10", 2)


def test_a_file_with_an_unsafe_address_changes_nothing(tmp_path):
    good = {
        "slug": "good",
        "network": "awin",
        "title": "G",
        "store_name": "N",
        "url": "https://www.awin1.com/a",
    }
    bad = {"slug": "bad", "network": "awin", "title": "B", "store_name": "N", "url": "https://evil.example/"}
    write(tmp_path, links=[good, bad])

    with pytest.raises(TargetError):
        portable.load(tmp_path)

    assert not AffiliateLink.objects.exists()


def test_services_and_files_agree_on_the_link_of_an_address(tmp_path):
    write(
        tmp_path,
        links=[
            {
                "slug": "zinc",
                "network": "awin",
                "title": "Z",
                "store_name": "N",
                "url": "https://www.awin1.com/a",
            }
        ],
    )
    portable.load(tmp_path)

    assert services.link_for_url("https://www.awin1.com/a").slug == "zinc"


def test_conditions_recalls_pictures_and_keywords_travel_along(tmp_path):
    better = LinkFactory(slug="better")
    link = LinkFactory(slug="zinc", status="recalled", recall_reason="FDA", replacement=better)
    link.expires_at = datetime(2026, 12, 24, 18, tzinfo=UTC)
    link.save()
    LinkTarget.objects.create(link=link, url=f"{link.targets.get().url}&us=1", countries="US CA", priority=2)
    Keyword.objects.create(link=link, phrases=["zinc", "zinc citrate"], cap=2)
    ProductFactory(slug="tablets", link=better, image=ImageFactory(slug="jar"), is_recalled=True)
    ProgramFactory(slug="shop", currency="EUR", ends_on=date(2026, 12, 31))
    portable.dump(tmp_path)
    AffiliateLink.objects.all().delete()
    Product.objects.all().delete()
    Program.objects.all().delete()

    portable.load(tmp_path)
    portable.load(tmp_path)

    link = AffiliateLink.objects.get(slug="zinc")
    assert (link.status, link.recall_reason, link.replacement.slug) == ("recalled", "FDA", "better")
    assert link.expires_at == datetime(2026, 12, 24, 18, tzinfo=UTC)
    assert link.targets.get(countries="US CA").priority == 2
    assert link.targets.count() == 2
    assert link.keywords.get().phrases == ["zinc", "zinc citrate"]
    product = Product.objects.get(slug="tablets")
    assert (product.image.slug, product.is_recalled) == ("jar", True)
    assert Program.objects.get(slug="shop").ends_on == date(2026, 12, 31)


def test_a_file_that_is_nested_too_deep_is_refused_with_its_line(tmp_path):
    (tmp_path / "links.yaml").write_text(f"links:\n- slug: {'[' * 2_000}{']' * 2_000}\n")

    with pytest.raises(ValueError, match=r"nested deeper than 50 levels.*line 2"):
        portable.load(tmp_path)


def test_a_file_whose_aliases_unfold_without_end_is_refused(tmp_path):
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{row}: &a{row} [{', '.join([f'*a{row - 1}'] * 10)}]" for row in range(1, 9)]
    (tmp_path / "links.yaml").write_text("\n".join(rows))

    with pytest.raises(ValueError, match="unfolds to more than"):
        portable.load(tmp_path)


def test_a_file_that_is_no_yaml_says_where(tmp_path):
    (tmp_path / "links.yaml").write_text("links: [unclosed\n")

    with pytest.raises(ValueError, match="line 2"):
        portable.load(tmp_path)
