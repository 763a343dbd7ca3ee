// What a person decides about copies outside, who may, and what is left of it in the audit (D10).
#include "workflow/copies.h"

#include <gmock/gmock.h>

#include "support/outside.h"
#include "support/refusal.h"

namespace shide::workflow {
namespace {

using model::CopyState;
using model::Delivery;
using model::DeliveryState;
using model::Post;
using model::PostCopy;
using testing::kNoSuchThing;
using testing::Outside;
using testing::refusal;
using ::testing::Contains;
using ::testing::IsEmpty;

class CopiesDesk_D10 : public Outside {
 protected:
  Id<Post> dead() {
    site->refuses = true;
    Id<Post> id = approved();
    work_for(20 * kHour);
    EXPECT_EQ(delivery().state, DeliveryState::kDead);
    site->refuses = false;
    return id;
  }
  Id<Post> changed() {
    Id<Post> id = standing();
    site->change_by_hand(ports::copy_name(id));
    work_for(2 * kMinute);
    return id;
  }
  std::vector<std::string> verbs_of(const model::Actor& actor) const {
    std::vector<std::string> verbs;
    for (const model::AuditEvent& event : school.rows<model::AuditEvent>()) {
      if (event.actor == actor.trace()) verbs.push_back(event.verb);
    }
    return verbs;
  }
  CopyAtDesk at_desk() { return copies_at_desk(school.ports, school.editor)->front(); }
};

TEST_F(CopiesDesk_D10, ListsWhatStandsAndWhatWaitsForAPerson) {
  Id<Post> id = standing();
  EXPECT_EQ(at_desk().title, digest().title);
  EXPECT_FALSE(needs_person(at_desk()));
  site->change_by_hand(ports::copy_name(id));
  work_for(2 * kMinute);
  EXPECT_TRUE(needs_person(at_desk()));
}

TEST_F(CopiesDesk_D10, TryingAgainBringsADeadOneThere) {
  Id<Post> id = dead();
  EXPECT_TRUE(needs_person(at_desk()));
  ASSERT_TRUE(retry_copy(school.ports, school.editor, copy().id));
  ASSERT_TRUE(retry_copy(school.ports, school.editor, copy().id)) << "sent twice";
  deliver();
  EXPECT_EQ(shown(id), 1);
  EXPECT_THAT(verbs_of(school.editor), Contains("retry_copy"));
}

TEST_F(CopiesDesk_D10, GivingUpEndsItAndIsRemembered) {
  Id<Post> id = dead();
  ASSERT_TRUE(give_up_copy(school.ports, school.office, copy().id));
  ASSERT_TRUE(give_up_copy(school.ports, school.office, copy().id)) << "sent twice";
  EXPECT_EQ(copy().state, CopyState::kLeft);
  EXPECT_EQ(delivery().state, DeliveryState::kGivenUp);
  work_for(kHour);
  EXPECT_EQ(shown(id), 0);
  EXPECT_THAT(verbs_of(school.office), Contains("give_up_copy"));
}

TEST_F(CopiesDesk_D10, OnlyAPersonPutsTheApprovedTextBack) {
  Id<Post> id = changed();
  ASSERT_TRUE(retry_copy(school.ports, school.editor, copy().id));
  deliver();
  EXPECT_EQ(copy().state, CopyState::kStanding);
  EXPECT_EQ(shown(id), 1);
  EXPECT_EQ(site->articles().size(), 1u);
}

TEST_F(CopiesDesk_D10, WhatIsLeftAloneIsStillTakenDownWithItsPost) {
  Id<Post> id = changed();
  ASSERT_TRUE(give_up_copy(school.ports, school.editor, copy().id));
  work_for(kDay);
  EXPECT_EQ(shown(id), 1);
  withdraw(id);
  deliver();
  EXPECT_THAT(site->articles(), IsEmpty());
}

TEST_F(CopiesDesk_D10, GivingUpAWithdrawalMakesItAPersonsTask) {
  Id<Post> id = standing();
  site->refuses = true;
  withdraw(id);
  deliver();
  ASSERT_TRUE(give_up_copy(school.ports, school.office, copy().id));
  ASSERT_EQ(school.rows<model::PublicTask>().size(), 1u);
  EXPECT_EQ(school.rows<model::PublicTask>().front().kind, model::PublicTaskKind::kTakeDown);
  site->refuses = false;
  ASSERT_TRUE(retry_copy(school.ports, school.office, copy().id)) << "and yet it may be tried again";
  deliver();
  EXPECT_EQ(shown(id), 0);
}

TEST_F(CopiesDesk_D10, WhereAllIsWellThereIsNothingToDecide) {
  standing();
  EXPECT_EQ(refusal(retry_copy(school.ports, school.editor, copy().id)), "copies.nothing_to_do");
  EXPECT_EQ(refusal(give_up_copy(school.ports, school.editor, copy().id)), "copies.nothing_to_do");
}

TEST_F(CopiesDesk_D10, TheHeadReadsAndNobodyElseKnows) {
  standing();
  EXPECT_TRUE(copies_at_desk(school.ports, school.head));
  EXPECT_EQ(refusal(retry_copy(school.ports, school.head, copy().id)), kNoSuchThing);
  EXPECT_EQ(refusal(give_up_copy(school.ports, school.head, copy().id)), kNoSuchThing);
  for (const model::Actor& other : {school.hr, school.auditor, school.it_admin, school.committee, school.leader()}) {
    EXPECT_EQ(refusal(copies_at_desk(school.ports, other)), kNoSuchThing);
    EXPECT_EQ(refusal(retry_copy(school.ports, other, copy().id)), kNoSuchThing);
    EXPECT_EQ(refusal(silent_host(school.ports, other)), kNoSuchThing);
  }
}

}  // namespace
}  // namespace shide::workflow
