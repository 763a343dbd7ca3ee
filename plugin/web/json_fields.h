// A JSON body read field by field. A wrong type or a name that nobody reads is a Problem with its path, and one answer tells
// all of them: a misspelt "narative" must not empty the narrative of a record.
//
//     JsonFields fields(body);
//     std::string login = fields.text("login", Presence::kRequired);
//     for (JsonFields& line : fields.objects("lines")) teams[line.text("class_id")] = line.texts("teachers");
//     SHIDE_CHECK(fields.check());              // 422: [{"path": "lines.0.teachers", "code": "field.want_texts"}]
//
// null and an absent field are the same. Keeps the body by reference; used by one thread.
#pragma once

#include <initializer_list>
#include <list>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace shide::web {

enum class Presence { kOptional, kRequired };

class JsonFields {
 public:
  explicit JsonFields(const nlohmann::json& body) : JsonFields(body, "") {}

  std::string text(std::string_view name, Presence presence = Presence::kOptional);
  bool flag(std::string_view name);
  std::vector<std::string> texts(std::string_view name, Presence presence = Presence::kOptional);
  /// The elements of a list, each to be read in turn; they live as long as this.
  std::list<JsonFields>& objects(std::string_view name, Presence presence = Presence::kOptional);
  /// What our own answers hold beside the fields that can be written: a client may send it back as it came.
  void ignore(std::initializer_list<std::string_view> names);

  /// kInvalid with everything found, also below; asked once, when all has been read.
  Result<void> check() const;

 private:
  JsonFields(const nlohmann::json& object, std::string prefix);
  const nlohmann::json* find(std::string_view name, Presence presence);
  void problem(std::string_view name, std::string_view code);
  void collect(std::vector<Problem>& all) const;

  const nlohmann::json& object_;
  std::string prefix_;  // "lines.0."
  std::set<std::string, std::less<>> known_;
  std::vector<Problem> problems_;
  std::list<std::list<JsonFields>> lists_;
};

}  // namespace shide::web
