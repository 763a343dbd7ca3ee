#include "console/allocate_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "base/resource.h"

namespace shide::console {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Answer {
  int code = 0;
  std::vector<nlohmann::json> lines;
  std::string err;
};

Answer allocate_lines(const Arguments& arguments, std::string input) {
  Answer answer;
  std::string out;
  std::size_t at = 0;
  Streams streams;
  streams.read = [&](char* into, std::size_t size) {
    std::size_t count = std::min(size, input.size() - at);
    input.copy(into, count, at);
    at += count;
    return static_cast<long>(count);
  };
  streams.out = [&](std::string_view text) { out += text; };
  streams.err = [&](std::string_view text) { answer.err += text; };
  answer.code = allocate_command(arguments, streams);
  for (std::size_t from = 0; from < out.size();) {
    std::size_t end = out.find('\n', from);
    answer.lines.push_back(nlohmann::json::parse(out.substr(from, end - from)));
    from = end + 1;
  }
  return answer;
}

nlohmann::json example() { return parse_json(resource("schema/api/allocation.schema.json").value_or(""))->at("examples").at(0); }

TEST(AllocateCommand_S58, TheExampleOfTheSchemaIsPlacedInFull) {
  Answer answer = allocate_lines({}, example().dump() + "\n");
  EXPECT_EQ(answer.code, kFine) << answer.err;
  ASSERT_EQ(answer.lines.size(), 1u);
  EXPECT_EQ(answer.lines[0]["id"], "qy");
  const nlohmann::json& grade = answer.lines[0]["grade_groups"][0];
  EXPECT_EQ(grade["name"], "三年级组");
  EXPECT_EQ(grade["outcome"], "full");
  EXPECT_EQ(grade["teams"][0], (nlohmann::json{{"class", "3-1"}, {"pupil", 1}, {"members", {"yu", "bai", "gu"}}}));
  EXPECT_EQ(grade["teams"][1]["members"], (nlohmann::json{"he", "ye"}));
}

TEST(AllocateCommand_S58, TheFewestRulesAreNamedInTheLanguageAskedFor) {
  nlohmann::json school = example();
  school["grade_groups"][0]["not_with"].push_back({{"one", "gu"}, {"other", "yu"}});
  Answer answer = allocate_lines({"--lang", "en"}, school.dump());
  EXPECT_EQ(answer.code, kFoundWrong);
  const nlohmann::json& grade = answer.lines[0]["grade_groups"][0];
  EXPECT_EQ(grade["outcome"], "impossible");
  EXPECT_TRUE(grade["conflict_smallest"]);
  EXPECT_THAT(grade["conflict"].dump(), HasSubstr("not in one team"));
}

TEST(AllocateCommand, EverythingWrongIsToldWithItsPathAndTheOthersGoOn) {
  std::string wrong = R"({"grade_groups":[{"days":0,"team_max":"3","classes":[{"name":"x"},5],"teachers":[{"id":"a","claim":"maybe","teaches":[1],"shoe":1}],"away":[{"teacher":"nobody"}]}]})";
  Answer answer = allocate_lines({}, "[]\n" + wrong + "\n" + example().dump() + "\n");
  EXPECT_EQ(answer.code, kFoundWrong);
  EXPECT_EQ(answer.lines.size(), 1u);
  for (const char* path : {"grade_groups.0.days", "grade_groups.0.team_max", "grade_groups.0.classes.0.id", "grade_groups.0.classes.0.homeroom", "grade_groups.0.classes.1",
                           "grade_groups.0.teachers.0.claim", "grade_groups.0.teachers.0.teaches", "grade_groups.0.away.0.teacher"}) {
    EXPECT_THAT(answer.err, HasSubstr(path));
  }
}

TEST(AllocateCommand, WrongUsageIsSaid) {
  EXPECT_EQ(allocate_lines({"--lang"}, "").code, kWrongUsage);
  EXPECT_EQ(allocate_lines({"file.json"}, "").code, kWrongUsage);
  EXPECT_THAT(allocate_lines({}, "").lines, IsEmpty());
}

}  // namespace
}  // namespace shide::console
