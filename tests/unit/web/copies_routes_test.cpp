// The desk's page of copies outside: what it says of each, and its two buttons (D10).
#include <gmock/gmock.h>

#include "support/browser.h"
#include "support/outside.h"
#include "web/session.h"

namespace shide::web {
namespace {

using model::CopyState;
using model::Post;
using testing::Browser;
using testing::location;
using testing::Outside;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class CopiesPage_D10 : public Outside {
 protected:
  std::string path() const { return "/editor/copies/" + copy().id.value; }
  Application application{school.ports, Settings{}};
  Browser editor{application, school.ports, "union_editor"};
};

TEST_F(CopiesPage_D10, ShowsWhereACopyStands) {
  standing();
  Response page = editor.get("/editor/copies");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr(digest().title), HasSubstr("href=\"https://plain.example/1\""), HasSubstr("在学校网站上")));
  EXPECT_THAT(page.body, Not(HasSubstr("name=\"act\""))) << "nothing to decide";
  EXPECT_THAT(editor.get("/editor").body, HasSubstr("/editor/copies"));
}

TEST_F(CopiesPage_D10, SaysWhyOneFailedAndWhenTheSiteFellSilent) {
  site->is_silent = true;
  for (int i = 0; i < 3; ++i) approved();
  deliver();
  EXPECT_THAT(editor.get("/editor/copies").body, AllOf(HasSubstr("学校网站从2021-01-"), HasSubstr("起没有应答"), HasSubstr("对方没有及时回答"), HasSubstr("试了1次")));
}

TEST_F(CopiesPage_D10, AChangeByHandIsShownAndRestoredOnlyByTheButton) {
  Id<Post> id = standing();
  site->change_by_hand(ports::copy_name(id));
  work_for(2 * kMinute);
  EXPECT_THAT(editor.get("/editor/copies").body, AllOf(HasSubstr("那边有人改过"), HasSubstr("按批准的文字恢复"), HasSubstr("就留成那样")));
  EXPECT_THAT(editor.get("/editor").body, HasSubstr("1份等人处理"));
  Response sent = editor.post(path(), {{"act", "retry"}});
  EXPECT_EQ(sent.status, 303);
  EXPECT_EQ(location(sent), "/shide/editor/copies");
  deliver();
  EXPECT_EQ(copy().state, CopyState::kStanding);
}

TEST_F(CopiesPage_D10, GivingUpLeavesItAndSaysSo) {
  Id<Post> id = standing();
  site->remove_by_hand(ports::copy_name(id));
  work_for(2 * kMinute);
  EXPECT_THAT(editor.get("/editor/copies").body, HasSubstr("那边有人取下了"));
  EXPECT_EQ(editor.post(path(), {{"act", "give_up"}}).status, 303);
  EXPECT_THAT(editor.get("/editor/copies").body, HasSubstr("不再管"));
}

TEST_F(CopiesPage_D10, WhatCannotBeDecidedIsRefusedInWords) {
  standing();
  Response page = editor.post(path(), {{"act", "retry"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(page.body, HasSubstr("现在不用再试"));
  EXPECT_EQ(editor.post(path(), {{"act", "explode"}}).status, 422);
  EXPECT_EQ(editor.post("/editor/copies/018f0000-0000-7000-8000-000000000000", {{"act", "retry"}}).status, 404);
}

TEST_F(CopiesPage_D10, WithoutAnotherSiteItSaysHowToJoinOne) {
  school.ports.publisher = std::make_unique<ports::NullPublisher>();
  EXPECT_THAT(editor.get("/editor/copies").body, HasSubstr("没有接学校网站"));
  Browser head(application, school.ports, "head"), teacher(application, school.ports, "0301");
  EXPECT_EQ(head.get("/editor/copies").status, 200);
  EXPECT_EQ(teacher.get("/editor/copies").status, 404);
}

}  // namespace
}  // namespace shide::web
