// Names no register knows and that have no surname, and nicknames: through redact, as a note brings them.
#include <gtest/gtest.h>

#include "privacy/redact.h"

namespace shide::privacy {
namespace {

std::string cleaned(std::string_view note) {
  static const Register kSchool({.students = {"张晓梅"}, .guardians = {"张永年"}});
  return redact(note, kSchool).text;
}

TEST(Bynames_S98, ShortNamesWithAPrefixOrAKinWord) {
  EXPECT_EQ(cleaned("邻居阿珍也夸她。"), "邻居也夸她。");
  EXPECT_EQ(cleaned("阿旺伯送来一把葱。"), "一位熟人送来一把葱。");
  EXPECT_EQ(cleaned("阿姨送来一把葱。"), "阿姨送来一把葱。");
  EXPECT_EQ(cleaned("小草绿了，小心台阶。"), "小草绿了，小心台阶。");
}

TEST(Bynames_S98, WhatSomebodyIsCalled) {
  EXPECT_EQ(cleaned("爷爷叫根发，今年七十。"), "爷爷叫某某，今年七十。");
  EXPECT_EQ(cleaned("妈妈姓曾，话不多。"), "妈妈姓某某，话不多。");
  EXPECT_EQ(cleaned("妈妈叫他回来。"), "妈妈叫他回来。");
  EXPECT_EQ(cleaned("请写上姓名。"), "请写上姓名。");
}

TEST(Bynames_S98, NamesOfOtherPeoplesAndInLetters) {
  EXPECT_EQ(cleaned("卓玛阿佳说路远。"), "一位熟人说路远。");
  EXPECT_EQ(cleaned("艾力·吐尔逊来了。"), "一位熟人来了。");
  EXPECT_EQ(cleaned("扎西德勒！"), "扎西德勒！");
  EXPECT_EQ(cleaned("英文名Lily，Lily爱唱歌。"), "英文名某某，孩子爱唱歌。");
  EXPECT_EQ(cleaned("做了一份PPT。"), "做了一份PPT。");
  EXPECT_EQ(cleaned("Z同学很安静。"), "一位同学很安静。");
}

TEST(Bynames_S98, AStrangerNamedOnceIsFoundAgainByTheGivenName) {
  EXPECT_EQ(cleaned("姐姐张晓雯读初二，晓雯爱画画。").find("晓雯"), std::string::npos);
}

TEST(Bynames_S98, NicknamesInQuotesAndAfterWordsOfCalling) {
  EXPECT_EQ(cleaned("同学都叫“萝卜”。"), "同学都叫“某某”。");
  EXPECT_EQ(cleaned("这就叫“坚持”。"), "这就叫“坚持”。");
  EXPECT_EQ(cleaned("街坊喊他“马大炮”。"), "街坊喊他“某某”。");
  EXPECT_EQ(cleaned("外号老虎，个头小。").find("老虎"), std::string::npos);
}

}  // namespace
}  // namespace shide::privacy
