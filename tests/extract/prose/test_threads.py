import os
import subprocess
import sys

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController

from kg.extract.prose.threads import _libraries, one_thread

BUSY = """
import time
from kg.extract.reading import document
from kg.extract.prose import ProseExtractor

def seconds():
    told = document("a.md", b"Okta was breached. Hackers stole data. " + b"a story of nothing much " * 300)
    wall, cpu = time.perf_counter(), time.process_time()
    list(ProseExtractor().extract(told))
    return time.perf_counter() - wall, time.process_time() - cpu

seconds()
wall, cpu = seconds()
print(cpu / wall)
"""


def threads():
    return [found["num_threads"] for found in ThreadpoolController().info() if found["user_api"] == "blas"]


@pytest.fixture
def several():
    np.eye(2) @ np.eye(2)  # loads what is to be limited
    _libraries.cache_clear()  # other tests may have loaded more since it was asked
    with ThreadpoolController().limit(limits=3, user_api="blas"):
        assert set(threads()) == {3}
        yield


@pytest.mark.usefixtures("several")
def test_one_inside_and_as_before_outside():
    with one_thread():
        assert set(threads()) == {1}
        with one_thread():
            assert set(threads()) == {1}
        assert set(threads()) == {1}
    assert set(threads()) == {3}


@pytest.mark.usefixtures("several")
def test_an_error_inside_restores_too():
    with pytest.raises(KeyError), one_thread():
        raise KeyError
    assert set(threads()) == {3}


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor cannot show two at work")
def test_a_text_is_read_on_one_processor():
    asked = {key: value for key, value in os.environ.items() if not key.endswith("_NUM_THREADS")}
    told = subprocess.run([sys.executable, "-c", BUSY], capture_output=True, text=True, check=True, env=asked)
    assert float(told.stdout) < 1.3
