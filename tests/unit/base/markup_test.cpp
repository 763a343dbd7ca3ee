// A page is read as its reader reads it, and as whoever looks at its source.
#include "base/markup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shide {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ReadMarkup, ShowsTextAsItIsReadBlockByBlock) {
  EXPECT_EQ(read_markup("<!doctype html><title>门后</title><p>王<b>小</b>明</p><p>x &amp; &#29579;</p>").shown, "门后\n王小明\nx & 王");
  EXPECT_EQ(read_markup("<table><tr><td>王</td><td>小明</td></tr></table>").shown, "王\n小明") << "two cells are not one name";
}

TEST(ReadMarkup, FindsWhatOnlyTheSourceSays) {
  auto page = read_markup("<p title='a&quot;b' data-who=\"甲\">x</p><!-- 乙 --><script>let who = '丙';</script><style>/* 丁 */</style><img src='/shide/a.png' alt=戊>");
  for (const char* said : {"a\"b", "甲", " 乙 ", "let who = '丙';", "/* 丁 */", "戊"}) EXPECT_THAT(page.hidden, Contains(said));
  EXPECT_EQ(page.shown, "x");
}

TEST(ReadMarkup, GivesTheLinksAsWritten) {
  EXPECT_THAT(read_markup("<a href='/shide/posts/1?a=b&amp;c=d'>x</a><link rel=alternate href=/shide/feed.xml><img src=p.jpg>").links,
              ElementsAre("/shide/posts/1?a=b&c=d", "/shide/feed.xml", "p.jpg"));
}

TEST(ReadMarkup, ReadsAFeed) {
  EXPECT_THAT(read_markup("<?xml version=\"1.0\"?><feed><entry><title>甲 &lt;乙&gt;</title><summary><![CDATA[丙]]></summary></entry></feed>").shown, HasSubstr("甲 <乙>"));
}

TEST(ReadMarkup, ReadsWhatIsBrokenAndWhatIsNone) {
  EXPECT_THAT(read_markup("").shown, IsEmpty());
  EXPECT_EQ(read_markup("只是字").shown, "只是字");
  EXPECT_THAT(read_markup("<p><b>未合上 <a href='x").shown, HasSubstr("未合上"));
  EXPECT_NO_FATAL_FAILURE(read_markup(std::string("\xFF\x00<p>\xC3", 6)));
  std::string deep;
  for (int i = 0; i < 20'000; ++i) deep += "<div>";
  EXPECT_NO_FATAL_FAILURE(read_markup(deep + "深"));
}

TEST(Unescaped, UndoesPercentAndBackslashWhereverTheyStand) {
  EXPECT_EQ(unescaped("/s?q=%E7%8E%8B%E5%B0%8F&x"), "/s?q=王小&x");
  EXPECT_EQ(unescaped(R"({"who":"\u738b\u5C0F","rare":"\ud873\udfce"})"), "{\"who\":\"王小\",\"rare\":\"\xF0\xAC\xBF\x8E\"}");
  EXPECT_EQ(unescaped("100% \\u12 %zz %"), "100% \\u12 %zz %") << "no escapes";
  EXPECT_EQ(unescaped("\\ud873x"), "x") << "half a character says nothing";
}

}  // namespace
}  // namespace shide
