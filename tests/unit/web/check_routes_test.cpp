// 发前一查 as its reader meets it: what is found, what is refused and how, and that nothing of it stays behind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/browser.h"
#include "support/filled_tables.h"
#include "support/test_school.h"
#include "web/session.h"

namespace shide::web {
namespace {

using testing::beside;
using testing::Browser;
using testing::filled_tables;
using testing::MemoryStore;
using testing::TestSchool;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kNote = "1月23日傍晚，我们敲开了丁小满家的门。小满家住枫林路88号6幢，她是班里唯一跟着爷爷过的孩子。电话13800000000。";

class CheckRoutes_D12 : public ::testing::Test {
 protected:
  Response check(const Browser::Fields& fields, const Browser::Fields& files = {}) const { return teacher.post("/check", fields, files); }

  TestSchool school;
  std::string log;
  Application application{school.ports, Settings{}, [this](const LogLine& line) { log += line.method + line.pattern + line.detail + "\n"; }};
  Browser teacher{application, school.ports, "0300"};
};

TEST_F(CheckRoutes_D12, ShowsEveryPlaceWithItsReasonAndABetterWording) {
  Response page = check({{"text", kNote}});
  EXPECT_EQ(page.status, 200);
  for (const char* found : {"<mark>丁小满<sup>", "<mark>小满<sup>", "学生姓名", "住址", "电话号码。", "独一无二的说法", "按学校名册查的"}) EXPECT_THAT(page.body, HasSubstr(found));
  std::string clean = page.body.substr(page.body.find("id=\"clean-html\""));
  EXPECT_THAT(clean, HasSubstr("&lt;p&gt;"));
  for (const char* gone : {"小满", "88号", "13800000000", "1月23日"}) EXPECT_THAT(clean.substr(0, clean.find("</textarea>")), Not(HasSubstr(gone)));
}

TEST_F(CheckRoutes_D12, IsOpenToEverybodySignedInAndToNobodyElse) {
  for (const char* login : {"0301", "union_editor", "hr", "it_admin", "auditor"}) {
    Browser reader(application, school.ports, login);
    Response page = reader.get("/check");
    EXPECT_EQ(page.status, 200) << login;
    EXPECT_THAT(page.body, HasSubstr("aria-current=\"page\">发前一查</a>"));
  }
  EXPECT_EQ(Browser(application, school.ports, "").get("/check").status, 303);
  EXPECT_THAT(Browser(application, school.ports, "").get("/").body, Not(HasSubstr("/check")));
}

TEST_F(CheckRoutes_D12, PlainTagsAndNothingElse) {
  Response page = check({{"text", "一\r\n\r\n<script>二</script>&\n"}});
  EXPECT_THAT(page.body, HasSubstr("&lt;p&gt;一&lt;/p&gt;\n&lt;p&gt;&amp;lt;script&amp;gt;二&amp;lt;/script&amp;gt;&amp;amp;&lt;/p&gt;"));
  EXPECT_THAT(page.body, Not(HasSubstr("<script>二")));
}

TEST_F(CheckRoutes_D12, WithoutAListItSaysThatNamesAreGuessed) {
  for (const model::Student& one : school.rows<model::Student>()) school.write([&](ports::Unit& unit) { return unit.of<model::Student>().erase(one); });
  Response page = check({{"text", kNote}});
  EXPECT_THAT(page.body, HasSubstr("没有名单，名字只能靠猜。"));
  EXPECT_THAT(page.body, Not(HasSubstr("都改好了"))) << "nobody can know that";
  EXPECT_THAT(check({{"text", kNote}, {"names", "丁小满 王大力"}}).body, HasSubstr("按您贴的2个名字查的"));
  EXPECT_THAT(check({{"text", kNote}}, {{"names_file", "姓名\n丁小满"}}).body, HasSubstr("按您贴的1个名字查的"));
}

TEST_F(CheckRoutes_D12, ADocumentIsReadWithWhatRidesAlong) {
  Response page = check({}, {{"files", "PK今天去了丁小满家。|沈若楠"}});
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("<dt>作者</dt><dd>沈若楠</dd>"));
  EXPECT_THAT(page.body, HasSubstr("<mark>丁小满<sup>"));
}

TEST_F(CheckRoutes_D12, PhotosComeBackBareInsideThePage) {
  Response page = check({}, {{"files", "JPEG:desk;31.6855N"}, {"files", "JPEG:door"}, {"files", "only words"}});
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("src=\"data:image/jpeg;base64,SlBFRzpkZXNr\""));
  EXPECT_THAT(page.body, HasSubstr("href=\"data:image/jpeg;base64,SlBFRzpkb29y\" download=\"照片2.jpg\""));
  EXPECT_THAT(page.body, HasSubstr("已去掉：拍摄位置。"));
  EXPECT_THAT(page.body, HasSubstr("这个文件不是照片。"));
  EXPECT_THAT(page.body, HasSubstr("<h1>找到1处，都改好了</h1>"));
  EXPECT_THAT(std::string(header_of(page, "content-security-policy")), HasSubstr("img-src 'self' data:;"));
  EXPECT_THAT(std::string(header_of(teacher.get("/check"), "content-security-policy")), Not(HasSubstr("data:")));
}

TEST_F(CheckRoutes_D12, WhatCannotBeCheckedIsSaidBesideItsFieldAndTheTextStays) {
  std::string page_and_more;
  for (int i = 0; i < 20'001; ++i) page_and_more += "家";
  Response too_long = check({{"text", page_and_more}});
  EXPECT_EQ(too_long.status, 422);
  EXPECT_THAT(beside(too_long, "text"), HasSubstr("20000"));
  EXPECT_THAT(too_long.body, HasSubstr(page_and_more));
  EXPECT_THAT(beside(check({}), "text"), HasSubstr("还没有要查的内容"));
  EXPECT_THAT(beside(check({{"text", "家访"}}, {{"files", "\xD0\xCF\x11\xE0"}}), "files"), HasSubstr("不是 Word 文档"));
  EXPECT_THAT(beside(check({}, {{"files", "PK一"}, {"files", "PK二"}}), "files"), HasSubstr("一次查一份文档"));
  EXPECT_THAT(beside(check({}, Browser::Fields(10, {"files", "JPEG:desk"})), "files"), HasSubstr("最多查9张"));
  EXPECT_THAT(beside(check({{"text", "家访"}}, {{"names_file", std::string("\xFF\xD8\xFF\0", 4)}}), "names_file"), HasSubstr("读不出来"));
  EXPECT_THAT(check({{"text", "家访"}}, {{"files", std::string(13u << 20, 'J')}}).body, HasSubstr("照片13 MB，上限12 MB"));
}

TEST_F(CheckRoutes_D12, NothingOfItStaysBehind) {
  const std::string rare = "鼊鱻麤";
  teacher.get("/check");
  MemoryStore::Tables tables = filled_tables(*school.store);
  log.clear();
  Response page = check({{"text", "家访：" + rare}, {"names", rare + "丁"}}, {{"files", "PK" + rare + "|" + rare}, {"files", "JPEG:" + rare}, {"names_file", rare + "\n"}});
  EXPECT_THAT(page.body, HasSubstr(rare)) << "the test plants nothing";
  for (const auto& [name, value] : page.headers) EXPECT_NE(name, "Set-Cookie") << value;
  EXPECT_EQ(header_of(page, "cache-control"), "no-store");
  EXPECT_TRUE(filled_tables(*school.store) == tables);
  EXPECT_THAT(*school.ports.photo_vault->list(), IsEmpty());
  EXPECT_THAT(log, HasSubstr("/check"));
  EXPECT_THAT(log, Not(HasSubstr(rare)));
  for (const char* next : {"/check", "/my", "/staff"}) EXPECT_THAT(teacher.get(next).body, Not(HasSubstr(rare))) << next;
}

TEST_F(CheckRoutes_D12, TheCleanedTextIsGivenAsAWordDocumentToo) {
  Response file = teacher.post("/check/word", {{"clean", "一段。\r\n\r\n  二段 <b>。\n"}});
  EXPECT_EQ(file.status, 200);
  EXPECT_THAT(std::string(header_of(file, "content-type")), HasSubstr("wordprocessingml.document"));
  EXPECT_THAT(std::string(header_of(file, "content-disposition")), HasSubstr("attachment"));
  EXPECT_EQ(file.body, "PK\n一段。\n二段 <b>。");
  EXPECT_THAT(check({{"text", kNote}}).body, HasSubstr("action=\"/shide/check/word\""));
}

TEST_F(CheckRoutes_D12, OneAccountMayNotKeepTheMachineBusyAndLosesNoText) {
  for (int i = 0; i < 30; ++i) ASSERT_EQ(check({{"text", "家访"}}).status, 200);
  Response page = check({{"text", "又一篇家访记录"}});
  EXPECT_EQ(page.status, 429);
  EXPECT_EQ(header_of(page, "retry-after"), "600");
  EXPECT_THAT(beside(page, "text"), HasSubstr("10"));
  EXPECT_THAT(page.body, HasSubstr("又一篇家访记录"));
  EXPECT_EQ(Browser(application, school.ports, "0301").post("/check", {{"text", "家访"}}).status, 200);
  school.clock->advance(10 * kMinute);
  EXPECT_EQ(check({{"text", "又一篇家访记录"}}).status, 200);
}

TEST_F(CheckRoutes_D12, SpeaksEnglish) {
  Response page = teacher.get("/check?lang=en");
  EXPECT_THAT(page.body, HasSubstr("<h1>Check before posting</h1>"));
}

}  // namespace
}  // namespace shide::web
