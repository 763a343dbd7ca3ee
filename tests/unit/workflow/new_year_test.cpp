#include "workflow/new_year.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "privacy/reach.h"
#include "support/test_school.h"
#include "workflow/classes.h"
#include "workflow/import.h"
#include "workflow/memberships.h"
#include "workflow/people.h"
#include "workflow/sign_in.h"

namespace shide::workflow {
namespace {

using model::ClassMembership;
using model::GradeGroup;
using model::SchoolClass;
using model::Student;
using model::Teacher;
using model::TeacherPost;
using model::TeacherPostKind;
using testing::TestSchool;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Grade three with six classes; a grade six with one, which leaves.
class NewSchoolYear_D12 : public ::testing::Test {
 protected:
  NewSchoolYear_D12() {
    GradeGroup six;
    six.school_year = "2020-2021";
    six.name = "六年级组";
    six.grade = 6;
    six.leader_id = school.companion[5].id;
    six = school.add(six);
    SchoolClass last;
    last.school_year = "2020-2021";
    last.name = "六(1)班";
    last.grade_group_id = six.id;
    last.homeroom_teacher_id = school.companion[5].id;
    last = school.add(last);
    Student leaver;
    leaver.place = {"2020-2021", six.id.value, last.id.value, ""};
    leaver.name = "单飞羽";
    leaver.student_number = "6001";
    leaver_id = school.add(leaver).id;
  }

  void go_to(int year, int month, int day) { school.clock->advance(time_of(*make_date(year, month, day), 9) - school.clock->now()); }
  static std::string code(const Result<NewYearPlan>& plan) { return plan ? "planned" : plan.error().phrase.code; }
  NewYearPlan begin(const NewYearForm& form = {}) {
    auto plan = plan_new_year(school.ports, school.office, form);
    EXPECT_TRUE(plan) << code(plan);
    auto done = begin_new_year(school.ports, school.office, form, plan->digest);
    EXPECT_TRUE(done) << code(done);
    return *done;
  }
  SchoolClass class_named(const std::string& year, const std::string& name) {
    for (const SchoolClass& one : school.rows<SchoolClass>()) {
      if (one.school_year == year && one.name == name) return one;
    }
    ADD_FAILURE() << "no class " << name << " in " << year;
    return {};
  }
  Student student(const Id<Student>& id) {
    for (const Student& one : school.rows<Student>()) {
      if (one.id == id) return one;
    }
    return {};
  }
  /// "三(1)班 2020-09-01 2021-08-31", by day.
  std::vector<std::string> memberships(const Id<Student>& id) {
    std::vector<std::string> told;
    for (const ClassMembership& one : school.rows<ClassMembership>()) {
      if (one.student_id != id) continue;
      std::string name;
      for (const SchoolClass& other : school.rows<SchoolClass>()) name = other.id.value == one.place.class_id ? other.name : name;
      told.push_back(to_text(one.from) + " " + (one.to ? to_text(*one.to) : "…") + " " + name);
    }
    std::sort(told.begin(), told.end());
    return told;
  }
  std::vector<std::string> posts(const Id<Teacher>& id, TeacherPostKind kind) {
    std::vector<std::string> told;
    for (const TeacherPost& one : school.rows<TeacherPost>()) {
      if (one.teacher_id == id && one.kind == kind) told.push_back(to_text(one.from) + " " + (one.to ? to_text(*one.to) : "…"));
    }
    std::sort(told.begin(), told.end());
    return told;
  }

  TestSchool school;
  Id<Student> leaver_id;
};

TEST_F(NewSchoolYear_D12, ShowsWhatBecomesOfEachClassAndChangesNothing) {
  go_to(2021, 9, 1);
  auto kept = [&] { return school.store->tables(); };
  auto before = kept();
  auto plan = plan_new_year(school.ports, school.office, {.first_classes = "2"});
  ASSERT_TRUE(plan) << code(plan);
  EXPECT_EQ(plan->from, "2020-2021");
  EXPECT_EQ(plan->to, "2021-2022");
  EXPECT_EQ(plan->moving, 12);
  EXPECT_EQ(plan->leaving, 1);
  ASSERT_THAT(plan->classes, SizeIs(9));
  EXPECT_EQ(plan->classes[0].fate, ClassFate::kIsNew);
  EXPECT_EQ(plan->classes[0].after, "一(1)班");
  EXPECT_EQ(plan->classes[2].before, "三(1)班");
  EXPECT_EQ(plan->classes[2].after, "四(1)班");
  EXPECT_EQ(plan->classes[2].homeroom_after, school.homeroom[0].name);
  EXPECT_EQ(plan->classes.back().fate, ClassFate::kLeaves);
  EXPECT_EQ(plan->classes.back().before, "六(1)班");
  for (const char* table : {"classes", "grade_groups", "students", "teachers", "class_memberships", "teacher_posts", "audit_events"}) EXPECT_EQ(kept()[table], before[table]) << table;
}

TEST_F(NewSchoolYear_D12, DoesExactlyWhatWasShown) {
  go_to(2021, 9, 1);
  begin({.first_classes = "2"});
  SchoolClass now = class_named("2021-2022", "四(1)班");
  EXPECT_EQ(now.homeroom_teacher_id, school.homeroom[0].id);
  EXPECT_EQ(student(school.students[0].id).place.class_id, now.id.value);
  EXPECT_EQ(student(school.students[0].id).place.school_year, "2021-2022");
  EXPECT_EQ(student(leaver_id).place.school_year, "2020-2021") << "who left stays where they were";
  EXPECT_EQ(class_named("2020-2021", "三(1)班").id, school.classes[0].id);
  EXPECT_THAT(memberships(school.students[0].id), ElementsAre("2020-09-01 2021-08-31 三(1)班", "2021-09-01 … 四(1)班"));
  EXPECT_THAT(memberships(leaver_id), ElementsAre("2020-09-01 2021-08-31 六(1)班"));
  EXPECT_THAT(posts(school.homeroom[0].id, TeacherPostKind::kHomeroom), ElementsAre("2020-09-01 2021-08-31", "2021-09-01 …"));
  auto again = plan_new_year(school.ports, school.office, {});
  EXPECT_EQ(code(again), "new_year.begun");
}

TEST_F(NewSchoolYear_D12, RightsFollowTheCalendarAndOldRecordsKeepTheClassAndGradeOfTheirDay) {
  school.start_visiting();
  auto visits = school.rows<model::Visit>();
  go_to(2021, 9, 1);
  begin();
  for (const model::Visit& one : school.rows<model::Visit>()) {
    auto same = std::find_if(visits.begin(), visits.end(), [&](const model::Visit& other) { return other.id == one.id; });
    ASSERT_NE(same, visits.end());
    EXPECT_EQ(one.place.class_id, same->place.class_id);
    EXPECT_EQ(one.place.grade_group_id, same->place.grade_group_id);
    EXPECT_EQ(one.place.school_year, "2020-2021");
  }
  auto entered = sign_in(school.ports, "0300", "correct horse 9");
  ASSERT_TRUE(entered);
  EXPECT_THAT(entered->actor.classes, ElementsAre(class_named("2021-2022", "四(1)班").id.value));
}

TEST_F(NewSchoolYear_D12, MayBeBegunTwoWeeksBeforeAndTheOldYearRunsOutFirst) {
  go_to(2021, 8, 15);
  EXPECT_EQ(code(plan_new_year(school.ports, school.office, {})), "new_year.begun");
  go_to(2021, 8, 16);
  begin();
  EXPECT_THAT(sign_in(school.ports, "0300", "correct horse 9")->actor.classes, ElementsAre(school.classes[0].id.value));
  auto order = school_order(school.ports, school.office);
  GradeGroup group = order->groups.front();
  ASSERT_TRUE(save_grade_group(school.ports, school.office, group.id, group.version, {group.name, "grade", "3", group.leader_id.value, {}}));
  EXPECT_THAT(posts(group.leader_id, TeacherPostKind::kLeader), ElementsAre("2020-09-01 2021-08-31", "2021-09-01 …")) << "noting again opens nothing anew";
}

TEST_F(NewSchoolYear_D12, TeachersWhoStayTakeTheClassThatNowHasTheNameOfTheirs) {
  go_to(2021, 9, 1);
  auto plan = plan_new_year(school.ports, school.office, {.teachers = "nowhere"});
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->classes[0].after, "四(1)班");
  EXPECT_EQ(plan->classes[0].homeroom_after, "") << "there was no fourth grade last year";
  EXPECT_THAT(plan->asides.front().code, "new_year.without_homeroom");
}

TEST_F(NewSchoolYear_D12, WhoHasLeftTheSchoolBelongsNowhereAnyMore) {
  go_to(2021, 7, 1);
  PersonForm form{school.homeroom[1].name, school.homeroom[1].staff_number, "0302", "", "", {"union_editor"}};
  auto known = colleague(school.ports, school.it_admin, {school.homeroom[1].id.value});
  ASSERT_TRUE(known);
  form.login = known->account.login;
  ASSERT_TRUE(change_colleague(school.ports, school.it_admin, known->account.id, known->account.version, form));
  EXPECT_THAT(posts(school.homeroom[1].id, TeacherPostKind::kMember), ElementsAre("2020-09-01 2021-06-30"));
  go_to(2021, 9, 1);
  NewYearPlan plan = begin();
  EXPECT_THAT(plan.left, ElementsAre(school.homeroom[1].name));
  EXPECT_TRUE(class_named("2021-2022", "四(2)班").homeroom_teacher_id.empty());
  EXPECT_EQ(plan.asides.front().code, "new_year.without_homeroom");
}

TEST_F(NewSchoolYear_D12, IsNotBegunByAPlanThatWouldBeAnotherByNow) {
  go_to(2021, 9, 1);
  auto plan = plan_new_year(school.ports, school.office, {});
  Student late;
  late.place = school.students[0].place;
  late.name = "迟来";
  school.add(late);
  auto done = begin_new_year(school.ports, school.office, {}, plan->digest);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::kStale);
  EXPECT_THAT(school.rows<SchoolClass>(), SizeIs(7));
  EXPECT_EQ(begin_new_year(school.ports, school.office, {.first_classes = "3"}, plan->digest).error().code, ErrorCode::kStale);
}

TEST_F(NewSchoolYear_D12, BelongsToTheStudentOffice) {
  go_to(2021, 9, 1);
  for (const model::Actor& actor : {school.it_admin, school.head, school.leader()}) {
    EXPECT_EQ(plan_new_year(school.ports, actor, {}).error().code, ErrorCode::kForbidden);
    EXPECT_EQ(begin_new_year(school.ports, actor, {}, "").error().code, ErrorCode::kForbidden);
  }
  EXPECT_EQ(plan_new_year(school.ports, school.office, {.teachers = "home"}).error().problems.front().path, "teachers");
  EXPECT_EQ(plan_new_year(school.ports, school.office, {.first_classes = "99"}).error().problems.front().path, "first_classes");
}

// Within a year: a leader is replaced, a class is split.
TEST_F(NewSchoolYear_D12, ALeaderReplacedInMidCampaignHandsOverOnTheDay) {
  school.start_visiting();
  go_to(2021, 1, 21);
  auto order = school_order(school.ports, school.office);
  const GradeGroup* group = order->group(school.grade_group);
  ASSERT_TRUE(save_grade_group(school.ports, school.office, group->id, group->version, {group->name, "grade", "3", school.homeroom[2].id.value, {}}));
  EXPECT_THAT(posts(school.companion[0].id, TeacherPostKind::kLeader), ElementsAre("2020-09-01 2021-01-20"));
  EXPECT_THAT(posts(school.homeroom[2].id, TeacherPostKind::kLeader), ElementsAre("2021-01-21 …"));
  EXPECT_TRUE(sign_in(school.ports, "0301", "correct horse 9")->actor.grade_groups.empty());
}

TEST_F(NewSchoolYear_D12, AClassThatIsSplitLeavesEarlierVisitsWhereTheyWere) {
  school.start_visiting();
  std::string was = school.rows<model::Visit>().front().place.class_id;
  go_to(2021, 3, 1);
  ASSERT_TRUE(save_class(school.ports, school.office, {}, 0, {"三(7)班", school.grade_group.value, school.companion[4].id.value}));
  ports::Table list{"", {{"班级", "姓名", "学号"}, {"三(7)班", school.students[0].name, school.students[0].student_number}}};
  auto read = import_list(ImportKind::kStudents, {list});
  ASSERT_TRUE(read);
  auto plan = plan_import(school.ports, school.office, *read);
  ASSERT_TRUE(plan);
  if (plan->changed != 1) GTEST_FAIL() << "the pupil without a number is another one: " << plan->added;
  ASSERT_TRUE(confirm_import(school.ports, school.office, *read, plan->digest, false));
  EXPECT_THAT(memberships(school.students[0].id), ElementsAre("2020-09-01 2021-02-28 三(1)班", "2021-03-01 … 三(7)班"));
  EXPECT_EQ(school.rows<model::Visit>().front().place.class_id, was);
}

}  // namespace
}  // namespace shide::workflow
