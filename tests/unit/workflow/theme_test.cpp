// The theme is fetched once a minute by a job, serves while it is fetched anew, and gives way to our own look when the site is down.
#include "workflow/theme.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/plain_theme.h"
#include "support/refusal.h"
#include "support/test_school.h"

namespace shide::workflow {
namespace {

using testing::PlainTheme;
using testing::refusal;
using testing::TestSchool;

class ThemeJob : public ::testing::Test {
 protected:
  ThemeJob() {
    auto made = std::make_unique<PlainTheme>();
    theme = made.get();
    school.ports.theme = std::move(made);
  }
  Result<model::ThemeShell> now() { return theme_now(school.ports, school.school_id); }
  TestSchool school;
  PlainTheme* theme = nullptr;
};

TEST_F(ThemeJob, FetchesOnceAMinute) {
  EXPECT_EQ(refusal(now()), testing::kNoSuchThing) << "not fetched yet: our own look";
  EXPECT_EQ(*keep_theme(school.ports), 1);
  EXPECT_EQ(*keep_theme(school.ports), 0);
  school.clock->advance(59 * kSecond);
  EXPECT_EQ(*keep_theme(school.ports), 0);
  school.clock->advance(2 * kSecond);
  EXPECT_EQ(*keep_theme(school.ports), 1);
  EXPECT_EQ(theme->fetched, 2);
  EXPECT_EQ(now()->top, "<header>site</header>");
}

TEST_F(ThemeJob, WhatWasFetchedLastServesThroughAShortSilenceAndNotLonger) {
  ASSERT_TRUE(keep_theme(school.ports));
  theme->page = Error{ErrorCode::kUnavailable, {"http_out.no_answer"}};
  for (int minute = 1; minute <= 2; ++minute) {
    school.clock->advance(61 * kSecond);
    EXPECT_EQ(*keep_theme(school.ports), 1) << "the site's silence is no failure of the job";
    ASSERT_TRUE(now()) << minute;
    EXPECT_EQ(now()->problem, "http_out.no_answer");
  }
  school.clock->advance(61 * kSecond);
  EXPECT_EQ(refusal(now()), testing::kNoSuchThing);
  theme->page = PlainTheme::good_page();
  ASSERT_TRUE(keep_theme(school.ports));
  ASSERT_TRUE(now());
  EXPECT_EQ(now()->problem, "");
}

TEST_F(ThemeJob, ABadPageIsKeptAsAProblemNotAsALook) {
  theme->page = ports::ThemePage{"https://site.example/", "<body>no marker"};
  ASSERT_TRUE(keep_theme(school.ports));
  EXPECT_EQ(refusal(now()), testing::kNoSuchThing);
  EXPECT_EQ(theme_advice(school.ports).code, "theme.no_marker");
  theme->page = Error{ErrorCode::kTooLarge, {"theme.too_large"}};
  EXPECT_EQ(theme_advice(school.ports).code, "theme.too_large");
  theme->page = PlainTheme::good_page();
  EXPECT_TRUE(theme_advice(school.ports).empty());
}

TEST_F(ThemeJob, WhereNoneIsWantedNobodyIsAsked) {
  school.ports.theme = std::make_unique<ports::NullTheme>();
  EXPECT_EQ(*keep_theme(school.ports), 0);
  EXPECT_TRUE(school.rows<model::ThemeShell>().empty());
  EXPECT_TRUE(theme_advice(school.ports).empty());
}

}  // namespace
}  // namespace shide::workflow
