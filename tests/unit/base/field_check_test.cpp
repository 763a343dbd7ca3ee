// One look at a whole form: each wrong field named once, what is right comes back clean.
#include "base/field_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/refusal.h"

namespace shide {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> found(const FieldCheck& check) { return testing::problems(Result<void>(check.error())); }

TEST(FieldCheck, NamesEveryWrongFieldInOneAnswer) {
  FieldCheck check;
  check.line("title", "");
  check.text("reason", "a", {2, 5});
  check.text("note", "abcdef", {0, 5});
  check.date("due_on", "2021-02-30");
  check.date("from", " ");
  check.optional_time("at", "25:00");
  check.number("team_max", "5", 1, 4);
  EXPECT_THAT(found(check), ElementsAre("title: field.empty", "reason: field.too_short", "note: field.too_long", "due_on: field.no_such_day",
                                        "from: field.empty", "at: field.no_such_time", "team_max: field.not_number"));
  EXPECT_EQ(check.error().code, ErrorCode::kInvalid);
  EXPECT_EQ(render(check.error().phrase, Language::kEnglish).find('{'), std::string::npos);
}

TEST(FieldCheck, WhatIsRightComesBackClean) {
  FieldCheck check;
  EXPECT_EQ(check.line("name", "  王\xE2\x80\x8B小明\n"), "王小明");
  EXPECT_EQ(check.text("note", "一\r\n\r\n\r\n二 "), "一\n\n二");
  EXPECT_EQ(to_text(check.date("day", "2021年1月23日")), "2021-01-23");
  EXPECT_EQ(check.optional_date("none", ""), std::nullopt);
  EXPECT_EQ(check.number("count", " ３ ", 1, 4), 3);
  EXPECT_TRUE(check.fine());
  EXPECT_THAT(found(check), IsEmpty());
}

TEST(FieldCheck_S16, LengthIsCountedInCharactersAfterCleaning) {
  FieldCheck check;
  check.line("theme", "牵手千家万户", {1, 6});
  check.line("padded", "六个" + std::string(6900, ' ') + "字", {1, 4});
  check.line("rare", "𬭎㛃龑", {3, 3});
  EXPECT_TRUE(check.fine());
}

TEST(FieldCheck, NulAndLoneSurrogatesAreNoText) {
  FieldCheck check;
  check.text("nul", std::string_view("a\0b", 3));
  check.line("surrogate", "\xED\xA0\x80");
  EXPECT_THAT(found(check), ElementsAre("nul: field.not_text", "surrogate: field.not_text"));
}

TEST(FieldCheck, ANumberIsTakenWholeOrNotAtAll) {
  for (const char* raw : {"", "3x", "3.0", "-1", "99999999999999999999", "1e2"}) {
    FieldCheck check;
    EXPECT_EQ(check.number("n", raw, 0, 100), 0) << raw;
    EXPECT_FALSE(check.fine("n")) << raw;
  }
}

TEST(FieldCheck, KnowsWhichFieldIsFine) {
  FieldCheck check;
  check.line("title", "");
  EXPECT_FALSE(check.fine("title"));
  EXPECT_TRUE(check.fine("theme"));
  EXPECT_FALSE(check.fine());
}

}  // namespace
}  // namespace shide
