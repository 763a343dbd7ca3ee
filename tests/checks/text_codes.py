#!/usr/bin/env python3
"""Every sentence the code asks for exists, in Chinese and in English, with the same arguments.

Why: a code without a text shows a teacher "[roster.team_smal]" and nothing fails before she sees it; a text that asks for {min}
where the code gives "least" shows a hole. Both are silent for the compiler.

What counts as asking: Phrase{"a.b"...}, {"a.b"} and {"a.b", {{...}}} as arguments, any {"a.b" whose first word is a topic of the
texts, "a." + ... and "a.b_" + ... inside Phrase{}, and [[a.b]] in a template. A brace that only looks so says "not a text code" on its line.
Texts nobody names are listed for information: codes may be put together at run time.
"""
import re

from common import literals, main, parse_info, without_comments

LANGUAGES = ("zh-CN", "en")
CODE = r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+"
SURE = (re.compile(r'[,(]\s*\{\s*"(%s)"\s*\}' % CODE), re.compile(r'\{\s*"(%s)"\s*,\s*\{\s*\{' % CODE))
LIKELY = re.compile(r'\{\s*"(%s)"\s*[,}]' % CODE)
INSIDE_PHRASE = re.compile(r"\bPhrase\s*\{([^,{}]*)")
QUOTED = re.compile(r'"([^"\\]*)"')
NOT_CODES = (".info", ".json", ".sql", ".html", ".css", ".js", ".txt", ".cpp", ".h", ".xml", ".docx", ".xlsx", ".csv", ".pdf", ".jpg", ".png")


def read_texts(tree, language):
    """{code: (text, file, line)}; a leaf with a value is a text, as base/phrase.cpp reads it."""
    texts = {}

    def walk(file, entry, prefix):
        for child in entry.children:
            code = f"{prefix}.{child.key}" if prefix else child.key
            if child.value:
                if code in texts:
                    tree.fault(file, child.line, f"{code} already has a text in {texts[code][1].path}:{texts[code][2]}")
                texts[code] = (child.value, file, child.line)
            walk(file, child, code)

    for file in tree.files(f"schema/text/{language}/**/*.info"):
        try:
            walk(file, parse_info(file.text), "")
        except ValueError as error:
            tree.fault(file, 1, f"cannot be read: {error}")
    return texts


def arguments(text):
    return set(re.findall(r"\{([^{}]*)\}", text))


def given_arguments(code, start):
    """The names in {"code", {{"min", 2}, {"max", 3}}}, `start` at its first brace; None when one of them is no literal."""
    depth, at, names = 0, start, set()
    ends = {begin: (content, end) for begin, content, end in literals(code[start:start + 4000])}
    while at < len(code):
        literal = ends.get(at - start)
        if literal:
            at = start + literal[1]
            continue
        if code[at] == "{":
            depth += 1
            if depth == 3:
                name = re.compile(r'\{\s*"([a-z_]+)"\s*,').match(code, at)
                if not name:
                    return None
                names.add(name[1])
        elif code[at] == "}":
            depth -= 1
            if depth == 0:
                return names
        at += 1
    return None


def look_at_code(tree, file, texts, used):
    code = without_comments(file.text)
    lines = file.text.split("\n")
    topics = {name.split(".")[0] for name in texts}

    def ask(name, offset):
        used.add(name)
        number = file.line_of(offset)
        if name not in texts and not name.endswith(NOT_CODES) and "not a text code" not in lines[number - 1]:
            tree.fault(file, number, f"no text has the code {name}")

    for pattern in SURE:
        for match in pattern.finditer(code):
            ask(match[1], match.start(1))
    for match in LIKELY.finditer(code):
        if match[1].split(".")[0] in topics:
            ask(match[1], match.start(1))
    for match in INSIDE_PHRASE.finditer(code):
        for name in QUOTED.finditer(match[1]):
            offset = match.start(1) + name.start()
            beginning = name[1].endswith((".", "_")) or match[1][name.end():].lstrip().startswith("+")
            if not beginning and re.fullmatch(CODE, name[1]):
                ask(name[1], offset)
            elif beginning and not any(text.startswith(name[1]) for text in texts):
                tree.fault(file, file.line_of(offset), f"no text has a code that begins with {name[1]}")
    for match in SURE[1].finditer(code):
        given = given_arguments(code, match.start())
        wanted = arguments(texts[match[1]][0]) if match[1] in texts else set()
        if given is not None and wanted - given:
            tree.fault(file, file.line_of(match.start()), f"{match[1]} asks for {sorted(wanted - given)}, the code gives {sorted(given)}")
    for _, literal, _ in literals(code):
        if literal.endswith((".", "_")):
            used.update(name for name in texts if name.startswith(literal))
        used.add(literal)


def look(tree):
    texts = {language: read_texts(tree, language) for language in LANGUAGES}
    chinese, english = (texts[language] for language in LANGUAGES)
    tree.looked_at(min(len(chinese), len(english)))
    for one, other, name in ((chinese, english, "en"), (english, chinese, "zh-CN")):
        for code in sorted(one.keys() - other.keys()):
            tree.fault(one[code][1], one[code][2], f"{code} has no text in {name}")
    for code in sorted(chinese.keys() & english.keys()):
        left, right = arguments(chinese[code][0]), arguments(english[code][0])
        if left != right:
            tree.fault(english[code][1], english[code][2], f"{code} has the arguments {sorted(right)}, in zh-CN {sorted(left)}")
    used = set()
    for file in tree.code("plugin", "adapters"):
        look_at_code(tree, file, chinese, used)
    for file in tree.files("plugin/web/templates/**/*", "adapters/**/templates/**/*"):
        for match in re.finditer(r"\[\[\s*([^\[\]\s]+)[^\[\]]*\]\]", file.text):
            used.add(match[1])
            if match[1] not in chinese:
                tree.fault(file, file.line_of(match.start()), f"no text has the code {match[1]}")
    for file in tree.files("schema/**/*.info", "schema/**/*.json", "plugin/web/assets/**/*.js"):
        used.update(re.findall(CODE, file.text))
    unused = sorted(chinese.keys() - used)
    if unused:
        tree.note(f"information: {len(unused)} texts that no code names: {' '.join(unused[:20])}{' ...' if len(unused) > 20 else ''}")


CHINESE_TEXT = 'roster {\n  small "每组{min}人。"  ; a comment\n  topic { canteen "食堂" }\n  day_0 "周日"\n}\n'
ENGLISH_TEXT = 'roster {\n  small "Teams have {min}."\n  topic { canteen "canteen" }\n  day_0 "Sunday"\n}\n'
main(look, "schema/text",
     sound={"schema/text/zh-CN/roster.info": CHINESE_TEXT, "schema/text/en/roster.info": ENGLISH_TEXT,
            "plugin/visit/a.cpp": 'f("team", {"roster.small", {{"min", g("}")}}});\n// {"roster.gone"}\nreturn Phrase{"roster.topic." + topic};\nreturn Phrase{"roster.day_" + day};\n'
                                  'load({"students.json"}); enqueue({"roster.submitted", id}); // not a text code\n',
            "plugin/web/templates/a.html": "<p>[[roster.small]]</p>\n"},
     planted={"a code without text": {"plugin/visit/b.cpp": 'return Error{ErrorCode::kInvalid, {"roster.smal"}};\n'},
              "a misspelt topic": {"plugin/visit/b.cpp": 'check.problem("team", {"rostr.small", {{"min", 2}}});\n'},
              "one arm of a choice": {"plugin/visit/b.cpp": 'auto p = few ? Phrase{"roster.small"} : Phrase{"roster.large"};\n'},
              "a choice inside": {"plugin/visit/b.cpp": 'Phrase{few ? "roster.small" : "roster.large"};\n'},
              "a beginning nobody has": {"plugin/visit/b.cpp": 'Phrase{"roster.topics." + topic};\n'},
              "an argument by another name": {"plugin/visit/b.cpp": 'p("t", {"roster.small", {{"least", 2}}});\n'},
              "a template's code": {"plugin/web/templates/b.html": "[[roster.tiny]]\n"},
              "missing in English": {"schema/text/zh-CN/more.info": 'more { one "一" }\n'},
              "missing in Chinese": {"schema/text/en/more.info": 'more { one "one" }\n'},
              "other arguments": {"schema/text/en/roster.info": ENGLISH_TEXT.replace("{min}", "{max}")},
              "the same code twice": {"schema/text/en/again.info": 'roster { small "Again {min}." }\n'},
              "an unreadable file": {"schema/text/en/bad.info": 'a { b "c\n'}})
