#!/usr/bin/env python3
"""Boost.PropertyTree is included in plugin/base/info_file.cpp and nowhere else.

Why: its INFO reader follows `#include "path"` even in text that came from outside, knows no line numbers and no limits, and turns
numbers into double. base/info_file mends all four; a second reader would have none of that. Its JSON reader is worse and never used.
"""
import re

from common import main, without_comments

USE = re.compile(r"boost/property_tree/|\bboost::property_tree\b")
HOME = "plugin/base/info_file.cpp"


def look(tree):
    for file in tree.code("plugin", "adapters", "tests"):
        for match in USE.finditer(without_comments(file.text)):
            if file.path == HOME:
                tree.looked_at()
            else:
                tree.fault(file, file.line_of(match.start()), "INFO is read by parse_info (base/info_file.h)")


READER = {HOME: "#include <boost/property_tree/info_parser.hpp>\n", "plugin/base/phrase.cpp": "// boost/property_tree/ is not for us\n"}
main(look, "plugin",
     sound=READER,
     planted={"a second reader": {"plugin/appraisal/rules.cpp": "#include <boost/property_tree/ptree.hpp>\n"},
              "its JSON reader": {"adapters/notify/a.cpp": "boost::property_tree::read_json(in, tree);\n"},
              "in a test": {"tests/unit/a_test.cpp": "#include <boost/property_tree/info_parser.hpp>\n"},
              "the reader has moved": {HOME: "\n"}})
