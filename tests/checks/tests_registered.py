#!/usr/bin/env python3
"""Every C++ file below tests/ is part of a CMake target.

Why: a test that is written, reviewed and never compiled is worse than none, since people believe in it. A neighbouring project's
first check was this one, after such a test had been green for a year. A file counts when a CMakeLists.txt of tests/ names it or a
glob of it matches; a file with tests in it under another name than the glob's is found here too.
"""
import fnmatch
import re
from pathlib import PurePosixPath

from common import main

GLOB = re.compile(r"file\s*\(\s*(GLOB|GLOB_RECURSE)\s+(\w+)([^)]*)\)")


def patterns_of(cmake):
    """(recursive, pattern from the root of the tree) for each glob whose variable is used again in that file."""
    for kind, variable, words in GLOB.findall(cmake.text):
        if f"${{{variable}}}" not in cmake.text:
            continue
        for word in words.split():
            word = word.strip('"').replace("${CMAKE_CURRENT_SOURCE_DIR}/", "")
            if "*" in word and "$" not in word:
                yield kind == "GLOB_RECURSE", f"{cmake.folder}/{word}"


def matches(path, recursive, pattern):
    folder, name = pattern.rsplit("/", 1)
    own_folder, own_name = path.rsplit("/", 1)
    if not fnmatch.fnmatch(own_name, name):
        return False
    return own_folder == folder or (recursive and PurePosixPath(own_folder).is_relative_to(folder))


def look(tree):
    cmakes = tree.files("tests/**/CMakeLists.txt")
    globs = [pair for cmake in cmakes for pair in patterns_of(cmake)]
    for file in tree.files("tests/**/*.cpp", "tests/**/*.cc", "tests/**/*.c"):
        tree.looked_at()
        named = any(file.path.startswith(cmake.folder + "/") and re.search(rf"(?<![\w./]){re.escape(file.path[len(cmake.folder) + 1:])}(?!\w)", cmake.text)
                    for cmake in cmakes)
        if not named and not any(matches(file.path, *glob) for glob in globs):
            tree.fault(file, 1, "no CMake target of tests/ builds it (a test file is called *_test.cpp)")


CMAKE = "file(GLOB_RECURSE unit_sources CONFIGURE_DEPENDS unit/*_test.cpp)\nfile(GLOB lost unit/*.cpp)\nadd_executable(unit_tests ${unit_sources} support/clock.cpp)\n"
TEST = "TEST(A, B) {}\n"
main(look, "tests/unit",
     sound={"tests/CMakeLists.txt": CMAKE, "tests/unit/base/text_test.cpp": TEST, "tests/support/clock.cpp": "\n"},
     planted={"a test by another name": {"tests/unit/base/text_tests.cpp": TEST},
              "a folder no target knows": {"tests/contract/store_test.cpp": TEST},
              "a helper nobody links": {"tests/support/my_clock.cpp": "\n"},
              "a glob whose files go nowhere": {"tests/CMakeLists.txt": CMAKE.replace("${unit_sources}", "")}})
