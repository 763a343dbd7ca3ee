// The one reader of JSON from outside: request bodies, JSON Lines, files of other systems.
//
//     auto body = parse_json(R"({"staff":"T017","ballots":[91.5]})");
//     if (auto* error = body.if_error()) return *error;          // "json.duplicate_key" with key and place
//     body->at("staff").get<std::string>()  ->  "T017"
//
// Made safe around what JSON lacks: size (4 MiB), depth (64), valid UTF-8 without NUL, no key twice in one object, nothing
// after the value. A number that shall decide about people is read by `decimal_of`, never by get<double>(). Thread-safe.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "base/decimal.h"
#include "base/result.h"

namespace shide {

inline constexpr std::size_t kJsonSizeLimit = 4 * 1024 * 1024;
inline constexpr int kJsonDepthLimit = 64;

/// The value, or kTooLarge (over 4 MiB) or kInvalid with a phrase `json.*`. The error never quotes a value of the text.
Result<nlohmann::json> parse_json(std::string_view text);

/// A decimal given as text ("91.5") or as a JSON number; nothing for anything else, or for more than four decimals.
std::optional<Decimal> decimal_of(const nlohmann::json& value);

}  // namespace shide
