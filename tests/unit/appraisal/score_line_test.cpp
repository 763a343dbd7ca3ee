// Phrases put together: said in their order, and kept in little room.
#include "appraisal/score_line.h"

#include <gtest/gtest.h>

namespace shide::appraisal {
namespace {

std::vector<Phrase> numbered(int count) {
  std::vector<Phrase> phrases;
  for (int i = 1; i <= count; ++i) phrases.push_back({"score.said", {{"text", std::to_string(i)}}});
  return phrases;
}

TEST(Listed, SaysAllInTheirOrder) {
  EXPECT_TRUE(listed({}).empty());
  EXPECT_EQ(render(listed(numbered(1)), Language::kEnglish), "1");
  EXPECT_EQ(render(listed(numbered(5)), Language::kEnglish), "1, 2, 3, 4, 5");
}

TEST(Listed, StaysShortWhereItIsKept) {
  std::string stored = format_phrase(listed(numbered(20)));
  EXPECT_LT(stored.size(), 3000u);
  EXPECT_EQ(parse_phrase(stored), listed(numbered(20)));
}

}  // namespace
}  // namespace shide::appraisal
