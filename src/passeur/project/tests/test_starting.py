"""While Django starts, nothing looks for garbage; afterwards it is looked for as before."""

import gc

import pytest

from passeur.project.starting import uncollected


def start_and_break():
    with uncollected():
        assert not gc.isenabled()
        raise LookupError


def test_the_collector_rests_meanwhile_and_goes_on_even_if_it_breaks():
    assert gc.isenabled()
    with pytest.raises(LookupError):
        start_and_break()
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_was_loaded_is_not_gone_through_again():
    with uncollected():
        loaded = [["a list that is looked at for cycles"]]
    assert not any(one is loaded for one in gc.get_objects())
