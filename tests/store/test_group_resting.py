"""While many values are made that are in no circle, Python looks for none."""

from __future__ import annotations

import gc

import pytest

from store.group.resting import resting


def test_the_collector_works_again_whatever_happened() -> None:
    with pytest.raises(KeyError), resting():
        assert not gc.isenabled()
        raise KeyError
    assert gc.isenabled()


def test_the_inner_rest_does_not_end_the_outer() -> None:
    with resting():
        with resting(), resting(rests=False):
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_who_is_told_not_to_rest_does_not() -> None:
    with resting(rests=False):
        assert gc.isenabled()
