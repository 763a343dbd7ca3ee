#!/usr/bin/env python3
"""No Chinese text in a .h or .cpp of plugin/ or adapters/: every sentence and every word list lives in schema/.

Why: a sentence in the code is one no school can change and no translator finds, and it is the one that stays wrong. Comments may be
Chinese: they explain the plan's words. Ranges of characters written as numbers (U'\\u4e00') are code, not text.
"""
import re

from common import main, without_comments

CHINESE = re.compile("[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


def look(tree):
    for file in tree.code("plugin", "adapters"):
        tree.looked_at()
        code = without_comments(file.text)
        for number, line in enumerate(code.split("\n"), 1):
            found = CHINESE.search(line)
            if found:
                tree.fault(file, number, f"“{line[found.start():found.start() + 12]}” belongs in schema/, read by its code")


main(look, "plugin",
     sound={"plugin/base/phrase.h": '// "每组2到3人。"\n/* 班级 */ const char32_t first = U\'\\u4e00\'; int big = 1\'000;\n',
            "adapters/notify/mail.cpp": 'auto url = "http://127.0.0.1"; // 邮件\n'},
     planted={"a sentence": {"plugin/web/a.cpp": 'auto title = "师德师风";\n'},
              "a raw string": {"plugin/web/a.cpp": 'auto title = R"(\n 请先登录\n)";\n'},
              "a string after a comment mark in a string": {"plugin/web/a.cpp": 'f("//", "班级");\n'},
              "a full-width mark as a character": {"plugin/base/b.cpp": "if (c == U'，') return;\n"},
              "a sentence in an adapter": {"adapters/notify/mail.cpp": 'send("您好");\n'},
              "a rare character": {"plugin/base/b.h": 'auto name = "\U0002cb4e";\n'}})
