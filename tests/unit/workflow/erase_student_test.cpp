#include "workflow/erase_student.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "support/section_school.h"
#include "workflow/job.h"

namespace shide::workflow {
namespace {

using testing::TestSchool;
using ::testing::IsEmpty;

const std::string kReason = "监护人书面要求";

struct Erasing {
  Erasing() {
    school.start_visiting();
    school.finish(0);
    school.finish(1);
    for (const auto& visit : school.rows<model::Visit>()) {
      if (visit.id == school.visits[0]) pupil = visit.student_id;
    }
    school.amend<model::Student>([&](model::Student& one) { return one.student_number = one.id == pupil ? "20200311" : "", one.id == pupil; });
    actor = job_actor(school.school_id, "operator");
  }
  /// Everything sealed that is still to be read, of every table.
  std::string readable() const {
    std::string all;
    model::for_each_table([&]<class T>() {
      const model::TableShape& table = model::shape_of<T>();
      for (const T& row : school.rows<T>()) {
        model::RowValues values = model::to_values(row);
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
          if (table.columns[i].sealed) all += model::text_in(values.values[i]) + "\n";
        }
      }
    });
    return all;
  }

  TestSchool school;
  Id<model::Student> pupil;
  model::Actor actor;
};

TEST(EraseStudent, NothingThatWasSaidAboutThePupilCanBeReadAndTheOthersStay) {
  Erasing house;
  auto name_in = [&](const Id<model::Student>& pupil) {
    for (const auto& one : house.school.rows<model::VisitedStudent>()) {
      if (one.student_id == pupil) return one.name;
    }
    return std::string("no row");
  };
  std::string name = name_in(house.pupil);
  ASSERT_NE(house.readable().find(name), std::string::npos);
  Id<model::Student> other;
  for (const auto& visit : house.school.rows<model::Visit>()) {
    if (visit.student_id != house.pupil && !name_in(visit.student_id).empty()) other = visit.student_id;
  }
  std::string other_name = name_in(other);
  std::size_t files = house.school.ports.photo_vault->list()->size();
  std::size_t visits = house.school.rows<model::Visit>().size();

  auto erased = erase_student(house.school.ports, house.actor, " 20200311 ", kReason);
  ASSERT_TRUE(erased) << erased.error().detail;
  EXPECT_EQ(erased->visits, 1);
  EXPECT_EQ(erased->photos, 2);
  EXPECT_EQ(house.readable().find(name), std::string::npos);
  EXPECT_EQ(name_in(house.pupil), "") << "the line of the roster stays, without a name";
  EXPECT_EQ(name_in(other), other_name);
  EXPECT_EQ(house.school.rows<model::Visit>().size(), visits) << "last year's sums remain";
  EXPECT_EQ(house.school.ports.photo_vault->list()->size(), files - 2);
  for (const auto& one : house.school.rows<model::Student>()) EXPECT_NE(one.id, house.pupil);
  const auto events = house.school.rows<model::AuditEvent>();
  auto told = std::find_if(events.begin(), events.end(), [](const auto& event) { return event.verb == "erase_student"; });
  ASSERT_NE(told, events.end());
  EXPECT_EQ(told->object_id, house.pupil.value);
  EXPECT_EQ(told->reason, kReason);
}

using EraseStudentPublished_D1 = testing::SectionSchool;

TEST_F(EraseStudentPublished_D1, WithdrawsWhatWasDrawnFromTheVisit) {
  Id<model::Post> post = published(digest());
  std::string visits;
  for (const auto& one : school.rows<model::Post>()) visits += one.id == post ? one.visit_ids : "";
  const std::string visit(split(visits, ' ').front());
  Id<model::Student> pupil;
  for (const auto& one : school.rows<model::Visit>()) {
    if (one.id.value == visit) pupil = one.student_id;
  }
  ASSERT_FALSE(pupil.empty()) << visits;
  school.amend<model::Student>([&](model::Student& one) { return one.student_number = one.id == pupil ? "20200311" : "", one.id == pupil; });
  auto erased = erase_student(school.ports, job_actor(school.school_id, "operator"), "20200311", kReason);
  ASSERT_TRUE(erased) << erased.error().phrase.code << erased.error().detail;
  EXPECT_EQ(erased->posts, 1);
  for (const auto& one : school.rows<model::Post>()) EXPECT_EQ(one.state == model::PostState::kWithdrawn, one.id == post) << one.title;
}

TEST(EraseStudent, WantsAReasonAndAPupil) {
  Erasing house;
  for (const char* reason : {"", "   ", "要求", " x "}) {
    auto refused = erase_student(house.school.ports, house.actor, "20200311", reason);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().phrase.code, "erase.no_reason");
  }
  for (const char* number : {"", " ", "999", "2020031"}) {
    auto refused = erase_student(house.school.ports, house.actor, number, kReason);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kNotFound) << number;
  }
  ASSERT_TRUE(erase_student(house.school.ports, house.actor, "20200311", kReason));
  EXPECT_FALSE(erase_student(house.school.ports, house.actor, "20200311", kReason)) << "once is for good";
}

}  // namespace
}  // namespace shide::workflow
