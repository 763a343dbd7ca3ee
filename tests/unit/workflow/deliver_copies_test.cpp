// Copies outside: made once however often it is tried, taken down first, never pushed without a last look, and told when somebody
// changed them there (D10, S98, R4).
#include "workflow/deliver_copies.h"

#include <gmock/gmock.h>

#include "privacy/clearance.h"
#include "support/interrupted.h"
#include "support/outside.h"

namespace shide::workflow {
namespace {

using model::CopyState;
using model::Delivery;
using model::DeliveryKind;
using model::DeliveryState;
using model::Post;
using model::PostCopy;
using testing::expect_safe_to_repeat;
using testing::Outside;
using testing::PlainPublisher;
using testing::TestSchool;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

using Copies_D10 = Outside;

TEST_F(Copies_D10, APublishedPostGetsOneCopyAndItsAddressIsKept) {
  Id<Post> id = standing();
  EXPECT_EQ(shown(id), 1);
  EXPECT_EQ(copy().address, "https://plain.example/1");
  EXPECT_EQ(copy().seen_at, school.clock->now());
  site->forget_asked();
  work_for(10 * kMinute);
  EXPECT_THAT(site->asked(), Not(Contains(StartsWith("publish"))));
}

TEST_F(Copies_D10, WithoutAnotherSiteNothingIsKept) {
  school.ports.publisher = std::make_unique<ports::NullPublisher>();
  withdraw(approved());
  EXPECT_THAT(school.rows<PostCopy>(), IsEmpty());
  EXPECT_EQ(*deliver_copies(school.ports), 0);
  EXPECT_EQ(*look_at_copies(school.ports), 0);
}

TEST_F(Copies_D10, ASiteThatIsDownKeepsOurOwnPagesUpAndGetsItsCopyLater) {
  site->is_silent = true;
  Id<Post> id = approved();
  EXPECT_TRUE(open_post(school.ports, visitor(), id));
  work_for(5 * kHour);
  EXPECT_EQ(copy().state, CopyState::kWanted);
  site->is_silent = false;
  work_for(kHour + kMinute);
  EXPECT_EQ(shown(id), 1);
}

TEST_F(Copies_D10, AnAnswerThatIsLostMakesNoSecondCopy) {
  site->loses_answers = true;
  Id<Post> id = approved();
  work_for(10 * kMinute);
  EXPECT_EQ(shown(id), 1);
  EXPECT_EQ(copy().state, CopyState::kWanted) << "nobody has told";
  site->loses_answers = false;
  work_for(kHour);
  EXPECT_EQ(shown(id), 1);
  EXPECT_EQ(site->articles().size(), 1u);
  EXPECT_EQ(copy().state, CopyState::kStanding);
}

TEST_F(Copies_D10, ViewsAreTakenOver) {
  Id<Post> id = standing();
  site->count_views(ports::copy_name(id), 41);
  work_for(2 * kMinute);
  EXPECT_EQ(copy().views, 41);
}

TEST_F(Copies_D10, NeverMoreThanTwoAtATime) {
  site->is_silent = false;
  for (int i = 0; i < 12; ++i) approved();
  deliver();
  EXPECT_EQ(site->articles().size(), 12u);
  EXPECT_LE(site->most_in_flight(), kMostInFlight);
  EXPECT_FALSE(site->was_ever_doubled());
}

using CopyMove_D10 = Outside;

TEST_F(CopyMove_D10, FollowsThePostToItsShelfAndLeavesTheWords) {
  Id<Post> id = standing();
  site->change_by_hand(ports::copy_name(id));
  work_for(2 * kMinute);
  ASSERT_TRUE(move_post(school.ports, school.editor, id, "voices"));
  deliver();
  EXPECT_EQ(site->articles().front().shelf, model::Shelf::kVoices);
  EXPECT_EQ(copy().state, CopyState::kChanged) << "still told at the desk";
  EXPECT_EQ(delivery().state, DeliveryState::kDone);
}

TEST_F(CopyMove_D10, BeforeTheFirstPushIsNoSecondErrand) {
  Id<Post> id = approved();
  ASSERT_TRUE(move_post(school.ports, school.editor, id, "voices"));
  deliver();
  EXPECT_EQ(school.rows<Delivery>().size(), 1u);
  EXPECT_EQ(site->articles().front().shelf, model::Shelf::kVoices);
}

TEST_F(CopyMove_D10, DuringAPushWhoseAnswerIsLostEndsOnTheLastShelf) {
  Id<Post> id = approved();
  bool moved = false;
  site->while_asked = [&](const std::string& what) {
    if (!what.starts_with("publish") || moved) return;
    moved = true;
    ASSERT_TRUE(move_post(school.ports, school.editor, id, "voices"));
    site->loses_answers = true;
  };
  deliver();
  ASSERT_TRUE(moved);
  site->loses_answers = false;
  work_for(kHour);
  EXPECT_EQ(site->articles().size(), 1u);
  EXPECT_EQ(site->articles().front().shelf, model::Shelf::kVoices);
  EXPECT_EQ(copy().state, CopyState::kStanding);
}

TEST_F(CopyMove_D10, OfWhatIsWithdrawnOrGoneBringsNothingBack) {
  Id<Post> id = standing();
  site->remove_by_hand(ports::copy_name(id));
  ASSERT_TRUE(move_post(school.ports, school.editor, id, "voices"));
  deliver();
  EXPECT_THAT(site->articles(), IsEmpty());
  EXPECT_EQ(copy().state, CopyState::kGone);
  withdraw(id);
  work_for(kHour);
  ASSERT_TRUE(move_post(school.ports, school.editor, id, "notes"));
  work_for(kHour);
  EXPECT_THAT(site->articles(), IsEmpty());
}

using CopyWithdrawal_D1 = Outside;

TEST_F(CopyWithdrawal_D1, TakesTheCopyAwayForGood) {
  Id<Post> id = standing();
  withdraw(id);
  deliver();
  EXPECT_THAT(site->articles(), IsEmpty());
  EXPECT_EQ(copy().state, CopyState::kWithdrawn);
}

TEST_F(CopyWithdrawal_D1, ComesBeforeEverythingElse) {
  Id<Post> id = standing();
  for (int i = 0; i < 5; ++i) approved();
  withdraw(id);
  site->forget_asked();
  deliver();
  EXPECT_THAT(site->asked().front(), "withdraw " + id.value);
}

TEST_F(CopyWithdrawal_D1, WhatWasNeverSentIsNeverSent) {
  Id<Post> id = approved();
  withdraw(id);
  site->forget_asked();
  work_for(kHour);
  EXPECT_THAT(site->asked(), Not(Contains(StartsWith("publish"))));
  EXPECT_EQ(copy().state, CopyState::kWithdrawn);
}

TEST_F(CopyWithdrawal_D1, InTheMiddleOfAPushItWaitsForItAndThenWins) {
  Id<Post> id = approved();
  bool withdrawn = false;
  site->while_asked = [&](const std::string& what) {
    if (!what.starts_with("publish") || withdrawn) return;
    withdrawn = true;
    withdraw(id);
    deliver();  // another worker
  };
  deliver();
  ASSERT_TRUE(withdrawn);
  EXPECT_EQ(site->asked().front(), "publish " + id.value);
  deliver();
  EXPECT_THAT(site->articles(), IsEmpty());
  EXPECT_EQ(copy().state, CopyState::kWithdrawn);
}

TEST_F(CopyWithdrawal_D1, WhatIsPutBackThereIsTakenDownAgain) {
  Id<Post> id = standing();
  withdraw(id);
  deliver();
  site->put_back_by_hand(ports::copy_name(id));
  work_for(3 * kMinute);
  EXPECT_EQ(shown(id), 0);
}

TEST_F(CopyWithdrawal_D1, ThatTakesLongIsToldToAPersonAsWell) {
  Id<Post> id = standing();
  site->is_silent = true;
  withdraw(id);
  work_for(5 * kMinute);
  EXPECT_THAT(school.rows<model::PublicTask>(), IsEmpty());
  work_for(15 * kMinute);
  ASSERT_EQ(school.rows<model::PublicTask>().size(), 1u);
  EXPECT_EQ(school.rows<model::PublicTask>().front().address, "https://plain.example/1");
  site->is_silent = false;
  work_for(3 * kMinute);
  EXPECT_EQ(shown(id), 0);
}

TEST_F(CopyWithdrawal_D1, FromASiteThatIsNotOursAnyMoreIsAPersonsTask) {
  Id<Post> id = standing();
  school.ports.publisher = std::make_unique<ports::NullPublisher>();
  withdraw(id);
  EXPECT_EQ(school.rows<model::PublicTask>().size(), 1u);
  EXPECT_EQ(copy().state, CopyState::kLeft);
}

using CopyClearance_S98 = Outside;

TEST_F(CopyClearance_S98, IsAskedImmediatelyBeforeEachPush) {
  approved();
  school.amend<model::Approval>([](model::Approval& approval) {
    approval.text_sha256 = "of another text";
    return true;
  });
  deliver();
  EXPECT_THAT(site->articles(), IsEmpty());
  EXPECT_EQ(delivery().problem, "copy_problem.not_cleared");
}

using CopyRetry_R4 = Outside;

TEST_F(CopyRetry_R4, PausesGrowSpreadAndRepeatWithTheirSeed) {
  for (auto [kind, longest] : {std::pair{DeliveryKind::kPublish, kHour}, {DeliveryKind::kWithdraw, kMinute}}) {
    Chance one(7), same(7);
    for (std::int64_t attempts = 1; attempts <= kMostAttempts; ++attempts) {
      std::int64_t whole = std::min(longest, kSecond << std::min<std::int64_t>(attempts, 12));
      std::int64_t pause = pause_after_attempt(attempts, kind, one);
      EXPECT_GE(pause, whole / 2);
      EXPECT_LE(pause, whole);
      EXPECT_EQ(pause, pause_after_attempt(attempts, kind, same));
    }
  }
}

TEST_F(CopyRetry_R4, WhatIsRefusedTwentyTimesWaitsForAPerson) {
  site->refuses = true;
  approved();
  work_for(20 * kHour);
  EXPECT_EQ(delivery().state, DeliveryState::kDead);
  EXPECT_EQ(delivery().attempts, kMostAttempts);
  EXPECT_EQ(delivery().problem, "copy_problem.refused");
  site->refuses = false;
  site->forget_asked();
  work_for(kDay);
  EXPECT_THAT(site->asked(), Not(Contains(StartsWith("publish"))));
}

TEST_F(CopyRetry_R4, ASilentSiteIsLetRestAndAskedHowItIsFirst) {
  site->is_silent = true;
  for (int i = 0; i < 8; ++i) approved();
  deliver();
  EXPECT_LE(site->asked().size(), static_cast<std::size_t>(kSilencesBeforeRest + 1)) << "not each of the eight";
  ASSERT_EQ(school.rows<model::CopyHost>().size(), 1u);
  EXPECT_TRUE(school.rows<model::CopyHost>().front().rests_until);
  site->forget_asked();
  deliver();
  EXPECT_THAT(site->asked(), IsEmpty()) << "it rests";
  school.clock->advance(2 * kMinute);
  deliver();
  EXPECT_THAT(site->asked(), ElementsAre("advice"));
  site->is_silent = false;
  school.clock->advance(2 * kMinute);
  deliver();
  EXPECT_EQ(site->articles().size(), 8u);
  EXPECT_FALSE(school.rows<model::CopyHost>().front().rests_until);
  EXPECT_FALSE(school.rows<model::CopyHost>().front().silent_since);
}

TEST_F(CopyRetry_R4, AWholeDayOfSilenceUsesUpNobodysAttempts) {
  site->is_silent = true;
  Id<Post> id = approved();
  work_for(kDay);
  EXPECT_EQ(delivery().state, DeliveryState::kWaiting);
  site->is_silent = false;
  work_for(kHour + kMinute);
  EXPECT_EQ(shown(id), 1);
}

TEST_F(CopyRetry_R4, AWorkerThatDiesInTheMiddleLeavesItToTheNext) {
  Id<Post> id = approved();
  site->while_asked = [](const std::string&) { throw std::runtime_error("the worker dies"); };
  EXPECT_THROW(deliver(), std::runtime_error);
  site->while_asked = [](const std::string&) {};
  deliver();
  EXPECT_EQ(shown(id), 0) << "the attempt may still be under way";
  school.clock->advance(kAttemptLasts);
  deliver();
  EXPECT_EQ(shown(id), 1);
}

TEST_F(CopyRetry_R4, CutShortAnywhereItIsFinishedByTheNextRun) {
  auto ready = [](TestSchool& fresh) {
    join(fresh);
    fresh.start_visiting();
    fresh.finish_five();
    auto post = compose_post(fresh.ports, fresh.editor, testing::digest_of(fresh));
    ASSERT_TRUE(request_review(fresh.ports, fresh.editor, post->id));
    ASSERT_TRUE(approve_post(fresh.ports, fresh.office, post->id, ""));
    ASSERT_TRUE(run_outbox(fresh.ports));
  };
  auto all_jobs = [](TestSchool& fresh) {
    for (int i = 0; i < 3; ++i) {
      (void)deliver_copies(fresh.ports);
      fresh.clock->advance(2 * kMinute);
    }
    auto* other = static_cast<PlainPublisher*>(fresh.ports.publisher.get());
    return other->articles().size() == 1 && !other->was_ever_doubled() && fresh.rows<Delivery>().front().state == DeliveryState::kDone;
  };
  // How often it was tried differs, of course; what came of it must not.
  expect_safe_to_repeat(ready, all_jobs, {"audit_events", "outbox_events", "deliveries", "copy_hosts"});
}

/// Posts that are already out, as many as are wanted, each with a copy that is still to be made.
class CopyExactlyOnce_R4 : public Outside {
 protected:
  std::vector<Id<Post>> many(int count) {
    std::vector<Id<Post>> ids;
    school.write([&](ports::Unit& unit) -> Result<void> {
      for (int i = 0; i < count; ++i) {
        Post post;
        post.id = new_id<Post>(school.clock->now());
        post.school_id = school.school_id;
        post.kind = model::PostKind::kAnswer;
        post.state = model::PostState::kPublished;
        post.title = "学校已经在做";
        post.body = "已经在做。";
        post.author_id = school.editor.account;
        post.published_at = school.clock->now();
        model::Approval approval;
        approval.id = new_id<model::Approval>(school.clock->now());
        approval.school_id = school.school_id;
        approval.post_id = post.id;
        approval.text_sha256 = privacy::text_sha256(post);
        approval.approved_by = school.office.account;
        approval.approved_at = school.clock->now();
        SHIDE_CHECK(unit.of<Post>().save(post));
        SHIDE_CHECK(unit.of<model::Approval>().save(approval));
        SHIDE_CHECK(want_copy(unit, post, site->host(), school.clock->now()));
        ids.push_back(post.id);
      }
      return {};
    });
    return ids;
  }
  /// The worker dies in the middle of a call, and another takes over once the claim is over.
  void die_in_the_middle() {
    std::atomic<int> calls_left = 5;
    site->while_asked = [&](const std::string&) {
      if (--calls_left == 0) throw std::runtime_error("the worker dies");
    };
    try {
      deliver();
    } catch (const std::runtime_error&) {
    }
    site->while_asked = [](const std::string&) {};
  }
  bool is_anything_waiting() const {
    auto all = school.rows<Delivery>();
    return std::any_of(all.begin(), all.end(), [](const Delivery& one) { return one.state == DeliveryState::kWaiting; });
  }
};

TEST_F(CopyExactlyOnce_R4, PostsAndWithdrawalsThroughFaultsAndRestartsOfBothSides) {
  constexpr int kPosts = 200, kRestarts = 20;
  std::vector<Id<Post>> posts = many(kPosts);
  Chance dice(30);
  site->fails = [&] { return dice.between(1, 100) <= 9; };  // of a push with its four steps every third
  std::set<std::string> withdrawn;
  int rounds = 0, restarts = 0;
  for (; rounds < 1000 && (is_anything_waiting() || restarts < kRestarts); ++rounds) {
    const Id<Post>& one = posts[static_cast<std::size_t>(dice.between(0, kPosts - 1))];
    if (withdrawn.size() < kPosts / 4 && withdrawn.insert(one.value).second) withdraw(one);
    if (restarts < kRestarts && rounds % 2 == 0) {
      ++restarts;
      if (rounds % 4 == 0) die_in_the_middle();
      else site->is_silent = true;  // it is restarted
    }
    deliver();
    site->is_silent = false;
    school.clock->advance(kMinute);
  }
  EXPECT_LT(rounds, 1000);
  EXPECT_EQ(restarts, kRestarts);
  EXPECT_FALSE(site->was_ever_doubled());
  for (const Id<Post>& id : posts) EXPECT_EQ(shown(id), withdrawn.count(id.value) ? 0 : 1) << id.value;
  EXPECT_EQ(site->articles().size(), static_cast<std::size_t>(kPosts) - withdrawn.size()) << "no draft is left behind";
  for (const Delivery& one : school.rows<Delivery>()) EXPECT_NE(one.state, DeliveryState::kDead);
}

using CopyByHand_D10 = Outside;

TEST_F(CopyByHand_D10, AChangeThereIsNoticedAndNotUndoneInSilence) {
  Id<Post> id = standing();
  site->change_by_hand(ports::copy_name(id));
  work_for(2 * kMinute);
  EXPECT_EQ(copy().state, CopyState::kChanged);
  work_for(kDay);
  EXPECT_THAT(site->articles().front().html, ::testing::EndsWith("<p>x</p>"));
  site->remove_by_hand(ports::copy_name(id));
  work_for(3 * kHour + kMinute);
  EXPECT_EQ(copy().state, CopyState::kGone);
  EXPECT_THAT(site->articles(), IsEmpty());
}

TEST_F(CopyByHand_D10, ASiteThatRefusesToTellIsNotAskedAtEveryTick) {
  standing();
  site->refuses = true;
  site->forget_asked();
  work_for(25 * kMinute);
  EXPECT_LE(site->asked().size(), 3u);
  EXPECT_EQ(copy().state, CopyState::kStanding) << "nothing is known";
}

TEST_F(CopyByHand_D10, WhatIsHiddenThereIsGoneAndWhatComesBackStandsAgain) {
  Id<Post> id = standing();
  site->hide_by_hand(ports::copy_name(id));
  work_for(2 * kMinute);
  EXPECT_EQ(copy().state, CopyState::kGone);
  site->remove_by_hand(ports::copy_name(id));
  site->put_back_by_hand(ports::copy_name(id));
  work_for(2 * kMinute);
  EXPECT_EQ(copy().state, CopyState::kChanged) << "there again, and not with our words";
}

}  // namespace
}  // namespace shide::workflow
