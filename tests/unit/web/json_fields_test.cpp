#include "web/json_fields.h"

#include <gtest/gtest.h>

#include <map>

namespace shide::web {
namespace {

using nlohmann::json;

std::map<std::string, std::string> found(const JsonFields& fields) {
  std::map<std::string, std::string> list;
  auto checked = fields.check();
  if (auto* error = checked.if_error()) {
    for (const Problem& problem : error->problems) list[problem.path] = problem.phrase.code;
  }
  return list;
}

TEST(JsonFields, ReadsWhatIsThereAndTakesNullForAbsent) {
  json body = {{"login", "0300"}, {"urgent", true}, {"topics", {"policy"}}, {"mode", nullptr}, {"lines", {{{"name", "a"}}, {{"name", "b"}}}}};
  JsonFields fields(body);
  EXPECT_EQ(fields.text("login", Presence::kRequired), "0300");
  EXPECT_TRUE(fields.flag("urgent"));
  EXPECT_EQ(fields.texts("topics"), std::vector<std::string>{"policy"});
  EXPECT_EQ(fields.text("mode"), "");
  std::string names;
  for (JsonFields& line : fields.objects("lines")) names += line.text("name");
  EXPECT_EQ(names, "ab");
  EXPECT_TRUE(fields.check().ok());
}

TEST(JsonFields, TellsEverythingThatIsWrongAtOnceWithItsPath) {
  json body = {{"login", 5}, {"urgent", "yes"}, {"topics", {"policy", 1}}, {"narative", "x"}, {"lines", {{{"nam", "a"}}, 7}}};
  JsonFields fields(body);
  fields.text("login");
  fields.text("password", Presence::kRequired);
  fields.flag("urgent");
  fields.texts("topics");
  for (JsonFields& line : fields.objects("lines")) line.text("name", Presence::kRequired);
  EXPECT_EQ(found(fields), (std::map<std::string, std::string>{{"login", "field.want_text"}, {"password", "field.empty"}, {"urgent", "field.want_flag"}, {"topics", "field.want_texts"},
                                                               {"narative", "field.unknown"}, {"lines.0.nam", "field.unknown"}, {"lines.0.name", "field.empty"}, {"lines.1", "form.json_object"}}));
}

TEST(JsonFields, ABodyThatIsNoObjectIsRefusedOnce) {
  for (const json& body : {json::array(), json("text"), json(), json(5)}) {
    JsonFields fields(body);
    fields.text("login");
    fields.objects("lines");
    EXPECT_EQ(found(fields), (std::map<std::string, std::string>{{"", "form.json_object"}})) << body.dump();
  }
}

TEST(JsonFields, SaysBackAtMostTheBeginningOfAnUnknownName) {
  json body = {{std::string(500, 'x'), 1}};
  EXPECT_EQ(found(JsonFields(body)).begin()->first.size(), 64u);
}

}  // namespace
}  // namespace shide::web
