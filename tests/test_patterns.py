"""Patterns that stay compiled find what they find when they are compiled anew."""

import os
import subprocess
import sys

import polars as pl
import pytest

from igmap.vocabulary.patterns import MOST, OF_A_THREAD, _idle, shown, tried

FORKED = """
import os
from igmap.vocabulary.patterns import _thread
assert _thread(1).submit(abs, -3).result(timeout=9) == 3
child = os.fork()
if not child:
    os._exit(_thread(1).submit(abs, -3).result(timeout=9))
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
"""
WORDS = pl.Series("word", ["Jan", "a12", None, "é1", ""])


def test_more_patterns_than_are_kept_find_the_same_each_time() -> None:
    patterns = [rf"^\p{{L}}+$|{number}" for number in range(MOST + OF_A_THREAD)]
    for _ in range(2):
        for pattern in patterns:
            assert tried(WORDS, "contains", pattern).equals(WORDS.str.contains(pattern))
        signs = shown(WORDS, dict(zip(patterns, patterns, strict=True)))
        assert all(signs[one].tolist() == WORDS.str.contains(one).fill_null(value=False).to_list() for one in patterns)


def test_what_else_a_method_is_told_is_passed_on() -> None:
    assert tried(WORDS, "replace_all", "[0-9]", "9").to_list() == ["Jan", "a99", None, "é9", ""]
    assert tried(WORDS, "extract", r"(\d)").to_list() == [None, "1", None, "1", None]


@pytest.mark.parametrize("threads", [1, 2, 9, 99])
def test_an_answer_is_the_same_however_many_threads_polars_has(monkeypatch: pytest.MonkeyPatch, threads: int) -> None:
    monkeypatch.setattr(pl, "thread_pool_size", lambda: threads)
    _idle.cache_clear()
    for values in (WORDS, WORDS.clear(), WORDS.filter(WORDS.is_null())):
        assert tried(values, "extract_all", "[a-z]").equals(values.str.extract_all("[a-z]"), check_names=True)
        assert {sign: len(told) for sign, told in shown(values, {"a": "^a", "b": "1"}).items()} == {
            "a": len(values),
            "b": len(values),
        }
    _idle.cache_clear()


def test_a_pattern_that_is_none_is_refused_as_ever() -> None:
    with pytest.raises(pl.exceptions.ComputeError):
        tried(WORDS, "contains", "(")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process is forked here")
def test_a_forked_process_has_threads_of_its_own() -> None:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", FORKED], timeout=60, check=False)
    assert done.returncode == 0
