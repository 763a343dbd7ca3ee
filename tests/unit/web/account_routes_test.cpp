// The page of one's own account: sessions are listed, and end by a button; the administrator ends a colleague's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/browser.h"
#include "support/test_school.h"

namespace shide::web {
namespace {

using testing::Browser;
using testing::TestSchool;
using ::testing::HasSubstr;
using ::testing::Not;

class AccountRoutes_D13 : public ::testing::Test {
 protected:
  TestSchool school;
  Application application{school.ports, Settings{}};
};

TEST_F(AccountRoutes_D13, SessionsAreListedAndEnded) {
  Browser one(application, school.ports, "hr"), two(application, school.ports, "hr"), three(application, school.ports, "hr");
  ASSERT_EQ(one.get("/account").status, 200);
  ASSERT_EQ(three.get("/account").status, 200);
  Response page = two.get("/account");
  EXPECT_THAT(page.body, HasSubstr("就是这里"));
  std::size_t at = page.body.find("/account/sessions/0");
  ASSERT_NE(at, std::string::npos);
  std::string path = page.body.substr(at, page.body.find('"', at) - at);
  EXPECT_EQ(testing::location(two.post(path, {})), "/shide/account");
  EXPECT_NE(one.get("/account").status, three.get("/account").status) << "one of the two is out";
  EXPECT_EQ(testing::location(two.post("/account/sessions/end-others", {})), "/shide/account");
  EXPECT_EQ(one.get("/account").status, 303);
  EXPECT_EQ(three.get("/account").status, 303);
  EXPECT_EQ(two.get("/account").status, 200);
  EXPECT_THAT(two.get("/account").body, Not(HasSubstr("end-others")));
}

TEST_F(AccountRoutes_D13, SomebodyElsesSessionIsNotFound) {
  Browser hr(application, school.ports, "hr"), head(application, school.ports, "head");
  ASSERT_EQ(hr.get("/account").status, 200);
  for (const auto& session : school.rows<model::Session>()) {
    if (session.account_id == school.hr.account) {
      EXPECT_EQ(head.post("/account/sessions/" + session.id.value + "/end", {}).status, 404);
    }
  }
  EXPECT_EQ(hr.get("/account").status, 200);
}

TEST_F(AccountRoutes_D13, TheAdministratorEndsAColleaguesSessions) {
  Browser hr(application, school.ports, "hr"), admin(application, school.ports, "it_admin");
  ASSERT_EQ(hr.get("/account").status, 200);
  std::string person = "/people/" + school.hr.account.value;
  EXPECT_THAT(admin.get(person).body, HasSubstr("现在登录在1处"));
  EXPECT_EQ(testing::location(admin.post(person + "/sessions/end", {})), "/shide" + person);
  EXPECT_EQ(hr.get("/account").status, 303);
  EXPECT_THAT(admin.get(person).body, Not(HasSubstr("现在登录在")));
}

}  // namespace
}  // namespace shide::web
