#!/usr/bin/env python3
"""Every include follows the arrows of the house (plugin/README.md draws them).

Why: good projects lose this when nothing draws the line. Two we learned from have their folders in one cycle of eight; there no part
can be read, tested or replaced alone. Here a rule that includes a port, or a page that includes an adapter, fails the same day.
"""
import re

from common import main

RULES = ("visit", "privacy", "followup", "analysis", "archive", "appraisal", "audit")
WORDS = {"base", "model"}

# What a folder of plugin/ may include besides itself: all that lies upstream along the arrows.
PLUGIN = {"base": set(), "model": {"base"}, "ports": set(WORDS), **{rule: set(WORDS) for rule in RULES}}
PLUGIN["workflow"] = WORDS | {"ports", *RULES}
PLUGIN["web"] = PLUGIN["workflow"] | {"workflow"}
PLUGIN["console"] = PLUGIN["web"]
PLUGIN["door"] = PLUGIN["web"] | {"web", "console"}

DRIVEN = {"store_sql", "photo_files", "photo_helper", "similarity_files", "office_files", "cipher_openssl", "cms_wordpress",
          "cms_bundle", "personnel_rest", "notify", "public_http", "site_bridge", "seal_files", "http_out"}
CALLS_OUT = {"cms_wordpress", "personnel_rest", "notify", "public_http", "site_bridge"}
HOSTS = {"host_standalone", "host_httpd", "host_console"}
DOORS = {"assembly": {"door/assemble.h"}, **{host: {"door/shide.h"} for host in HOSTS}}  # the only headers of the door they see

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def may_include(area, folder, target):
    """True when a file of area/folder may include something of the folder `target`, the door's headers aside."""
    if target == folder:
        return True
    if area == "plugin":
        return target in PLUGIN[folder]
    if folder in HOSTS:
        return False
    if folder == "assembly":
        return target in WORDS | {"ports"} | DRIVEN
    return target in WORDS | {"ports"} or (target == "http_out" and folder in CALLS_OUT)


def look(tree):
    known = set(PLUGIN) | DRIVEN | HOSTS | {"assembly"}
    for file in tree.code("plugin", "adapters"):
        area, folder, *_ = file.path.split("/")
        if folder not in (PLUGIN if area == "plugin" else DRIVEN | HOSTS | {"assembly"}):
            tree.fault(file, 1, f"the house has no folder {area}/{folder}; if it should, give it its arrows here")
            continue
        for match in INCLUDE.finditer(file.text):
            quote, path = match.groups()
            line = file.line_of(match.start())
            path = path.removeprefix("adapters/") if area == "adapters" else path
            target = path.split("/")[0]
            if quote == "<" and not (target in known and "/" in path and (tree.root / "plugin" / path).exists()):
                continue
            tree.looked_at()
            if path in DOORS.get(folder, ()):
                continue
            if ".." in path.split("/") or "/" not in path:
                tree.fault(file, line, f'"{path}" does not name its folder')
            elif target not in known:
                tree.fault(file, line, f'"{path}" is not of the house: foreign headers stand in <>')
            elif not may_include(area, folder, target):
                tree.fault(file, line, f"{area}/{folder} includes {path}, against the arrows")


main(look, "plugin",
     sound={"plugin/base/text.h": "#include <string>\n", "plugin/model/visit.h": '#include "base/text.h"\n',
            "plugin/visit/record_rules.cpp": '#include "model/visit.h"\n#include "visit/record_rules.h"\n',
            "plugin/web/pages.cpp": '#include "workflow/submit_record.h"\n',
            "adapters/store_sql/sqlite.cpp": '#include "ports/store.h"\n#include "store_sql/session.h"\n#include <Poco/Data/Session.h>\n',
            "adapters/notify/mail.cpp": '#include "http_out/client.h"\n',
            "adapters/host_httpd/mod_shide.c": '#include "door/shide.h"\n#include <httpd.h>\n',
            "adapters/assembly/assemble.cpp": '#include "door/assemble.h"\n#include "store_sql/store.h"\n'},
     planted={"base includes model": {"plugin/base/text.h": '#include "model/visit.h"\n'},
              "one rule includes another": {"plugin/visit/record_rules.cpp": '#include "privacy/redact.h"\n'},
              "a rule includes a port": {"plugin/visit/record_rules.cpp": '#include "ports/store.h"\n'},
              "a port includes a rule": {"plugin/ports/store.h": '#include "privacy/reach.h"\n'},
              "web includes an adapter": {"plugin/web/pages.cpp": '#include "store_sql/session.h"\n'},
              "web includes console": {"plugin/web/pages.cpp": '#include "console/lines.h"\n'},
              "workflow includes web": {"plugin/workflow/submit.cpp": '#include "web/http.h"\n'},
              "an adapter includes a rule": {"adapters/store_sql/sqlite.cpp": '#include "privacy/reach.h"\n'},
              "an adapter includes another": {"adapters/store_sql/sqlite.cpp": '#include "cipher_openssl/cipher.h"\n'},
              "a host includes more than the door": {"adapters/host_httpd/mod_shide.c": '#include "door/assemble.h"\n'},
              "a host includes base": {"adapters/host_standalone/main.cpp": '#include "base/text.h"\n'},
              "assembly includes workflow": {"adapters/assembly/assemble.cpp": '#include "workflow/submit_record.h"\n'},
              "a way round in brackets": {"plugin/base/time.h": "#include <model/visit.h>\n"},
              "a way up the tree": {"plugin/base/time.h": '#include "../model/visit.h"\n'},
              "an include without folder": {"plugin/base/time.h": '#include "text.h"\n'},
              "a folder nobody drew": {"plugin/helpers/x.h": "#include <string>\n"}})
