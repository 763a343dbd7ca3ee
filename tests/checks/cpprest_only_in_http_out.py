#!/usr/bin/env python3
"""cpprest is included in adapters/http_out and nowhere else.

Why: each file that includes it compiles four seconds longer, its macro U breaks Poco and GoogleTest, and its defaults have no
time-out and no size limit. One wrapper holds the limits; a second client somewhere else would not have them.
"""
import re

from common import main

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*[<"](cpprest|pplx)/', re.MULTILINE)


def look(tree):
    for file in tree.code("plugin", "adapters", "tests"):
        tree.looked_at()
        for match in INCLUDE.finditer(file.text):
            if not file.path.startswith("adapters/http_out/"):
                tree.fault(file, file.line_of(match.start()), "cpprest stays in adapters/http_out; call its wrapper")


main(look, "plugin",
     sound={"adapters/http_out/client.cpp": "#include <cpprest/http_client.h>\n", "adapters/notify/robot.cpp": '// cpprest\n#include "http_out/client.h"\n'},
     planted={"an adapter": {"adapters/notify/robot.cpp": "#include <cpprest/http_client.h>\n"},
              "its tasks": {"plugin/web/a.cpp": "# include <pplx/pplxtasks.h>\n"},
              "a test": {"tests/unit/a_test.cpp": "#include <cpprest/json.h>\n"}})
