// The staff view: what all staff see, what opens within reach, and how doubts are settled.
#include "workflow/section.h"

#include <gmock/gmock.h>

#include "support/interrupted.h"
#include "support/refusal.h"
#include "support/section_school.h"

namespace shide::workflow {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::expect_safe_to_repeat;
using testing::fields;
using testing::kNoSuchThing;
using testing::problems;
using testing::refusal;
using testing::SectionSchool;
using testing::TestSchool;

using StaffView_S74_S75_S98 = SectionSchool;

TEST_F(StaffView_S74_S75_S98, ShowsThatItIsFiledToAllAndTheTextWithinReach) {
  auto for_hr = staff_view(school.ports, school.hr, "2020-2021");
  ASSERT_TRUE(for_hr);
  ASSERT_EQ(for_hr->size(), 5u);
  EXPECT_THAT(for_hr->front().teachers, Not(IsEmpty()));
  EXPECT_EQ(for_hr->front().month, "2021-01");
  EXPECT_EQ(for_hr->front().grade_name, "三年级组");
  EXPECT_EQ(for_hr->front().narrative, "");
  auto for_editor = staff_view(school.ports, school.editor, "2020-2021");
  for (const auto& record : *for_editor) {
    EXPECT_THAT(record.narrative, HasSubstr("奖状"));
    for (const auto& student : school.students) EXPECT_THAT(record.narrative, Not(HasSubstr(student.name)));
    EXPECT_EQ(record.doubts, 0) << record.doubt_list << record.narrative;
  }
}

TEST_F(StaffView_S74_S75_S98, IsForTheStaffNotForThePublicNorTheAdministrator) {
  EXPECT_EQ(staff_view(school.ports, visitor(), "2020-2021").error().code, ErrorCode::kForbidden);
  EXPECT_EQ(staff_view(school.ports, school.it_admin, "2020-2021").error().code, ErrorCode::kForbidden);
  EXPECT_THAT(*staff_view(school.ports, school.hr, "2019-2020"), IsEmpty());
}

TEST_F(StaffView_S74_S75_S98, ARecordIsFiledWhenItIsAcceptedAndOnce) {
  school.hand_in(5);
  ASSERT_TRUE(file_in_section(school.ports, school.school_id, school.visits[5]));
  EXPECT_EQ(school.rows<model::RedactedRecord>().size(), 5u);
  school.accept(5);
  school.run_jobs();
  EXPECT_EQ(school.rows<model::RedactedRecord>().size(), 6u);
  ASSERT_TRUE(file_in_section(school.ports, school.school_id, school.visits[5]));
  for (const auto& filed : school.rows<model::RedactedRecord>()) EXPECT_EQ(filed.version, 1);
}

TEST_F(StaffView_S74_S75_S98, ANameThatJoinsTheRegisterIsTakenOutOfWhatWasFiled) {
  model::Student one = school.students.front();
  one.student_number = "2000";
  one.name = "贺奖状";
  school.add(one);
  ASSERT_TRUE(file_in_section(school.ports, school.school_id, school.visits[0]));
  auto filed = redacted_record(school.ports, school.office, {school.visits[0].value});
  EXPECT_EQ(filed->version, 2) << "made anew with the register of today";
}

class Doubtful : public SectionSchool {
 protected:
  Doubtful() {
    school.amend<model::RedactedRecord>([&](model::RedactedRecord& one) {
      one.doubts = 1;
      one.doubt_list = R"([{"field":"narrative","start":0,"end":2,"kind":"other_name","reason":"redact.doubt"}])";
      return one.id.value == school.visits[0].value;
    });
  }
  Result<model::RedactedRecord> settle(const model::Actor& actor, const char* narrative, const char* reason = "") {
    std::int64_t version = redacted_record(school.ports, school.office, {school.visits[0].value})->version;
    return settle_doubts(school.ports, actor, {school.visits[0].value}, version, narrative, "先说优点。", reason);
  }
};

using Doubts_S98_D1 = Doubtful;

TEST_F(Doubts_S98_D1, ADoubtBlocksEveryPostDrawnFromIt) {
  EXPECT_THAT(problems(compose(digest())), ElementsAre("visits: section.source_doubtful"));
  ASSERT_TRUE(settle(school.office, "孩子把奖状贴在门后。"));
  EXPECT_TRUE(compose(digest()));
}

TEST_F(Doubts_S98_D1, TheOfficeSettlesThemAndNobodyElse) {
  for (const model::Actor& other : {school.editor, school.head, school.leader(), school.as(school.homeroom[0]), school.hr}) EXPECT_EQ(refusal(settle(other, "孩子。")), kNoSuchThing);
}

TEST_F(Doubts_S98_D1, WhatNamesSomebodyCannotBeKeptByAnyReason) {
  EXPECT_THAT(fields(settle(school.office, "丁小满把奖状贴在门后。", "家长同意")), Contains("narrative"));
  EXPECT_THAT(fields(settle(school.office, "", "")), Contains("narrative"));
}

using Section_R4 = SectionSchool;

TEST_F(Section_R4, FilingCutShortIsFinishedByDoingItAgain) {
  auto accepted = [](TestSchool& fresh) {
    fresh.start_visiting();
    fresh.hand_in(1);
    fresh.accept(1);
  };
  expect_safe_to_repeat(accepted, [](TestSchool& fresh) { return file_in_section(fresh.ports, fresh.school_id, fresh.visits[1]).ok(); });
}

}  // namespace
}  // namespace shide::workflow
