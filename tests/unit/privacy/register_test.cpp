#include "privacy/register.h"

#include <gtest/gtest.h>

#include <chrono>

#include "privacy/folded_text.h"
#include "support/invented_names.h"

namespace shide::privacy {
namespace {

TEST(Register_S98, TheHashChangesWithEveryNameAndNotWithTheOrder) {
  Register a({.students = {"王小明", "李芳"}}), b({.students = {"李芳", "王小明"}}), c({.students = {"李芳", "王小明", "赵雨"}});
  Register d({.students = {"李芳"}, .guardians = {"王小明"}});
  EXPECT_EQ(a.hash(), b.hash());
  EXPECT_NE(a.hash(), c.hash());
  EXPECT_NE(a.hash(), d.hash());
  EXPECT_EQ(a.hash().size(), 64u);
}

TEST(Register, OneNameMayBeBorneByAPupilAndATeacher) {
  Register known({.teachers = {"陈静"}, .students = {"陈　静"}});
  ASSERT_EQ(known.names().size(), 1u);
  EXPECT_TRUE(known.names()[0].has(Role::kStudent));
  EXPECT_TRUE(known.names()[0].has(Role::kTeacher));
  EXPECT_EQ(known.pupil_count(), 1u);
}

TEST(Register, KnowsDoubleSurnamesAndNamesWithADot) {
  Register known({.students = {"欧阳雪", "阿依古丽·买买提", "王"}});
  EXPECT_EQ(known.names()[0].given, U"雪");
  EXPECT_EQ(known.names()[1].given, U"阿依古丽");
  EXPECT_EQ(known.names()[2].surname_length, 0u);
}

TEST(Register, WithoutAPupilItSaysSo) {
  EXPECT_TRUE(Register({.teachers = {"陈静"}}).knows_no_pupil());
  EXPECT_TRUE(Register(KnownPeople{}).knows_no_pupil());
  EXPECT_FALSE(Register({.students = {"王小明"}}).knows_no_pupil());
}

TEST(Register, TakesAHomeInPieces) {
  Register known({.addresses = {"常州市武进区枫桥镇荷花路120号碧水蓝天小区8幢乙单元402室"}});
  for (const char* piece : {"荷花路", "荷花路120号", "碧水蓝天小区", "碧水蓝天", "8幢乙单元402室"}) {
    int hits = 0;
    known.homes().each_hit(fold(piece), [&](std::size_t, std::size_t, std::uint32_t) { ++hits; });
    EXPECT_GT(hits, 0) << piece;
  }
  int hits = 0;
  known.homes().each_hit(fold("常州市武进区的学校"), [&](std::size_t, std::size_t, std::uint32_t) { ++hits; });
  EXPECT_EQ(hits, 0) << "a city tells no home";
}

TEST(Register, HundredThousandNamesAreReadyWithinASecond) {
  KnownPeople known{.students = test::invented_names(100'000)};
  auto start = std::chrono::steady_clock::now();
  Register school(known);
  auto took = std::chrono::steady_clock::now() - start;
  EXPECT_LT(took, std::chrono::seconds(4)) << "the goal is 1 s in a Release build; this bound also holds under sanitizers";
  EXPECT_GE(school.index_of(known.students.back()), 0);
}

TEST(Register, NamesTooLongOrEmptyAreIgnored) {
  Register known({.students = {"", "   ", std::string(300, 'a')}});
  EXPECT_TRUE(known.names().empty());
}

}  // namespace
}  // namespace shide::privacy
