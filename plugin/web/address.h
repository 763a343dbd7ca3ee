// What stands in the address line: percent-decoding that refuses what no page of ours contains. The way back: base/web_address.
//
//     decode_segment("%E4%B8%89")  ->  "三"        decode_segment("%2e%2e"), decode_segment("a%00")  ->  nothing
//     parse_pairs("lang=en&q=%E4%B8%89+1")  ->  {lang: en}, {q: 三 1}
//
// Pure and thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace shide::web {

using Pairs = std::vector<std::pair<std::string, std::string>>;

inline constexpr std::size_t kAddressLimit = 4096;  // path and query each
inline constexpr std::size_t kQueryPairLimit = 64;

/// One segment of a path, decoded. Nothing for a bad escape, invalid UTF-8, a control character, a slash or backslash, "." or "..".
std::optional<std::string> decode_segment(std::string_view segment);

/// "/visits/abc" -> {"visits", "abc"}; "/" -> {}. Nothing for a path that does not begin with "/", is too long, holds an empty
/// segment, or one that decode_segment refuses.
std::optional<std::vector<std::string>> decode_path(std::string_view path);

/// application/x-www-form-urlencoded: of a query or a body. At most `limit` pairs; each valid UTF-8 without NUL.
Result<Pairs> parse_pairs(std::string_view text, std::size_t limit);

/// A path below the mount prefix that may be returned to after signing in: begins with one slash, holds no backslash, scheme
/// or control character. Anything else becomes "/".
std::string safe_return_path(std::string_view text);

}  // namespace shide::web
