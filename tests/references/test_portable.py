"""The library leaves in one file and comes back the same."""

import json

import pytest

from references import csl, portable
from references.models import CitekeyAlias, Reference, SourceRecord
from tests.references.factories import ReferenceFactory

pytestmark = pytest.mark.django_db


def everything():
    return list(
        Reference.objects.order_by("citekey").values("citekey", "csl", "study_type", "editorial_status")
    )


def write(folder, *items):
    (folder / portable.FILE).write_text(json.dumps(items))


def test_a_dumped_library_comes_back_the_same(tmp_path):
    ReferenceFactory(citekey="a2013", csl__title="Zinc & <i>Copper</i>: “a trial”", csl__PMID="9701160")
    ReferenceFactory(citekey="b2013", retracted=True, csl__custom={"nbk": "NBK507250", "note": "kept"})
    ReferenceFactory(citekey="c2013", csl__DOI=None, study_type="")
    before = everything()
    portable.dump(tmp_path)
    Reference.objects.all().delete()

    portable.load(tmp_path)

    assert everything() == before


def test_works_that_are_alike_stay_apart(tmp_path):
    for key in ("smith2020", "smith2020a"):
        ReferenceFactory(citekey=key, csl__DOI=None, csl__title="Zinc")
    portable.dump(tmp_path)
    Reference.objects.all().delete()

    portable.load(tmp_path)

    assert [row["citekey"] for row in everything()] == ["smith2020", "smith2020a"]


def test_loading_into_the_same_site_writes_nothing(tmp_path):
    work = ReferenceFactory()
    portable.dump(tmp_path)

    portable.load(tmp_path)

    assert Reference.objects.get().updated_at == work.updated_at
    assert not SourceRecord.objects.exists()


def test_what_an_editor_has_corrected_since_stays(tmp_path):
    work = ReferenceFactory(csl__title="Misspelt")
    portable.dump(tmp_path)
    Reference.objects.filter(pk=work.pk).update(title="Right")

    portable.load(tmp_path)

    assert Reference.objects.get().title == "Right"


def test_the_file_is_csl_json(tmp_path):
    ReferenceFactory(citekey="a2013", csl__title="Zinc", csl__DOI="10.1234/a")
    portable.dump(tmp_path)

    [item] = json.loads((tmp_path / "references.json").read_text())

    assert (item["id"], item["title"], item["DOI"]) == ("a2013", "Zinc", "10.1234/a")


def test_an_item_that_cannot_be_read_is_named(tmp_path):
    write(tmp_path, {"id": "empty2020", "type": "book"})

    with pytest.raises(csl.InvalidItem, match=r"references.json, empty2020: .* title"):
        portable.load(tmp_path)


def test_a_folder_without_the_file_is_fine(tmp_path):
    portable.load(tmp_path)

    assert everything() == []


@pytest.mark.parametrize("count", [1, 12])
def test_loading_known_works_takes_few_queries(tmp_path, count, django_assert_max_num_queries):
    ReferenceFactory.create_batch(count)
    portable.dump(tmp_path)

    with django_assert_max_num_queries(4):  # known keys, and a savepoint around nothing
        portable.load(tmp_path)


def test_former_keys_settled_fields_and_notes_come_back(tmp_path):
    work = ReferenceFactory(citekey="a2013", locked_fields=["title"], editor_note="Ask Ana.")
    CitekeyAlias.objects.create(alias="b2013", reference=work)
    before = everything()
    portable.dump(tmp_path)
    Reference.objects.all().delete()

    portable.load(tmp_path)

    work = Reference.objects.get()
    assert (work.locked_fields, work.editor_note) == (["title"], "Ask Ana.")
    assert [entry.alias for entry in work.aliases.all()] == ["b2013"]
    assert everything() == before


def test_a_former_key_that_is_in_use_is_left_out(tmp_path):
    ReferenceFactory(citekey="b2013")
    write(tmp_path, {"id": "a2013", "title": "Zinc", "custom": {"former_keys": ["b2013", "", "C 2013"]}})

    portable.load(tmp_path)

    work = Reference.objects.get(citekey="a2013")
    assert [entry.alias for entry in work.aliases.all()] == ["c-2013"]
    assert "custom" not in work.csl
