// The reading of a record by someone who was not there (declared in workflow/record.h).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/interrupted.h"
#include "support/refusal.h"
#include "workflow/record.h"

namespace shide::workflow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;
using testing::expect_safe_to_repeat;
using testing::fields;
using testing::kNoSuchThing;
using testing::problems;
using testing::refusal;
using testing::TestSchool;

const ReviewForm kAccept{true, "", "2", "21"};
const ReviewForm kSendBack{false, "再补一句商量好的办法", "", ""};

/// Two records handed in: the first of the leader's own visit, the second of a team without her.
class Reading : public ::testing::Test {
 protected:
  Reading() {
    school.start_visiting();
    school.hand_in(0);
    school.hand_in(1);
  }
  Result<model::VisitRecord> review(const model::Actor& actor, int index, const ReviewForm& form = kAccept) {
    return review_record(school.ports, actor, school.visits[index], form);
  }
  Result<ReviewSheet> sheet(const model::Actor& actor, int index) { return review_sheet(school.ports, actor, school.visits[index]); }
  std::vector<Id<model::Visit>> waiting(const model::Actor& actor) {
    std::vector<Id<model::Visit>> ids;
    auto found = waiting_for_review(school.ports, actor, school.campaign);
    for (const Dossier& one : *found) ids.push_back(one.visit.id);
    return ids;
  }
  model::VisitRecord record(int index) { return *dossier(school.ports, school.as(school.homeroom[index]), school.visits[index])->record; }
  TestSchool school;
};

using Review_D9 = Reading;

TEST_F(Review_D9, TheLeaderDoesNotReadTheOwnVisitTheOfficeDoes) {
  EXPECT_EQ(refusal(review(school.leader(), 0)), "record.own_visit");
  EXPECT_TRUE(review(school.office, 0));
}

TEST_F(Review_D9, NobodyOfTheTeamReadsItWhateverElseTheyAre) {
  for (const model::Teacher& teacher : {school.homeroom[0], school.companion[0]}) {
    EXPECT_EQ(refusal(review(school.also(teacher, model::Role::kStudentOffice), 0)), "record.own_visit");
    EXPECT_EQ(refusal(sheet(school.also(teacher, model::Role::kStudentOffice), 0)), kNoSuchThing);
  }
}

TEST_F(Review_D9, NotEvenWhoWasNamedAndDidNotCome) {
  ASSERT_TRUE(review(school.office, 0, kSendBack));
  ASSERT_TRUE(set_attendance(school.ports, school.as(school.homeroom[0]), school.visits[0], school.companion[0].id, false));
  visit::RecordForm form = TestSchool::full_form("丁小满");
  form.alone_reason = "同行老师发烧";
  ASSERT_TRUE(save_record(school.ports, school.as(school.homeroom[0]), school.visits[0], record(0).version, form, {}));
  school.submit(0);
  EXPECT_EQ(refusal(review(school.leader(), 0)), "record.own_visit");
  EXPECT_TRUE(review(school.office, 0));
}

TEST_F(Review_D9, TheOfficeDoesNotReadInTheLeadersPlace) {
  EXPECT_EQ(refusal(review(school.office, 1)), kNoSuchThing);
  EXPECT_TRUE(review(school.leader(), 1));
}

TEST_F(Review_D9, ForOthersThereIsNothingToRead) {
  for (const model::Actor& other : {school.as(school.homeroom[2]), school.head, school.committee, school.editor, school.hr, school.auditor, school.it_admin}) {
    EXPECT_EQ(refusal(review(other, 1)), kNoSuchThing);
    EXPECT_EQ(refusal(sheet(other, 1)), kNoSuchThing);
  }
  EXPECT_EQ(refusal(waiting_for_review(school.ports, school.hr, school.campaign)), kNoSuchThing);
}

TEST_F(Review_D9, EachReaderFindsWhatIsTheirsToRead) {
  EXPECT_EQ(waiting(school.leader()), std::vector{school.visits[1]});
  EXPECT_EQ(waiting(school.office), std::vector{school.visits[0]});
  ASSERT_TRUE(review(school.leader(), 1));
  EXPECT_THAT(waiting(school.leader()), IsEmpty());
  EXPECT_THAT(waiting(school.office), UnorderedElementsAre(school.visits[0], school.visits[1])) << "the accepted one wants a second reading";
}

using Review_S98 = Reading;

TEST_F(Review_S98, TheGradeLeaderReadsWithNamesTakenOutTheOfficeInFull) {
  auto masked = sheet(school.leader(), 1);
  ASSERT_TRUE(masked) << masked.error().detail;
  EXPECT_THAT(masked->narrative, Not(HasSubstr("周可欣")));
  EXPECT_THAT(masked->narrative, HasSubstr("奖状"));
  EXPECT_THAT(masked->preparation, HasSubstr("爱提问"));
  EXPECT_THAT(sheet(school.office, 0)->narrative, HasSubstr("丁小满"));
}

TEST_F(Review_S98, EveryReadingIsLogged) {
  ASSERT_TRUE(sheet(school.leader(), 1));
  auto events = school.rows<model::AuditEvent>();
  EXPECT_TRUE(std::any_of(events.begin(), events.end(), [&](const auto& one) { return one.verb == "read_record" && one.object_id == school.visits[1].value; }));
}

using Review_S72_S93 = Reading;

TEST_F(Review_S72_S93, AnAcceptanceNeedsBothMarksWithinTheirRange) {
  EXPECT_THAT(problems(review(school.leader(), 1, {true, "", "", ""})), ElementsAre("preparation_mark: record.mark_missing", "quality_mark: record.mark_missing"));
  EXPECT_THAT(problems(review(school.leader(), 1, {true, "", "3", "26"})), ElementsAre("preparation_mark: field.not_number", "quality_mark: field.not_number"));
  auto accepted = review(school.leader(), 1);
  EXPECT_EQ(accepted->preparation_mark, 2);
  EXPECT_EQ(accepted->quality_marks, "21");
  EXPECT_EQ(accepted->reviewed_by, school.leader().account);
}

TEST_F(Review_S72_S93, ASendBackNeedsAReasonAndReachesTheWriterInPlace) {
  EXPECT_THAT(fields(review(school.leader(), 1, {false, " ", "", ""})), ElementsAre("reason"));
  ASSERT_TRUE(review(school.leader(), 1, kSendBack));
  EXPECT_EQ(record(1).review_reason, "再补一句商量好的办法");
  EXPECT_EQ(record(1).state, model::RecordState::kReturned);
  EXPECT_EQ(refusal(review(school.leader(), 1)), "record.not_submitted") << "the writer has it";
  school.submit(1);
  EXPECT_TRUE(review(school.leader(), 1));
}

TEST_F(Review_S72_S93, AcceptedOnceItStaysAsItWasAccepted) {
  ASSERT_TRUE(review(school.leader(), 1));
  EXPECT_EQ(review(school.leader(), 1, {true, "", "0", "3"})->quality_marks, "21");
  EXPECT_EQ(refusal(review(school.leader(), 1, kSendBack)), "record.not_submitted");
}

using SecondReading_S81_D9 = Reading;

TEST_F(SecondReading_S81_D9, IsTheOfficesAndMakesTwoMarks) {
  ASSERT_TRUE(review(school.leader(), 1));
  EXPECT_EQ(refusal(second_reading(school.ports, school.leader(), school.visits[1], "23")), kNoSuchThing);
  EXPECT_THAT(fields(second_reading(school.ports, school.office, school.visits[1], "")), ElementsAre("quality_mark"));
  EXPECT_EQ(second_reading(school.ports, school.office, school.visits[1], "23")->quality_marks, "21 23");
  EXPECT_EQ(refusal(second_reading(school.ports, school.office, school.visits[1], "25")), kNoSuchThing) << "two are two";
}

TEST_F(SecondReading_S81_D9, IsNeverTheFirstReadersOwn) {
  ASSERT_TRUE(review(school.office, 0));
  EXPECT_EQ(refusal(second_reading(school.ports, school.office, school.visits[0], "25")), kNoSuchThing);
  model::Actor colleague = school.add_staff("白芷", model::Role::kStudentOffice, "office2");
  EXPECT_EQ(second_reading(school.ports, colleague, school.visits[0], "25")->quality_marks, "21 25");
}

using Review_R4 = Reading;

TEST_F(Review_R4, AnAcceptanceCutShortIsFinishedByAcceptingAgain) {
  expect_safe_to_repeat(
      [](TestSchool& fresh) {
        fresh.start_visiting();
        fresh.hand_in(1);
      },
      [](TestSchool& fresh) { return review_record(fresh.ports, fresh.leader(), fresh.visits[1], kAccept).ok(); });
}

}  // namespace
}  // namespace shide::workflow
