// Every case of tests/golden/scores: rules, facts, and what they give. A school office can add one as a file.
//
// In a case, a comma-separated list becomes an array, and "90x44" means forty-four times 90.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "appraisal/score.h"
#include "base/info_file.h"
#include "base/text.h"
#include "console/score_facts.h"
#include "support/source_dir.h"

namespace shide::appraisal {
namespace {

namespace files = std::filesystem;
const files::path kRoot = test::source_dir();

std::string read_file(const files::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

nlohmann::json value_json(const std::string& key, const std::string& value) {
  bool is_list = key == "ratings" || value.find(',') != std::string::npos || (value.find('x') != std::string::npos && isdigit(value.front()));
  if (value == "true" || value == "false") return value == "true";
  if (!is_list || key == "document" || key == "decided_by") return value;
  nlohmann::json list = nlohmann::json::array();
  for (std::string_view part : split(value, ',')) {
    std::vector<std::string_view> pair = split(part, 'x');
    for (int i = 0; i < (pair.size() == 2 ? std::stoi(std::string(pair[1])) : 1); ++i) list.push_back(std::string(trim(pair[0])));
  }
  return list;
}

nlohmann::json to_json(const InfoEntry& entry) {
  if (entry.key == "events") {
    nlohmann::json list = nlohmann::json::array();
    for (const InfoEntry& finding : entry.children) list.push_back(to_json(finding));
    return list;
  }
  nlohmann::json object = nlohmann::json::object();
  for (const InfoEntry& child : entry.children) object[child.key] = child.children.empty() ? value_json(child.key, child.value) : to_json(child);
  return object;
}

std::vector<std::string> sorted_list(std::string_view text) {
  std::vector<std::string> parts;
  for (std::string_view part : split(text, ',')) {
    if (!trim(part).empty()) parts.emplace_back(trim(part));
  }
  std::sort(parts.begin(), parts.end());
  return parts;
}

template <class Things, class Name>
std::vector<std::string> names_of(const Things& things, Name name) {
  std::vector<std::string> names;
  for (const auto& thing : things) names.push_back(name(thing));
  std::sort(names.begin(), names.end());
  return names;
}

class GoldenScore_S78_S81 : public testing::TestWithParam<files::path> {};

TEST_P(GoldenScore_S78_S81, Holds) {
  auto file = parse_info(read_file(GetParam()), GetParam().filename().string());
  ASSERT_TRUE(file) << file.error().detail;
  const InfoEntry& golden = *file->child("case");
  std::string path = golden.text("rules");
  auto rules = load_rule_set(read_file(kRoot / path), path);
  ASSERT_TRUE(rules) << render(rules.error().problems.front().phrase, Language::kEnglish) << rules.error().problems.front().path;
  auto facts = console::read_facts(to_json(*golden.child("facts")));
  ASSERT_TRUE(facts) << facts.error().problems.front().path;
  for (const Problem& problem : check_facts(*rules, *facts)) ADD_FAILURE() << problem.path << " " << problem.phrase.code;

  Scored scored = score(*rules, *facts);
  const InfoEntry& expect = *golden.child("expect");
  EXPECT_EQ(scored.complete ? scored.shown_total() : "none", expect.text("total"));
  std::string grade = scored.grade.empty() ? "none" : scored.grade;
  EXPECT_EQ(grade, expect.text("grade", grade));
  std::vector<InfoEntry> none;
  for (const InfoEntry& points : expect.child("points") ? expect.child("points")->children : none) {
    const ScoreLine* line = scored.line(points.key);
    ASSERT_TRUE(line) << points.key;
    EXPECT_EQ(line->state, LineState::kCounted) << points.key;
    EXPECT_EQ(line->points, *Decimal::parse(points.value)) << points.key << ": " << line->points.to_text();
  }
  for (const InfoEntry& because : expect.child("because") ? expect.child("because")->children : none) {
    const ScoreLine* line = scored.line(because.key);
    ASSERT_TRUE(line) << because.key;
    EXPECT_EQ(render(line->because, Language::kChinese), because.value);
  }
  auto same = [](const std::string& name) { return name; };
  EXPECT_EQ(names_of(scored.missing, same), sorted_list(expect.text("missing")));
  EXPECT_EQ(names_of(scored.not_applicable, same), sorted_list(expect.text("not_applicable")));
  EXPECT_EQ(names_of(scored.vetoes, [](const Veto& veto) { return veto.event; }), sorted_list(expect.text("vetoes")));
  EXPECT_EQ(names_of(scored.ignored, [](const IgnoredFinding& finding) { return finding.event; }), sorted_list(expect.text("not_counted")));
  std::string barred = !scored.bar ? "" : scored.bar->until ? to_text(*scored.bar->until) : "undecided";
  EXPECT_EQ(barred, expect.text("barred_until"));
}

// No sentence of any case may lack its text or an argument, in either language.
TEST_P(GoldenScore_S78_S81, SpeaksInWholeSentences) {
  auto file = parse_info(read_file(GetParam()), "case");
  ASSERT_TRUE(file);
  std::string path = file->child("case")->text("rules");
  auto rules = load_rule_set(read_file(kRoot / path), path);
  auto facts = console::read_facts(to_json(*file->child("case")->child("facts")));
  ASSERT_TRUE(rules && facts);
  Scored scored = score(*rules, *facts);
  EXPECT_EQ(console::score_json(*rules, score(*rules, *facts), Language::kChinese).dump(), console::score_json(*rules, scored, Language::kChinese).dump());
  for (Language language : {Language::kChinese, Language::kEnglish}) {
    std::string said = console::score_json(*rules, scored, language).dump();
    EXPECT_THAT(said, testing::Not(testing::HasSubstr("[score."))) << said;
  }
  Decimal sum;
  for (const ScoreLine& line : scored.lines) {
    if (line.state == LineState::kCounted) sum += line.points;
  }
  EXPECT_EQ(sum, scored.total);
}

std::vector<files::path> cases() {
  std::vector<files::path> paths;
  for (const auto& entry : files::directory_iterator(kRoot / "tests/golden/scores")) {
    if (entry.path().extension() == ".info") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

INSTANTIATE_TEST_SUITE_P(Cases, GoldenScore_S78_S81, testing::ValuesIn(cases()), [](const auto& one) {
  return replace_all(one.param.stem().string(), "-", "_");
});

TEST(GoldenScores, AreThere) { EXPECT_GE(cases().size(), 12u); }

}  // namespace
}  // namespace shide::appraisal
