"""The weights fit the machine: what memory there is, and which model that means."""

import pytest

from daehwa.answers import chosen_weights
from daehwa.answers.memory import total_memory

GB = 1_000_000_000


def test_a_container_s_limit_counts_where_it_is_lower(tmp_path):
    machine = total_memory(tmp_path)
    assert machine > GB
    second = tmp_path / "sys/fs/cgroup"
    (second / "memory").mkdir(parents=True)
    (second / "memory.max").write_text("2147483648\n")
    assert total_memory(tmp_path) == 2 << 30
    (second / "memory.max").write_text("max\n")
    assert total_memory(tmp_path) == machine
    (second / "memory" / "memory.limit_in_bytes").write_text("1073741824\n")
    assert total_memory(tmp_path) == 1 << 30


@pytest.mark.parametrize(("memory", "model"), [(2, "small"), (2.8, "small"), (4, "default")])
def test_a_small_machine_gets_the_small_model(tmp_path, memory, model):
    assert chosen_weights(tmp_path, environ={}, memory=int(memory * GB)).model.name == model


def test_what_is_named_is_taken_whatever_the_memory(tmp_path):
    assert chosen_weights(tmp_path, "default", {}, memory=GB).model.name == "default"
    named = chosen_weights(tmp_path, None, {"DAEHWA_MODEL": "default"}, memory=GB)
    assert named.model.name == "default"
