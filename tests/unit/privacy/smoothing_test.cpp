#include "privacy/smoothing.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace shide::privacy {
namespace {

// Cuts every passage in [brackets], says in its place what stands behind the bar, and returns the text as it then reads.
std::string read_with(const std::string& marked, Kind kind = Kind::kStudentName) {
  std::u32string in = to_code_points(marked), note;
  std::vector<Cut> cuts;
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (in[i] != U'[') {
      note += in[i];
      continue;
    }
    std::size_t bar = in.find(U'|', i), close = in.find(U']', i);
    cuts.push_back({note.size(), note.size() + bar - i - 1, kind, to_utf8(in.substr(bar + 1, close - bar - 1)), {}});
    note += in.substr(i + 1, bar - i - 1);
    i = close;
  }
  std::string text;
  std::size_t at = 0;
  for (const Cut& cut : smoothed(note, cuts)) {
    text += to_utf8(note.substr(at, cut.start - at)) + cut.replacement;
    at = cut.end;
  }
  return text + to_utf8(note.substr(at));
}

TEST(Smoothing_S98, TwoCutsThatSayTheSameBecomeOne) {
  EXPECT_EQ(read_with("[王强|家长]和[李芳|家长]都在"), "家长都在");
  EXPECT_EQ(read_with("[韩冰|一位同学]、[吴桐|一位同学]来了"), "几位同学来了");
  EXPECT_EQ(read_with("[韩冰|同学甲]和[吴桐|同学乙]"), "同学甲和同学乙");
  EXPECT_EQ(read_with("[父母离异|家里情况特殊]，[低保户|家里情况特殊]。", Kind::kFamilyStatus), "家里情况特殊。");
  EXPECT_EQ(read_with("[小明|孩子]，[小明|孩子]！"), "孩子，孩子！") << "a call repeated stays one";
}

TEST(Smoothing_S98, NothingIsSaidTwice) {
  EXPECT_EQ(read_with("家里是[低保户|家里情况特殊]"), "家里是情况特殊");
  EXPECT_EQ(read_with("[锦绣花园|某小区]小区门口"), "某小区门口");
  EXPECT_EQ(read_with("[王小明|孩子]这孩子懂事"), "这孩子懂事");
  EXPECT_EQ(read_with("[廿三|那天]那天祭灶", Kind::kDate), "那天祭灶");
  EXPECT_EQ(read_with("家长（[13800000000|（已隐去）]）", Kind::kPhone), "家长（已隐去）");
}

}  // namespace
}  // namespace shide::privacy
