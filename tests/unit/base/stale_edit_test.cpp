#include "base/stale_edit.h"

#include <gtest/gtest.h>

namespace shide {
namespace {

TEST(StaleEdit, NamesOnlyTheFieldsThatDifferWithBothVersions) {
  StaleEdit edit;
  edit.compare("title", "先说优点", "先说优点");
  EXPECT_FALSE(edit.differs());
  edit.compare("body", "一", "二");
  ASSERT_TRUE(edit.differs());
  Error error = edit.error();
  EXPECT_EQ(error.code, ErrorCode::kStale);
  ASSERT_EQ(error.problems.size(), 1u);
  EXPECT_EQ(error.problems.front().path, "body");
  EXPECT_EQ(render(error.problems.front().phrase, Language::kEnglish), "Stored now: 一\nYours: 二");
}

TEST(StaleEdit, SaysInWordsWhatWasChosen) {
  StaleEdit edit;
  edit.compare("mode", Phrase{"visit_mode.home"}, Phrase{"visit_mode.home"});
  EXPECT_FALSE(edit.differs());
  edit.compare("mode", Phrase{"visit_mode.home"}, Phrase{});
  EXPECT_EQ(render(edit.error().problems.front().phrase, Language::kEnglish), "Stored now: " + render({"visit_mode.home"}, Language::kEnglish) + "\nYours: ");
}

}  // namespace
}  // namespace shide
