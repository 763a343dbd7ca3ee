#!/usr/bin/env python3
"""Every template escapes its values, quotes its attributes, and brings no style or script of its own.

Why: ctemplate escapes for the place a value stands in, but only where the AUTOESCAPE pragma opens the file; one template without it
and a child's name with a "<" in it becomes markup. An attribute without quotes ends at the first blank of a name. And the
Content-Security-Policy refuses inline styles and scripts, so that a page with one looks right to nobody but its author's test file.
A [[text.code]] without a sentence, or a {{>part}} that does not exist, would stop the program at its start.
"""
import re

from common import main, parse_info

FOLDER = "plugin/web/templates"
PRAGMA = '{{%AUTOESCAPE context="HTML"}}\n'
TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)((?:\"[^\"]*\"|'[^']*'|\{\{[^}]*\}\}|[^<>\"'])*)>")
UNQUOTED = re.compile(r"=\s*(?![\"'\s])")
FORBIDDEN = ((re.compile(r"<style\b", re.I), "a <style>: give it a class in assets/look.css"),
             (re.compile(r"\sstyle\s*=", re.I), "style=: give it a class in assets/look.css"),
             (re.compile(r"<script\b(?![^>]*\bsrc=)", re.I), "an inline script: put it into assets/ and name it by src"),
             (re.compile(r"\son[a-z]+\s*=", re.I), "an on...= handler: put it into a script of assets/"),
             (re.compile(r"javascript:", re.I), "a javascript: address"),
             (re.compile(r"\{\{[A-Z_]+:(?!pre_escape\}\})", re.I), "a modifier: AUTOESCAPE chooses the escaping; only pre_escape may be asked for, which escapes as much and keeps line breaks"))


def texts(tree, language):
    codes = set()

    def walk(entry, prefix):
        for child in entry.children:
            code = f"{prefix}.{child.key}" if prefix else child.key
            if child.value:
                codes.add(code)
            walk(child, code)

    for file in tree.files(f"schema/text/{language}/**/*.info"):
        try:
            walk(parse_info(file.text), "")
        except ValueError as error:
            tree.fault(file, 1, f"cannot be read: {error}")
    return codes


def look(tree):
    known = {language: texts(tree, language) for language in ("zh-CN", "en")}
    files = tree.files(f"{FOLDER}/**/*.html")
    parts = {file.path.removeprefix(f"{FOLDER}/parts/").removesuffix(".html") for file in files if "/parts/" in file.path}
    for file in files:
        tree.looked_at()
        if not file.text.startswith(PRAGMA):
            tree.fault(file, 1, f"does not begin with {PRAGMA.strip()} on a line of its own")
        for pattern, what in FORBIDDEN:
            for match in pattern.finditer(file.text):
                tree.fault(file, file.line_of(match.start()), what)
        for tag in TAG.finditer(file.text):
            bare = re.sub(r"\{\{[^}]*\}\}", "", re.sub(r"\"[^\"]*\"|'[^']*'", '""', tag.group(2)))
            if UNQUOTED.search(bare):
                tree.fault(file, file.line_of(tag.start()), f"an attribute of <{tag.group(1)}> without quotes")
            if re.search(r"=\s*\{\{", re.sub(r"\"[^\"]*\"|'[^']*'", '""', tag.group(2))):
                tree.fault(file, file.line_of(tag.start()), f"a value of <{tag.group(1)}> without quotes")
        for match in re.finditer(r"\[\[([^\]]*)\]\]", file.text):
            for language, codes in known.items():
                if match.group(1) not in codes:
                    tree.fault(file, file.line_of(match.start()), f"[[{match.group(1)}]] has no text in {language}")
        for match in re.finditer(r"\{\{>([^}]*)\}\}", file.text):
            if match.group(1).lower() not in parts:
                tree.fault(file, file.line_of(match.start()), f"there is no parts/{match.group(1).lower()}.html")


PAGE = f"{FOLDER}/page.html"
main(look, home=FOLDER, sound={
    PAGE: PRAGMA + '<p class="a {{B}}"{{#C}} id="{{C}}"{{/C}}>[[page.title]] a=b</p>\n<script src="/x.js"></script>{{>bar}}\n<input{{#ON}} checked{{/ON}}>\n',
    f"{FOLDER}/parts/bar.html": PRAGMA + "<b>{{NAME}}</b>\n",
    "schema/text/zh-CN/page.info": 'page { title "页" }\n',
    "schema/text/en/page.info": 'page { title "Page" }\n',
}, planted={
    "no pragma": {PAGE: "<p>{{A}}</p>\n"},
    "a part without pragma": {f"{FOLDER}/parts/bar.html": "<b>{{NAME}}</b>\n"},
    "an unquoted attribute": {PAGE: PRAGMA + "<p class=a>x</p>\n"},
    "an unquoted value": {PAGE: PRAGMA + "<p class={{A}}>x</p>\n"},
    "a style attribute": {PAGE: PRAGMA + '<p style="color:red">x</p>\n'},
    "a style element": {PAGE: PRAGMA + "<style>p{}</style>\n"},
    "an inline script": {PAGE: PRAGMA + "<script>let a = 1</script>\n"},
    "a handler": {PAGE: PRAGMA + '<p onclick="x()">x</p>\n'},
    "a modifier": {PAGE: PRAGMA + "<p>{{A:none}}</p>\n"},
    "a missing text": {PAGE: PRAGMA + "<p>[[page.other]]</p>\n"},
    "a text missing in English": {"schema/text/en/page.info": "page { }\n"},
    "a missing part": {PAGE: PRAGMA + "{{>nothing}}\n"},
})
