#!/usr/bin/env python3
"""The Apache directives of mod_shide, one for each option of schema/config/options.info:

    directives.py OPTIONS.info > directives.inc        store.connection_password_file -> ShideStoreConnectionPasswordFile

An option with `only "shided"` has none: inside another server it means nothing. A path is taken from ServerRoot, as Apache's are.
"""
import json
import re
import sys

TOKEN = re.compile(r'\s+|;[^\n]*|(?P<brace>[{}])|"(?P<quoted>(?:\\.|[^"\\])*)"|(?P<word>[^\s{};"]+)')


def read(text):
    """Nested dictionaries; a leaf is its text."""
    stack, key = [{}], None
    for match in TOKEN.finditer(text):
        value = match["quoted"] if match["quoted"] is not None else match["word"]
        if match["brace"] == "{":
            stack[-1][key] = {}
            stack.append(stack[-1][key])
            key = None
        elif match["brace"] == "}":
            stack.pop()
        elif value is not None and key is None:
            key = value
        elif value is not None:
            stack[-1][key], key = value, None
    if len(stack) != 1:
        sys.exit("directives: the braces of the options do not match")
    return stack[0]


with open(sys.argv[1], encoding="utf-8") as options:
    groups = read(options.read())
print("/* Made by directives.py from schema/config/options.info. */")
for group, entries in groups.items():
    for name, option in entries.items():
        if "only" in option:
            continue
        directive = "Shide" + "".join(word.capitalize() for word in f"{group}_{name}".split("_"))
        macro = "PATH" if option["type"] in ("path", "secret_file") else "OPTION"
        print(f'{macro}({json.dumps(directive)}, "{group}.{name}", {json.dumps(option["meaning"]["en"])})')
