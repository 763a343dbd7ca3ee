#include "workflow/people.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/test_school.h"
#include "workflow/sign_in.h"
#include "workflow/slips.h"

namespace shide::workflow {
namespace {

using model::Role;
using testing::TestSchool;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;
using ::testing::SizeIs;

class People : public ::testing::Test {
 protected:
  static PersonForm teacher_form(const std::string& name, const std::string& number) { return {name, number, "", "语文", "", {"teacher"}}; }
  static PersonForm form_of(const Colleague& known) {
    PersonForm form{known.account.name, "", known.account.login, "", "", {}};
    for (Role role : known.account.roles) form.roles.emplace_back(model::code_of(role));
    if (known.teacher) form.staff_number = known.teacher->staff_number, form.subject = known.teacher->subject, form.grade_group = known.teacher->grade_group_id.value;
    return form;
  }
  /// Paths and codes, or "fine".
  template <class T>
  static std::vector<std::string> problems(const Result<T>& result) {
    if (result) return {"fine"};
    std::vector<std::string> list;
    for (const Problem& one : result.error().problems) list.push_back(one.path + " " + one.phrase.code);
    return list;
  }
  Colleague of(const Id<model::Account>& id) { return *colleague(school.ports, school.it_admin, id); }
  std::size_t accounts() const { return school.store->tables().at("accounts").size(); }

  TestSchool school;
};

TEST_F(People, AreAddedWithTheStaffNumberAsLoginAndCannotEnterBeforeTheirSlip) {
  auto added = add_colleague(school.ports, school.it_admin, {"　苏 晓 ", "ＡB07", "", "语文", "三年级组", {"teacher", "union_editor"}});
  ASSERT_TRUE(added) << problems(added).front();
  EXPECT_EQ(added->account.name, "苏 晓");
  EXPECT_EQ(added->account.login, "ab07");
  EXPECT_EQ(added->account.roles, (std::set<Role>{Role::kTeacher, Role::kUnionEditor}));
  EXPECT_EQ(added->teacher->staff_number, "AB07");
  EXPECT_EQ(added->teacher->grade_group_id, school.grade_group);
  EXPECT_FALSE(sign_in(school.ports, "ab07", ""));
}

TEST_F(People, WhoDoesNotTeachIsNoTeacher) {
  auto added = add_colleague(school.ports, school.it_admin, {"林婉", "", "linwan", "", "", {"student_office"}});
  ASSERT_TRUE(added);
  EXPECT_FALSE(added->teacher);
  EXPECT_TRUE(added->account.teacher_id.empty());
}

TEST_F(People, EveryWrongFieldIsNamed) {
  EXPECT_THAT(problems(add_colleague(school.ports, school.it_admin, {"", "", "", "", "没有的组", {"teacher"}})),
              ElementsAre("name field.empty", "staff_number field.empty", "login field.empty", "grade_group people.group_unknown"));
  EXPECT_THAT(problems(add_colleague(school.ports, school.it_admin, {"苏晓", "0300", "", "", "", {"teacher"}})),
              ElementsAre("login people.login_taken", "staff_number people.staff_number_taken"));
  EXPECT_THAT(problems(add_colleague(school.ports, school.it_admin, {"苏晓", "03/1", "", "", "", {"teacher"}})), Contains("staff_number people.staff_number_plain"));
  EXPECT_THAT(problems(add_colleague(school.ports, school.it_admin, {"苏晓", "", "suxiao", "", "", {}})), ElementsAre("roles people.role_choose"));
  EXPECT_THAT(problems(add_colleague(school.ports, school.it_admin, {"苏晓", "", "suxiao", "", "", {"homeroom_teacher"}})), Contains("roles field.not_offered"));
}

TEST_F(People, AdministratorAndAuditorAreNeverOnePerson) {
  EXPECT_THAT(problems(add_colleague(school.ports, school.it_admin, {"苏晓", "", "suxiao", "", "", {"it_admin", "auditor"}})), ElementsAre("roles people.roles_apart"));
  PersonForm form = form_of(of(school.auditor.account));
  form.roles.push_back("it_admin");
  EXPECT_THAT(problems(change_colleague(school.ports, school.it_admin, school.auditor.account, 1, form)), ElementsAre("roles people.roles_apart"));
}

TEST_F(People, SeveralAreAddedFromLines) {
  auto added = add_colleagues(school.ports, school.it_admin, "苏晓\t0401\t语文\t三年级组\r\n\n秦川 0402");
  ASSERT_TRUE(added) << problems(added).front();
  ASSERT_THAT(*added, SizeIs(2));
  EXPECT_EQ((*added)[0].teacher->grade_group_id, school.grade_group);
  EXPECT_EQ((*added)[1].account.login, "0402");
  EXPECT_EQ((*added)[1].account.roles, std::set<Role>{Role::kTeacher});
}

TEST_F(People, OneWrongLineAddsNobodyAndIsToldByItsNumber) {
  std::size_t before = accounts();
  auto refused = add_colleagues(school.ports, school.it_admin, "苏晓 0401\n秦川\n\n何叶 0401\n姓名 工号\n白云 0403 语文 三年级组 班主任");
  ASSERT_FALSE(refused);
  std::vector<std::string> told;
  for (const Problem& one : refused.error().problems) told.push_back(render(one.phrase, Language::kChinese));
  EXPECT_THAT(told, ElementsAre("第2行：还没有写。", "第4行：这个登录名已经有人用了，请换一个。", "第5行：工号只用字母和数字。",
                                "第6行：一行最多四项：姓名、工号、学科、年级组。"));
  EXPECT_EQ(accounts(), before);
  EXPECT_THAT(problems(add_colleagues(school.ports, school.it_admin, " \n")), ElementsAre("lines field.empty"));
}

TEST_F(People, ASlipLetsInOnceEndsSessionsAndAnyDelay) {
  Id<model::Account> id{school.homeroom[0].id.value};
  auto old_session = sign_in(school.ports, "0300", "correct horse 9");
  ASSERT_TRUE(old_session);
  for (int i = 0; i < 5; ++i) (void)sign_in(school.ports, "0300", "wrong");
  auto slip = new_slip(school.ports, school.it_admin, id);
  ASSERT_TRUE(slip);
  EXPECT_FALSE(resume_session(school.ports, old_session->token));
  EXPECT_FALSE(sign_in(school.ports, "0300", "correct horse 9"));
  auto entered = sign_in(school.ports, "0300", slip->code);
  ASSERT_TRUE(entered);
  EXPECT_TRUE(entered->must_change_password);
  EXPECT_THAT(school.store->tables().at("accounts").at(id.value).values, Not(Contains(model::Value(slip->code))));
}

TEST_F(People, ADisabledAccountIsSignedOutAndGetsNoSlip) {
  Id<model::Account> id{school.homeroom[0].id.value};
  auto session = sign_in(school.ports, "0300", "correct horse 9");
  ASSERT_TRUE(set_disabled(school.ports, school.it_admin, id, true));
  EXPECT_FALSE(resume_session(school.ports, session->token));
  EXPECT_FALSE(sign_in(school.ports, "0300", "correct horse 9"));
  EXPECT_EQ(new_slip(school.ports, school.it_admin, id).error().phrase.code, "people.slip_disabled");
  ASSERT_TRUE(set_disabled(school.ports, school.it_admin, id, false));
  EXPECT_TRUE(sign_in(school.ports, "0300", "correct horse 9"));
}

TEST_F(People, ThereIsAlwaysAnAdministratorWhoCanEnter) {
  Id<model::Account> only = school.it_admin.account;
  EXPECT_THAT(problems(set_disabled(school.ports, school.it_admin, only, true)), ElementsAre("disabled people.last_administrator"));
  PersonForm form = form_of(of(only));
  form.roles = {"student_office"};
  EXPECT_THAT(problems(change_colleague(school.ports, school.it_admin, only, of(only).account.version, form)), ElementsAre("roles people.not_to_oneself"));
  school.amend<model::Account>([&](model::Account& one) { return one.id == only && one.roles.insert(model::Role::kStudentOffice).second; });
  EXPECT_THAT(problems(change_colleague(school.ports, school.it_admin, only, of(only).account.version, form)), ElementsAre("roles people.last_administrator"));
  auto second = add_colleague(school.ports, school.it_admin, {"苏晓", "", "suxiao", "", "", {"it_admin"}});
  ASSERT_TRUE(set_disabled(school.ports, school.it_admin, second->account.id, true));
  EXPECT_FALSE(set_disabled(school.ports, school.it_admin, only, true)) << "a disabled one does not count";
  ASSERT_TRUE(set_disabled(school.ports, school.it_admin, second->account.id, false));
  EXPECT_TRUE(set_disabled(school.ports, school.it_admin, only, true));
}

TEST_F(People, WhoTeachesNoMoreLeavesTheListsAndComesBackAsTheSameTeacher) {
  Id<model::Account> id{school.companion[5].id.value};
  PersonForm form = form_of(of(id));
  form.roles = {"hr"};
  auto changed = change_colleague(school.ports, school.it_admin, id, 1, form);
  ASSERT_TRUE(changed) << problems(changed).front();
  EXPECT_FALSE(changed->teacher);
  EXPECT_THAT(school.store->tables().at("teachers").at(id.value).values, Contains(model::Value("left")));
  form.roles = {"hr", "teacher"};
  changed = change_colleague(school.ports, school.it_admin, id, changed->account.version, form);
  ASSERT_TRUE(changed) << problems(changed).front();
  EXPECT_EQ(changed->teacher->id, school.companion[5].id);
  EXPECT_EQ(changed->teacher->duty, model::Duty::kInPost);
}

TEST_F(People, AStalePageChangesNothing) {
  Id<model::Account> id{school.companion[5].id.value};
  PersonForm form = form_of(of(id));
  ASSERT_TRUE(change_colleague(school.ports, school.it_admin, id, 1, form));
  EXPECT_EQ(change_colleague(school.ports, school.it_admin, id, 1, form).error().code, ErrorCode::kStale);
}

TEST_F(People, AreForTheAdministratorOnly) {
  for (const model::Actor& actor : {school.office, school.head, school.hr, school.auditor, school.as(school.homeroom[0])}) {
    EXPECT_EQ(colleagues(school.ports, actor).error().code, ErrorCode::kForbidden);
    EXPECT_EQ(add_colleague(school.ports, actor, teacher_form("苏晓", "0401")).error().code, ErrorCode::kForbidden);
    EXPECT_EQ(add_colleagues(school.ports, actor, "苏晓 0401").error().code, ErrorCode::kForbidden);
    EXPECT_EQ(change_colleague(school.ports, actor, school.office.account, 1, {}).error().code, ErrorCode::kForbidden);
    EXPECT_EQ(new_slip(school.ports, actor, school.office.account).error().code, ErrorCode::kForbidden);
    EXPECT_EQ(set_disabled(school.ports, actor, school.office.account, true).error().code, ErrorCode::kForbidden);
  }
}

TEST_F(People, TheOperatorActsAsAdministratorAndIsNamedInTheAudit) {
  auto operator_actor = operator_of(school.ports);
  ASSERT_TRUE(operator_actor);
  EXPECT_EQ(operator_actor->trace(), "job:operator");
  EXPECT_TRUE(new_slip(school.ports, *operator_actor, school.office.account));
  testing::EmptyHouse empty{Time{}};
  EXPECT_EQ(operator_of(empty.ports).error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace shide::workflow
