import pytest

from disclaimers.checks import CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_says_what_it_looks_for_and_why(check):
    assert check.about[0].isupper()
    assert check.why
    assert not check.about.endswith(".")


def test_every_check_is_here_once():
    assert [
        check.id for check in CHECKS
    ] == "AFF01 AFF02 AFF03 AFF04 AFF05 EU01 CLM09 SAF01 SAF03 SAF04".split()
