// Where somebody is signed in, and every way in which it ends.
#include "workflow/sessions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/test_school.h"
#include "workflow/people.h"
#include "workflow/sign_in.h"

namespace shide::workflow {
namespace {

using testing::TestSchool;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Sessions_D13 : public ::testing::Test {
 protected:
  SignedIn enter(const std::string& login) { return sign_in(school.ports, login, "correct horse 9").value(); }
  bool stands(const SignedIn& session) { return resume_session(school.ports, session.token).ok(); }
  std::vector<OpenSession> open(const SignedIn& session) { return open_sessions(school.ports, session.actor, session.actor.account, session.token).value(); }
  TestSchool school;
};

TEST_F(Sessions_D13, AreListedWithWhichIsThis) {
  SignedIn one = enter("hr"), two = enter("hr");
  auto list = open(two);
  ASSERT_THAT(list, SizeIs(2));
  EXPECT_NE(list[0].is_this, list[1].is_this);
  EXPECT_FALSE(open_sessions(school.ports, school.head, school.hr.account, "")) << "somebody else's";
  EXPECT_THAT(open_sessions(school.ports, school.it_admin, school.hr.account, "").value(), SizeIs(2));
  school.clock->advance(kHour);
  EXPECT_THAT(open_sessions(school.ports, school.it_admin, school.hr.account, "").value(), IsEmpty()) << "those that are over are no more told";
}

TEST_F(Sessions_D13, EndOneByOneOrAllOthersAtOnce) {
  SignedIn one = enter("hr"), two = enter("hr"), three = enter("hr"), stranger = enter("head");
  Id<model::Session> id;
  for (const OpenSession& each : open(one)) {
    if (each.is_this) id = each.session.id;
  }
  EXPECT_FALSE(end_session(school.ports, stranger.actor, id));
  EXPECT_TRUE(stands(one));
  ASSERT_TRUE(end_session(school.ports, two.actor, id));
  EXPECT_FALSE(stands(one));
  ASSERT_TRUE(end_other_sessions(school.ports, two.actor, two.token));
  EXPECT_TRUE(stands(two));
  EXPECT_FALSE(stands(three));
  EXPECT_TRUE(stands(stranger));
}

TEST_F(Sessions_D13, TheAdministratorEndsThem) {
  SignedIn one = enter("hr");
  EXPECT_FALSE(end_sessions_of(school.ports, school.head, school.hr.account));
  ASSERT_TRUE(end_sessions_of(school.ports, school.it_admin, school.hr.account));
  EXPECT_FALSE(stands(one));
}

TEST_F(Sessions_D13, RolesBiteAtTheNextRequest) {
  SignedIn session = enter("hr");
  auto known = colleague(school.ports, school.it_admin, school.hr.account).value();
  PersonForm form{known.account.name, "", known.account.login, "", "", {"union_editor"}};
  ASSERT_TRUE(change_colleague(school.ports, school.it_admin, school.hr.account, known.account.version, form));
  auto resumed = resume_session(school.ports, session.token);
  ASSERT_TRUE(resumed);
  EXPECT_EQ(resumed->actor.roles, std::set<model::Role>{model::Role::kUnionEditor});
}

TEST_F(Sessions_D13, AClockSetBackEndsThemRatherThanGivingThemADayMore) {
  SignedIn session = enter("hr");
  school.clock->advance(-kMinute);
  EXPECT_TRUE(stands(session)) << "within what clocks differ by";
  school.clock->advance(-kDay);
  EXPECT_FALSE(stands(session));
}

TEST_F(Sessions_D13, NobodyGivesThemselvesARole) {
  auto known = colleague(school.ports, school.it_admin, school.it_admin.account).value();
  PersonForm form{known.account.name, "", known.account.login, "", "", {"it_admin", "head"}};
  auto refused = change_colleague(school.ports, school.it_admin, school.it_admin.account, known.account.version, form);
  ASSERT_FALSE(refused);
  ASSERT_THAT(refused.error().problems, SizeIs(1));
  EXPECT_EQ(refused.error().problems[0].phrase.code, "people.not_to_oneself");
  form.roles = {"it_admin"};
  form.name = "凌波二";
  EXPECT_TRUE(change_colleague(school.ports, school.it_admin, school.it_admin.account, known.account.version, form)) << "the rest of one's entry may change";
}

}  // namespace
}  // namespace shide::workflow
