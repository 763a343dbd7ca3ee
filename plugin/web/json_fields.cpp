#include "web/json_fields.h"

#include "base/text.h"

namespace shide::web {

using nlohmann::json;

namespace {
constexpr std::size_t kNameShown = 64;  // characters of an unknown name that are said back
}

JsonFields::JsonFields(const json& object, std::string prefix) : object_(object), prefix_(std::move(prefix)) {
  if (object_.is_object()) return;
  // The place itself is wrong: its path without the dot, or the body as a whole.
  std::string path = prefix_.empty() ? "" : prefix_.substr(0, prefix_.size() - 1);
  problems_.push_back({std::move(path), {"form.json_object"}});
}

const json* JsonFields::find(std::string_view name, Presence presence) {
  known_.emplace(name);
  if (!object_.is_object()) return nullptr;
  auto found = object_.find(name);
  if (found != object_.end() && !found->is_null()) return &*found;
  if (presence == Presence::kRequired) problem(name, "field.empty");
  return nullptr;
}

void JsonFields::problem(std::string_view name, std::string_view code) { problems_.push_back({prefix_ + std::string(name), {std::string(code)}}); }

std::string JsonFields::text(std::string_view name, Presence presence) {
  const json* value = find(name, presence);
  if (!value) return {};
  if (value->is_string()) return value->get<std::string>();
  problem(name, "field.want_text");
  return {};
}

bool JsonFields::flag(std::string_view name) {
  const json* value = find(name, Presence::kOptional);
  if (!value) return false;
  if (value->is_boolean()) return value->get<bool>();
  problem(name, "field.want_flag");
  return false;
}

std::vector<std::string> JsonFields::texts(std::string_view name, Presence presence) {
  std::vector<std::string> list;
  const json* value = find(name, presence);
  if (!value) return list;
  bool fine = value->is_array();
  for (const json& one : *value) {
    fine = fine && one.is_string();
    if (fine) list.push_back(one.get<std::string>());
  }
  if (!fine) problem(name, "field.want_texts");
  return list;
}

std::list<JsonFields>& JsonFields::objects(std::string_view name, Presence presence) {
  std::list<JsonFields>& list = lists_.emplace_back();
  const json* value = find(name, presence);
  if (!value) return list;
  if (!value->is_array()) {
    problem(name, "field.want_list");
    return list;
  }
  for (std::size_t i = 0; i < value->size(); ++i) list.push_back(JsonFields((*value)[i], prefix_ + std::string(name) + "." + std::to_string(i) + "."));
  return list;
}

void JsonFields::ignore(std::initializer_list<std::string_view> names) { known_.insert(names.begin(), names.end()); }

void JsonFields::collect(std::vector<Problem>& all) const {
  all.insert(all.end(), problems_.begin(), problems_.end());
  if (object_.is_object()) {
    for (const auto& [name, value] : object_.items()) {
      if (!known_.count(name)) all.push_back({prefix_ + std::string(first_characters(name, kNameShown)), {"field.unknown"}});
    }
  }
  for (const auto& list : lists_) {
    for (const JsonFields& one : list) one.collect(all);
  }
}

Result<void> JsonFields::check() const {
  std::vector<Problem> all;
  collect(all);
  if (all.empty()) return {};
  Error error{ErrorCode::kInvalid, {"error.invalid", {{"count", all.size()}}}};
  error.problems = std::move(all);
  return error;
}

}  // namespace shide::web
