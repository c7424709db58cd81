from tests.support.commands import python


def test_what_start_up_made_is_left_alone_by_the_collector():
    done = python(
        "-c", "import gc, cms.wsgi; print(gc.get_freeze_count())", DEBUG="true", CHELATE_SAFE_MODE="true"
    )

    assert int(done.stdout) > 50_000, done.stderr
