// A published post made ready for a portal that loads no code: what is pasted, where it went, and how it comes down again.
#include <gmock/gmock.h>

#include "support/browser.h"
#include "support/section_school.h"
#include "web/session.h"

namespace shide::web {
namespace {

using model::Post;
using model::PublicTask;
using testing::beside;
using testing::Browser;
using testing::location;
using testing::SectionSchool;
using testing::value_of;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kAddress = "https://portal.example.edu.cn/a/7";

class Bundle_D10 : public SectionSchool {
 protected:
  Bundle_D10() {
    workflow::PostForm form = digest();
    form.title = "先说优点 <一>";
    form.quote = "“先说优点”";
    form.body = "一段。\n\n二段 & <b>三</b>。";
    id = published(form);
    path = "/editor/" + id.value + "/bundle";
  }
  void withdraw() { ASSERT_TRUE(workflow::withdraw_post(school.ports, school.office, id, "家长要求")); }
  std::string kept() { return workflow::post_at_work(school.ports, school.editor, id)->copy_address; }
  std::size_t open_tasks() {
    std::size_t count = 0;
    for (const PublicTask& task : school.rows<PublicTask>()) count += task.closed_at ? 0 : 1;
    return count;
  }

  Application application{school.ports, Settings{}};
  Browser editor{application, school.ports, "union_editor"};
  Id<Post> id;
  std::string path;
};

TEST_F(Bundle_D10, IsEveryBoxOfAPortalsFormInPlainTags) {
  Response page = editor.get(path);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("id=\"part-headline\" value=\"先说优点 &lt;一&gt;\""));
  EXPECT_THAT(page.body, HasSubstr("&lt;p&gt;&lt;strong&gt;“先说优点”&lt;/strong&gt;&lt;/p&gt;\n&lt;p&gt;一段。&lt;/p&gt;\n&lt;p&gt;二段 &amp;amp; &amp;lt;b&amp;gt;三&amp;lt;/b&amp;gt;。&lt;/p&gt;"));
  EXPECT_THAT(page.body, HasSubstr("在那个网站新建一篇文章"));
  EXPECT_THAT(editor.get("/editor/" + id.value).body, HasSubstr("/editor/" + id.value + "/bundle")) << "found from the post";
}

TEST_F(Bundle_D10, AsAnArchiveHoldsTheSameAndAChecklist) {
  Response file = editor.get(path + ".zip");
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(header_of(file, "content-type"), "application/zip");
  EXPECT_THAT(std::string(header_of(file, "content-disposition")), HasSubstr("attachment"));
  for (const char* part : {"headline.txt\n\xEF\xBB\xBF先说优点 <一>\n", "text.html\n\xEF\xBB\xBF<p><strong>“先说优点”</strong></p>\n<p>一段。</p>", "source.txt", "publisher.txt", "date.txt\n\xEF\xBB\xBF" "2021-", "checklist.txt\n\xEF\xBB\xBF" "1. "}) {
    EXPECT_THAT(file.body, HasSubstr(part));
  }
}

TEST_F(Bundle_D10, TheAddressOfTheCopyIsKeptAndOpenedAgain) {
  Response noted = editor.post(path, {{"copy_address", std::string("  ") + kAddress + " "}});
  EXPECT_EQ(noted.status, 303);
  EXPECT_EQ(location(noted), "/shide" + path);
  EXPECT_EQ(kept(), kAddress);
  EXPECT_EQ(value_of(editor.get(path), "copy_address"), kAddress);
  EXPECT_EQ(editor.post(path, {{"copy_address", ""}}).status, 303);
  EXPECT_EQ(kept(), "") << "the copy is gone";
}

TEST_F(Bundle_D10, WhatIsNoAddressOfAPageIsRefusedBesideItsField) {
  for (const char* wrong : {"javascript:alert(1)", "portal.example.edu.cn/a/7", "见学校网站", "https://a b", "file:///etc/passwd"}) {
    Response page = editor.post(path, {{"copy_address", wrong}});
    EXPECT_EQ(page.status, 422) << wrong;
    EXPECT_THAT(beside(page, "copy_address"), HasSubstr("完整的网页地址")) << wrong;
    EXPECT_EQ(value_of(page, "copy_address"), wrong);
  }
  EXPECT_THAT(beside(editor.post(path, {{"copy_address", "https://" + std::string(500, 'a')}}), "copy_address"), HasSubstr("500"));
  EXPECT_EQ(kept(), "");
}

TEST_F(Bundle_D10, AWithdrawnPostGivesNothingAwayAndItsCopyBecomesATask) {
  ASSERT_EQ(editor.post(path, {{"copy_address", kAddress}}).status, 303);
  withdraw();
  EXPECT_EQ(open_tasks(), 1u);
  Response page = editor.get(path);
  EXPECT_THAT(page.body, HasSubstr("这篇已经撤下"));
  EXPECT_THAT(page.body, Not(HasSubstr("part-text")));
  EXPECT_EQ(editor.get(path + ".zip").status, 404);
}

TEST_F(Bundle_D10, ACopyRememberedAfterTheWithdrawalIsATaskToo) {
  withdraw();
  EXPECT_EQ(open_tasks(), 0u);
  EXPECT_EQ(editor.post(path, {{"copy_address", kAddress}}).status, 303);
  EXPECT_EQ(open_tasks(), 1u);
  EXPECT_THAT(editor.get("/editor").body, HasSubstr(kAddress));
}

TEST_F(Bundle_D10, IsForTheDeskAndOnlyOfWhatIsPublished) {
  Browser head(application, school.ports, "head"), teacher(application, school.ports, "0301");
  EXPECT_EQ(head.get(path).status, 200);
  EXPECT_THAT(head.get(path).body, Not(HasSubstr("name=\"copy_address\""))) << "the head reads";
  EXPECT_EQ(head.post(path, {{"copy_address", kAddress}}).status, 405);
  EXPECT_EQ(teacher.post(path, {{"copy_address", kAddress}}).status, 404);
  EXPECT_EQ(kept(), "");
  EXPECT_EQ(teacher.get(path).status, 404);
  EXPECT_EQ(teacher.get(path + ".zip").status, 404);
  Id<Post> draft = in_review(digest());
  EXPECT_EQ(editor.get("/editor/" + draft.value + "/bundle").status, 404);
  EXPECT_EQ(editor.get("/editor/" + draft.value + "/bundle.zip").status, 404);
  EXPECT_EQ(editor.post("/editor/" + draft.value + "/bundle", {{"copy_address", kAddress}}).status, 404);
}

}  // namespace
}  // namespace shide::web
