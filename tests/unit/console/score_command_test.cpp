// The operator's score and rules commands: lines in, lines out, exit codes as scripts rely on them.
#include "console/score_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/json.h"
#include "base/resource.h"
#include "console/rules_command.h"

namespace shide::console {
namespace {

using testing::HasSubstr;

constexpr const char* kMiaoqiao = "schema/rules/miaoqiao-2020-2021.info";

struct Command {
  std::string in, out, err;
  Streams streams() {
    return {[this](char* into, std::size_t size) {
              std::size_t count = std::min(size, in.size());
              std::memcpy(into, in.data(), count);
              in.erase(0, count);
              return static_cast<long>(count);
            },
            [this](std::string_view text) { out += text; }, [this](std::string_view text) { err += text; }};
  }
  int score(const Arguments& arguments) {
    Streams all = streams();
    return score_command(arguments, all);
  }
  int rules(const Arguments& arguments) {
    Streams all = streams();
    return rules_command(arguments, all);
  }
};

std::string example_facts() {
  return parse_json(resource("schema/rules/facts.schema.json").value_or(""))->at("examples").at(0).dump();
}

std::string rule_file(const std::string& name, const std::string& text) {
  std::string path = testing::TempDir() + "/" + name;
  std::ofstream(path) << text;
  return path;
}

TEST(ScoreCommand_S81, ScoresTheExampleOfTheSchema) {
  Command run{example_facts()};
  EXPECT_EQ(run.score({"--rules", kMiaoqiao}), kFine) << run.err;
  auto answer = parse_json(run.out);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->at("staff"), "A");
  EXPECT_EQ(answer->at("total"), "92.95");
  EXPECT_EQ(answer->at("grade"), "优秀");
  EXPECT_EQ(answer->at("lines").size(), 5u);
  EXPECT_EQ(answer->at("lines")[4]["points"], "19.25");
  EXPECT_EQ(answer->at("lines")[2]["because"], "汇总42份评分，平均94分，占20%：94÷100×20=18.8分。");
  EXPECT_EQ(answer->at("not_applicable")[0]["criterion"], "v4_demand");
  EXPECT_EQ(answer->at("vetoes"), nlohmann::json::array());
  EXPECT_EQ(answer->at("missing"), nlohmann::json::array());
  EXPECT_TRUE(answer->at("barred_until").is_null());
}

TEST(ScoreCommand_S81, SpeaksEnglishWhenAsked) {
  Command run{example_facts()};
  EXPECT_EQ(run.score({"--lang", "en", "--rules", kMiaoqiao}), kFine);
  EXPECT_THAT(run.out, HasSubstr("Rated 96, 10% of the whole: 96÷100×10=9.6."));
}

TEST(ScoreCommand_D3, AMissingPartLeavesNoTotal) {
  Command run{R"({"staff":"B","components":{"self":"95"}})"};
  EXPECT_EQ(run.score({"--rules", kMiaoqiao}), kFine);
  auto answer = parse_json(run.out);
  EXPECT_TRUE(answer->at("total").is_null());
  EXPECT_TRUE(answer->at("grade").is_null());
  EXPECT_EQ(answer->at("missing").size(), 8u);
}

TEST(ScoreCommand, ABadLineIsNamedByItsNumberAndTheOthersGoOn) {
  Command run{example_facts() + "\n{\"staff\":\"B\",\"staff\":\"C\"}\n\n" + R"({"staff":"D","components":{"self":1e300}})" + "\n" +
          R"({"staff":"E","components":{"selff":90}})" + "\n" + R"({"staff":"F","items":{"v1_task":{"visits_done":-1}}})" + "\n[]\n" + example_facts()};
  EXPECT_EQ(run.score({"--rules", kMiaoqiao}), kFoundWrong);
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 2);
  for (const char* part : {"第2行", "第4行", "第5行：components.selff", "第6行：items.v1_task.visits_done", "第7行"}) EXPECT_THAT(run.err, HasSubstr(part));
}

TEST(ScoreCommand, WrongUsageAndAFileThatIsNotThereAreToldApart) {
  Command run;
  EXPECT_EQ(run.score({}), kWrongUsage);
  EXPECT_EQ(run.score({"--rules"}), kWrongUsage);
  EXPECT_EQ(run.score({"--rules", kMiaoqiao, "--lang", "fr"}), kWrongUsage);
  EXPECT_EQ(run.score({"--rules", kMiaoqiao, "--fast", "yes"}), kWrongUsage);
  EXPECT_EQ(run.score({"--rules", "/nowhere/rules.info"}), kCouldNot);
  EXPECT_EQ(run.score({"--rules", testing::TempDir()}), kCouldNot);
}

TEST(ScoreCommand, RefusedRulesScoreNobody) {
  std::string path = rule_file("photos.info", "scheme {\n key \"p\"\n component { key \"photos\" weight \"100\" } }\n");
  Command run{example_facts()};
  EXPECT_EQ(run.score({"--rules", path}), kFoundWrong);
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err, HasSubstr(path + ":3: "));
  EXPECT_THAT(run.err, HasSubstr("照片"));
}

TEST(RulesCommand_D2, SaysFineOrTheLineAndTheReason) {
  Command fine;
  EXPECT_EQ(fine.rules({"check", kMiaoqiao}), kFine);
  EXPECT_EQ(fine.err, "");
  EXPECT_THAT(fine.out, HasSubstr("miaoqiao-2020-2021"));
  std::string path = rule_file("words.info", "scheme {\n key \"p\"\n component { key \"word_count\" weight \"90\" }\n}\n");
  Command refused;
  EXPECT_EQ(refused.rules({"check", path, "--lang", "en"}), kFoundWrong);
  EXPECT_THAT(refused.err, HasSubstr(path + ":3: “word_count”: words and length earn nothing."));
  EXPECT_THAT(refused.err, HasSubstr(path + ":1: The weights make 90; they must make 100."));
  EXPECT_EQ(refused.out, "");
}

TEST(RulesCommand, WarnsOfAnEventWithoutADocumentAndStillTakesTheFile) {
  std::string path = rule_file("veto.info", "scheme { key \"p\"\n component { key \"a\" weight \"100\" }\n event { key \"e\" effect \"force_grade\" grade \"不合格\" } }\n");
  Command run;
  EXPECT_EQ(run.rules({"check", path}), kFine);
  EXPECT_THAT(run.err, HasSubstr(path + ":3: 提醒：“e”"));
}

TEST(RulesCommand, ReportsAnUnreadableFileWithItsLine) {
  std::string path = rule_file("broken.info", "scheme {\n key \"p\"\n}\n}\n");
  Command run;
  EXPECT_EQ(run.rules({"check", path}), kFoundWrong);
  EXPECT_THAT(run.err, HasSubstr(path + ":4"));
  EXPECT_EQ(run.rules({}), kWrongUsage);
  EXPECT_EQ(run.rules({"check"}), kWrongUsage);
  EXPECT_EQ(run.rules({"list", path}), kWrongUsage);
  EXPECT_EQ(run.rules({"check", "/nowhere"}), kCouldNot);
}

}  // namespace
}  // namespace shide::console
