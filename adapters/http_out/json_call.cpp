#include "http_out/json_call.h"

#include "base/json.h"

namespace shide::http_out {

const nlohmann::json& part_of(const nlohmann::json& object, const char* key) {
  static const nlohmann::json kNothing;
  if (!object.is_object()) return kNothing;
  auto found = object.find(key);
  return found == object.end() ? kNothing : *found;
}

std::string text_in(const nlohmann::json& object, const char* key) {
  const nlohmann::json& part = part_of(object, key);
  return part.is_string() ? part.get<std::string>() : std::string();
}

std::int64_t number_in(const nlohmann::json& object, const char* key) {
  const nlohmann::json& part = part_of(object, key);
  return part.is_number_integer() ? part.get<std::int64_t>() : 0;
}

bool flag_in(const nlohmann::json& object, const char* key) {
  const nlohmann::json& part = part_of(object, key);
  return part.is_boolean() && part.get<bool>();
}

Error problem(ErrorCode code, const char* phrase) { return {code, {phrase}, render(Phrase{phrase}, Language::kEnglish)}; }

Result<JsonAnswer> call_json(Call call, const nlohmann::json& body) {
  call.headers.push_back({"Accept", "application/json"});
  if (!body.is_null()) {
    call.headers.push_back({"Content-Type", "application/json; charset=utf-8"});
    call.body = body.dump();
  }
  SHIDE_TRY(answer, http_out::call(call));
  if (answer.status == 429 || answer.status >= 500) return problem(ErrorCode::kUnavailable, "http_out.busy");
  if (answer.status >= 300 && answer.status < 400) return problem(ErrorCode::kConfiguration, "http_out.moved");
  Result<nlohmann::json> read = parse_json(answer.body);
  if (!read || !read->is_structured()) return problem(ErrorCode::kConfiguration, "http_out.no_json");
  return JsonAnswer{answer.status, std::move(*read)};
}

}  // namespace shide::http_out
