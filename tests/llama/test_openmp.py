"""The OpenMP runtime that llama.cpp wants comes with the packages, to the child alone."""

import os
import subprocess
import sys

import pytest

from daehwa.llama import child_environment, library_folder, remove_registration

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere llama.cpp needs none")


def test_the_packages_bring_it():
    assert (library_folder() / "libgomp.so.1").is_file()


def test_the_child_finds_it_before_the_machine_s_own():
    code = (
        "import xllamacpp; from pathlib import Path;"
        "print({line.split()[-1] for line in Path('/proc/self/maps').read_text().splitlines()"
        " if 'libgomp' in line})"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        env=child_environment(),
        check=True,
        capture_output=True,
        text=True,
    )
    assert found.stdout.strip() == repr({str(library_folder().resolve() / "libgomp.so.1")})


def test_a_path_that_was_set_stays_behind_it():
    environ = child_environment({"LD_LIBRARY_PATH": "/opt/driver", "LANG": "ko_KR.UTF-8"})
    assert environ == {
        "LD_LIBRARY_PATH": f"{library_folder()}:/opt/driver",
        "LANG": "ko_KR.UTF-8",
    }


def test_the_parent_s_environment_is_not_changed():
    environ = {"PATH": "/usr/bin"}
    child_environment(environ)
    assert environ == {"PATH": "/usr/bin"}


def test_what_the_runtime_leaves_behind_is_removed(tmp_path):
    left = tmp_path / f"__KMP_REGISTERED_LIB_77_{os.getuid()}"
    left.touch()
    remove_registration(77, (str(tmp_path), "/nonexistent"))
    assert not left.exists()
    remove_registration(77, (str(tmp_path),))  # nothing there is nothing to do
