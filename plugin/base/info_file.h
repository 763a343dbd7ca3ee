// The one reader of Boost.PropertyTree INFO files: configuration, rule sets, texts, forms.
//
//     auto file = parse_info("visit { max \"30\" }", "rules.info");
//     file->child("visit")->text("max")  ->  "30"       file->child("visit")->line  ->  1
//
// Made safe around what INFO lacks: `#include` is refused, size (1 MiB) and depth (32) are limited before the parser sees
// the text, and every entry knows its line. Values are text: numbers are parsed by Decimal, never through double.
// Keys may repeat and keep their order; a dot in a key is part of the key.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace shide {

/// One `key "value" { ... }` of the file, in file order. A value type; copies are cheap enough for files of this size.
struct InfoEntry {
  std::string key;
  std::string value;
  int line = 0;  // 1-based
  std::vector<InfoEntry> children;

  /// The first child of that key, or null.
  const InfoEntry* child(std::string_view name) const;
  /// All children of that key, in order.
  std::vector<const InfoEntry*> all(std::string_view name) const;
  /// The value of the first child of that key, or `otherwise`.
  std::string text(std::string_view name, std::string_view otherwise = {}) const;
};

/// The whole file as one entry without key. `name` is only used in errors: "rules.info:12: ...".
Result<InfoEntry> parse_info(std::string_view text, std::string_view name);

}  // namespace shide
