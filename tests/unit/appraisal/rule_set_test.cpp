// What the loader of rule sets takes and refuses, with line and reason.
#include "appraisal/rule_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/digest.h"
#include "base/resource.h"
#include "base/text.h"
#include "support/source_dir.h"

namespace shide::appraisal {
namespace {

using testing::HasSubstr;

constexpr std::string_view kMiaoqiao = "schema/rules/miaoqiao-2020-2021.info";

const std::string kGrades = "grade { name \"优秀\" from \"90\" }\ngrade { name \"合格\" from \"0\" }\n";

std::string scheme(const std::string& body) { return "scheme {\nkey \"s\"\n" + body + "\n}\n"; }

std::string with_item(const std::string& item) {
  return scheme("component { key \"committee\" weight \"90\" }\ncomponent { key \"visit\" weight \"10\" max \"10\"\n" + item + "\n}\n" + kGrades);
}

// "rules.weights@2": the first problem's code and line; "fine" if the file loads.
std::string verdict(const std::string& text) {
  auto rules = load_rule_set(text, "r.info");
  if (rules) return "fine";
  if (rules.error().problems.empty()) return rules.error().phrase.code;
  const Problem& first = rules.error().problems.front();
  return first.phrase.code + "@" + first.path.substr(first.path.find(':') + 1);
}

std::string reference() { return std::string(resource(kMiaoqiao).value_or("")); }

TEST(RuleSet_S81, TheReferenceSchemeLoadsWholeAndWithoutWarning) {
  auto rules = load_rule_set(reference(), kMiaoqiao);
  ASSERT_TRUE(rules) << render(rules.error().problems.front().phrase, Language::kEnglish);
  EXPECT_EQ(rules->key, "miaoqiao-2020-2021");
  EXPECT_EQ(rules->components.size(), 5u);
  EXPECT_EQ(rules->component("visit")->items.size(), 5u);
  EXPECT_EQ(rules->events.size(), 7u);
  EXPECT_EQ(rules->gates.front().count, 2);
  EXPECT_EQ(rules->publicity.days, 7);
  EXPECT_EQ(rules->appeal.only_for, "不合格");
  EXPECT_EQ(rules->sha256, sha256_hex(reference()));
  EXPECT_TRUE(rules->warnings.empty());
  EXPECT_TRUE(adoption_problems(*rules).empty());
}

TEST(RuleSet_S81, TheFourWorkedExamplesLoadAsTheyStand) {
  for (const char* name : {"w1-five-raters", "w2-trimmed", "w3-tiers-and-shortfall", "w4-bands-quota"}) {
    std::ifstream file(test::source_dir() / "tests/golden/scores/rules" / (std::string(name) + ".info"));
    std::stringstream text;
    text << file.rdbuf();
    EXPECT_EQ(verdict(text.str()), "fine") << name;
  }
}

TEST(RuleSet_S81, WarnsOfAVetoWithoutADocumentAndAdoptionAsksForIt) {
  auto rules = load_rule_set(scheme("component { key \"a\" weight \"100\" }\n" + kGrades + "event { key \"e\" effect \"force_grade\" grade \"合格\" }"), "r.info");
  ASSERT_TRUE(rules);
  ASSERT_EQ(rules->warnings.size(), 1u);
  EXPECT_EQ(rules->warnings.front().path, "r.info:6");
  EXPECT_EQ(adoption_problems(*rules).size(), 1u);
}

TEST(RuleSet_D2, RefusesEveryLineThatPaysForATrace) {
  struct Case { const char* name; const char* item; const char* reason; };
  const Case cases[] = {
      {"photo count", R"(item { key "v6" max "10" per_event { of "photos" points "1" } })", "照片"},
      {"photo ratio", R"(item { key "v6" max "10" ratio { of "photo_count" over "photos_asked" } })", "照片"},
      {"fewer photos cost", R"(item { key "v6" max "10" per_event { of "missing_photos" points "-1" } })", "照片"},
      {"words", R"(item { key "v6" max "10" band { of "word_count" step { from "800" points "10" } step { from "0" points "0" } } })", "字数"},
      {"length", R"(item { key "v6" max "10" rated { raters "1" from "0" to "10" } rubric "facts,length" })", "字数"},
      {"posts", R"(item { key "v6" max "10" per_event { of "posts" points "2" } })", "发帖"},
      {"views", R"(item { key "v6" max "10" ratio { of "page_views" target "100" } })", "浏览"},
      {"early", R"(item { key "v6_early" max "10" choice { 0 "0" 1 "10" } })", "早交"},
      {"early by late", R"(item { key "v6" max "10" late { days "-2" points "10" } late { days "0" points "8" } late { days "after" points "5" } })", "早交"},
      {"surplus", R"(item { key "v6" max "10" per_event { of "visits_beyond_assignment" points "1" } })", "任务以外"},
      {"by the visit", R"(item { key "v6" max "10" per_event { of "visits_done" points "1" } })", "任务以外"},
      {"share above one", R"(item { key "v6" max "10" ratio { of "visits_done" over "visits_assigned" cap "1.5" } })", "任务以外"},
      {"Chinese title", R"(item { key "v6" title "手记字数" max "10" choice { 0 "0" 1 "10" } })", "字数"},
  };
  for (const Case& each : cases) {
    auto rules = load_rule_set(with_item(each.item), "r.info");
    ASSERT_FALSE(rules) << each.name;
    const Problem& problem = rules.error().problems.front();
    EXPECT_EQ(problem.phrase.code, "rules.pays") << each.name;
    EXPECT_EQ(problem.path, "r.info:5") << each.name;
    EXPECT_THAT(render(problem.phrase, Language::kChinese), HasSubstr(each.reason)) << each.name;
  }
}

TEST(RuleSet_D2, LetsSubstanceAndHonestDeductionsThrough) {
  for (const char* item : {R"(item { key "v1" max "10" ratio { of "visits_done" over "visits_assigned" } })",
                           R"(item { key "v1" max "10" per_event { of "late_or_early_leave" points "-2" } })",
                           R"(item { key "v1" max "10" late { days "0" points "10" } late { days "after" points "5" } })",
                           R"(item { key "v1" max "10" title "提前备课" choice { 0 "0" 1 "10" } })",
                           R"(item { key "parent_interviews" max "10" choice { 0 "0" 1 "10" } })"}) {
    EXPECT_EQ(verdict(with_item(item)), "fine") << item;
  }
}

TEST(RuleSet_D2, RefusesAComponentForPhotosAGateThatScoresAnEventThatEarnsAndCostlyLateness) {
  EXPECT_EQ(verdict(scheme("component { key \"photos\" weight \"100\" }")), "rules.pays@3");
  EXPECT_EQ(verdict(scheme("component { key \"a\" weight \"100\" }\ngate { key \"photos\" count \"2\" scores \"true\" }")), "rules.gate_scores@4");
  EXPECT_EQ(verdict(scheme("component { key \"a\" weight \"100\" }\nevent { key \"e\" effect \"earn\" points \"3\" }")), "rules.event_earns@4");
  EXPECT_EQ(verdict(scheme("component { key \"a\" weight \"100\" }\nevent { key \"e\" effect \"deduct\" points \"3\" }")), "rules.event_earns@4");
  EXPECT_EQ(verdict(scheme("component { key \"a\" weight \"80\" }\ncomponent { key \"b\" weight \"20\" max \"10\"\n"
                           "item { key \"v5\" max \"10\" late { days \"0\" points \"10\" } late { days \"after\" points \"0\" } } }")), "rules.lateness@1");
}

TEST(RuleSet_R20, RefusesWhatDoesNotAddUpWithItsLine) {
  EXPECT_EQ(verdict(scheme("component { key \"a\" weight \"60\" }\ncomponent { key \"b\" weight \"30\" }")), "rules.weights@1");
  EXPECT_EQ(verdict(with_item(R"(item { key "v" max "9" choice { 0 "0" 1 "9" } })")), "rules.items_sum@4");
  EXPECT_EQ(verdict(with_item(R"(item { key "v" max "-10" choice { 0 "0" 1 "0" } })")), "rules.negative@5");
  EXPECT_EQ(verdict(scheme("component { key \"a\" weight \"100\" }\ngrade { name \"优\" from \"90\" }\ngrade { name \"差\" from \"60\" }")), "rules.grade_gap@5");
  EXPECT_EQ(verdict(scheme("component { key \"a\" weight \"100\" }\ngrade { name \"优\" from \"0\" }\ngrade { name \"差\" from \"0\" }")), "rules.grade_overlap@5");
  EXPECT_EQ(verdict(scheme("component { key \"a\" weight \"100\" }\ngrade { name \"优\" from \"90\" to \"100\" }\ngrade { name \"差\" from \"70\" to \"89\" }")), "rules.grade_to@4");
  EXPECT_EQ(verdict(with_item(R"(item { key "v" max "10" tiered { of "d" step { upto "3" points "-1" } step { above "4" points "-2" } } })")), "rules.tier_gap@5");
  EXPECT_EQ(verdict(with_item(R"(item { key "v" max "10" tiered { of "d" step { upto "3" points "-1" } step { above "2" points "-2" } } })")), "rules.tier_overlap@5");
  EXPECT_EQ(verdict(with_item(R"(item { key "v" max "10" tiered { of "d" step { upto "3" points "-1" } } })")), "rules.tier_open@5");
}

TEST(RuleSet_R20, RefusesUnknownNamesRepeatedNamesAndNumbersThatLoseDigits) {
  EXPECT_EQ(verdict(scheme("component { key \"a\" wieght \"100\" weight \"100\" }")), "rules.unknown_key@3");
  EXPECT_EQ(verdict(scheme("component { key \"a\" weight \"100\" weight \"100\" }")), "rules.repeated_key@3");
  EXPECT_EQ(verdict(scheme("component { key \"a\" weight \"50\" }\ncomponent { key \"a\" weight \"50\" }")), "rules.duplicate@4");
  for (const char* number : {"1e2", "100.00001", "0x64", ".5", "100%", "1000001", ""}) {
    EXPECT_EQ(verdict(scheme("component { key \"a\" weight \"" + std::string(number) + "\" }")), "rules.not_a_number@3") << number;
  }
  const std::string a = "component { key \"a\" weight \"100\" }\n" + kGrades;
  EXPECT_EQ(verdict(scheme(a + "event { key \"e\" effect \"force_grade\" grade \"良好\" }")), "rules.unknown_grade@6");
  EXPECT_EQ(verdict(scheme(a + "event { key \"e\" effect \"zero_item\" item \"v9\" }")), "rules.unknown_target@6");
  EXPECT_EQ(verdict(scheme(a + "event { key \"e\" effect \"deduct\" points \"-1\" verified \"false\" }")), "rules.verified@6");
  EXPECT_EQ(verdict(scheme(a + "quota { grade \"优秀\" percent \"30\" tie \"a desc\" }")), "rules.tie_end@6");
  EXPECT_EQ(verdict(scheme(a + "quota { grade \"优秀\" percent \"30\" tie \"b desc,committee\" }")), "rules.tie_unknown@6");
  EXPECT_EQ(verdict("other { }"), "rules.unknown_key@1");
  EXPECT_EQ(verdict(""), "rules.no_scheme@1");
  EXPECT_EQ(verdict("scheme {"), "info.unreadable");
  EXPECT_EQ(verdict("#include \"/etc/passwd\""), "info.unreadable");
}

TEST(RuleSet_R20, TellsEverythingThatIsWrongAtOnce) {
  auto rules = load_rule_set(scheme("component { key \"photos\" weight \"x\" }\ncomponent { key \"B!\" weight \"10\" }"), "r.info");
  ASSERT_FALSE(rules);
  EXPECT_GE(rules.error().problems.size(), 4u);
}

// One character less or changed anywhere: the loader answers, it never throws; and a changed file has another fingerprint.
TEST(RuleSet, SurvivesAnyDamageToTheReferenceFile) {
  const std::string whole = reference();
  for (std::size_t i = 0; i < whole.size(); i += 7) {
    std::string damaged = whole;
    damaged[i] = static_cast<char>("{}\";9- \n"[i % 8]);
    auto rules = load_rule_set(damaged, "r.info");
    std::string fingerprint = rules ? rules->sha256 : "";
    EXPECT_EQ(fingerprint == sha256_hex(whole), damaged == whole);
  }
  for (std::size_t i = 0; i < whole.size(); i += 61) (void)load_rule_set(std::string_view(whole).substr(0, i), "r.info").ok();
}

TEST(RuleSet, EveryReasonHasItsSentenceInBothLanguages) {
  std::ifstream sources[] = {std::ifstream(test::source_dir() / "plugin/appraisal/rule_set.cpp"), std::ifstream(test::source_dir() / "plugin/appraisal/item_rules.cpp"),
                             std::ifstream(test::source_dir() / "plugin/appraisal/rule_reader.cpp"), std::ifstream(test::source_dir() / "plugin/appraisal/rule_checks.cpp"),
                             std::ifstream(test::source_dir() / "plugin/appraisal/guardrails.cpp"), std::ifstream(test::source_dir() / "plugin/appraisal/facts.cpp"),
                             std::ifstream(test::source_dir() / "plugin/appraisal/measure.cpp"), std::ifstream(test::source_dir() / "plugin/appraisal/aggregate.cpp"),
                             std::ifstream(test::source_dir() / "plugin/appraisal/findings.cpp"), std::ifstream(test::source_dir() / "plugin/appraisal/score.cpp"),
                             std::ifstream(test::source_dir() / "plugin/appraisal/quota.cpp"), std::ifstream(test::source_dir() / "plugin/appraisal/award.cpp"),
                             std::ifstream(test::source_dir() / "plugin/console/score_facts.cpp"), std::ifstream(test::source_dir() / "plugin/console/rules_command.cpp")};
  int found = 0;
  for (std::ifstream& source : sources) {
    std::stringstream text;
    text << source.rdbuf();
    std::string code = text.str();
    for (const char* prefix : {"\"rules.", "\"score.", "\"facts."}) {
      for (std::size_t at = code.find(prefix); at != std::string::npos; at = code.find(prefix, at + 1)) {
        std::string name = code.substr(at + 1, code.find('"', at + 1) - at - 1);
        if (name.ends_with(".")) continue;
        ++found;
        EXPECT_FALSE(text_of(name, Language::kChinese).empty()) << name;
        EXPECT_FALSE(text_of(name, Language::kEnglish).empty()) << name;
      }
    }
  }
  EXPECT_GT(found, 100);
}

}  // namespace
}  // namespace shide::appraisal
