// A call to an interface that speaks JSON, and what may be said of its answer whoever it is.
//
//     auto answer = http_out::call_json({.method = "POST", .url = url, .headers = {...}}, {{"title", "..."}});
//     answer->status -> 201      answer->body.at("id") -> 217
#pragma once

#include <nlohmann/json.hpp>

#include "http_out/client.h"

namespace shide::http_out {

struct JsonAnswer {
  int status = 0;
  nlohmann::json body;  // an object or a list
};

/// Sends `body` unless it is null. Errors of http_out::call; besides kUnavailable {"http_out.busy"} for 429 and 5xx, kConfiguration
/// {"http_out.moved"} for a redirection, kConfiguration {"http_out.no_json"} for anything that is no JSON. Any thread; blocks.
Result<JsonAnswer> call_json(Call call, const nlohmann::json& body = nullptr);

// What an object holds, whatever it really is: empty, 0 and null where there is no such thing. Nothing is thrown.
std::string text_in(const nlohmann::json& object, const char* key);
std::int64_t number_in(const nlohmann::json& object, const char* key);
bool flag_in(const nlohmann::json& object, const char* key);
const nlohmann::json& part_of(const nlohmann::json& object, const char* key);

/// An error whose log line says the sentence in plain words.
Error problem(ErrorCode code, const char* phrase);

}  // namespace shide::http_out
