// From a ticket of the school's own site to a session: once, in the browser that asked, for whom the holder of the account linked.
#include "workflow/site_sign_in.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/one_time_code.h"
#include "support/filled_tables.h"
#include "support/plain_directory.h"
#include "support/refusal.h"
#include "support/test_school.h"
#include "workflow/second_factor.h"

namespace shide::workflow {
namespace {

using model::Session;
using model::SiteLink;
using testing::refusal;
using testing::PlainDirectory;
using testing::TestSchool;

class SiteSignIn : public ::testing::Test {
 protected:
  SiteSignIn() { school.ports.directory = std::make_unique<PlainDirectory>(*school.clock); }
  static std::string nonce(int number) { return "nonce-of-the-browser-" + std::to_string(number); }
  ports::SiteTicket ticket(int number, const std::string& user = "7") { return PlainDirectory::ticket(school.clock->now(), user, nonce(number), "/my"); }
  Result<SiteArrival> come(int number, const std::string& user = "7") { return arrive(school.ports, ticket(number, user), nonce(number)); }
  void link(const std::string& user = "7", const char* login = "0300") {
    ASSERT_TRUE(come(++counter_, user));
    ASSERT_TRUE(link_site_user(school.ports, login, "correct horse 9", nonce(counter_)));
  }
  Result<int> notice(const std::string& session, const std::string& user = "7") {
    return end_site_sessions(school.ports, PlainDirectory::notice(school.clock->now(), user, nonce(++counter_), session));
  }
  bool is_open(const std::string& token) { return resume_session(school.ports, token).ok(); }
  TestSchool school;
  int counter_ = 1000;
};

TEST_F(SiteSignIn, WhoIsNobodyHereLinksOnceWithThePasswordAndIsKnownFromThen_D13) {
  auto first = come(1);
  ASSERT_TRUE(first);
  EXPECT_FALSE(first->signed_in);
  EXPECT_EQ(first->return_path, "/my");
  EXPECT_TRUE(school.rows<Session>().empty());
  auto linked = link_site_user(school.ports, "0300", "correct horse 9", nonce(1));
  ASSERT_TRUE(linked);
  auto again = come(2);
  ASSERT_TRUE(again && again->signed_in);
  EXPECT_EQ(again->signed_in->actor.account.value, linked->actor.account.value);
  EXPECT_TRUE(again->signed_in->actor.has(model::Role::kHomeroomTeacher)) << "the section's own roles, not the site's";
}

TEST_F(SiteSignIn, AnAccountOpenedByACodeIsLinkedByTheCodeAndNotByThePasswordAlone_D13) {
  auto session = sign_in(school.ports, "0300", "correct horse 9");
  ASSERT_TRUE(begin_second_factor(school.ports, session->actor, "correct horse 9"));
  std::string secret = second_factor(school.ports, session->actor)->waiting;
  auto shown = [&] { return one_time_code(*from_base32(secret), one_time_step(school.clock->now())); };
  ASSERT_TRUE(confirm_second_factor(school.ports, session->actor, session->token, shown()));
  school.clock->advance(kOneTimeStep);
  ASSERT_TRUE(come(1));
  auto half = link_site_user(school.ports, "0300", "correct horse 9", nonce(1));
  ASSERT_TRUE(half);
  EXPECT_EQ(half->due, SecondFactorDue::kCode);
  EXPECT_TRUE(school.rows<SiteLink>().empty());
  EXPECT_FALSE(come(2)->signed_in) << "the site's user is still nobody here";
  auto whole = give_code(school.ports, half->token, shown());
  ASSERT_TRUE(whole);
  ASSERT_TRUE(link_after_code(school.ports, whole->token));
  ASSERT_TRUE(link_after_code(school.ports, whole->token)) << "sent twice";
  EXPECT_EQ(school.rows<SiteLink>().size(), 1u);
  auto known = come(3);
  ASSERT_TRUE(known && known->signed_in);
  EXPECT_EQ(known->signed_in->due, SecondFactorDue::kCode) << "and asked for it again";
}

TEST_F(SiteSignIn, ACodeAfterAnOrdinarySignInLinksNobody) {
  ASSERT_TRUE(come(1));
  auto session = sign_in(school.ports, "0300", "correct horse 9");
  ASSERT_TRUE(link_after_code(school.ports, session->token));
  EXPECT_TRUE(school.rows<SiteLink>().empty());
}

TEST_F(SiteSignIn, ATicketIsTakenOnce) {
  link();
  ports::SiteTicket one = ticket(1);
  ASSERT_TRUE(arrive(school.ports, one, nonce(1)));
  auto sessions = school.rows<Session>().size();
  auto replayed = arrive(school.ports, one, nonce(1));
  EXPECT_EQ(refusal(replayed), "site.used");
  EXPECT_EQ(school.rows<Session>().size(), sessions);
}

TEST_F(SiteSignIn, ATicketCountsOnlyInTheBrowserThatAskedForIt) {
  link();
  auto before = filled_tables(*school.store);
  for (const std::string& other : {std::string(), nonce(2), nonce(1) + "x"}) {
    auto refused = arrive(school.ports, ticket(1), other);
    EXPECT_EQ(refusal(refused), "site.other_browser");
  }
  EXPECT_EQ(filled_tables(*school.store), before) << "not even the ticket is used up";
}

TEST_F(SiteSignIn, AForgedOrOldTicketLeavesNoTrace) {
  auto before = filled_tables(*school.store);
  ports::SiteTicket forged = ticket(1);
  forged.user = "8";
  EXPECT_EQ(refusal(arrive(school.ports, forged, nonce(1))), "site.forged");
  ports::SiteTicket old = ticket(1);
  school.clock->advance(2 * kMinute);
  EXPECT_EQ(refusal(arrive(school.ports, old, nonce(1))), "site.expired");
  EXPECT_EQ(filled_tables(*school.store), before);
}

TEST_F(SiteSignIn, LinkingNeedsThePasswordHasTenMinutesAndIsForGood) {
  ASSERT_TRUE(come(1));
  EXPECT_EQ(refusal(link_site_user(school.ports, "0300", "wrong", nonce(1))), "sign_in.wrong");
  EXPECT_EQ(refusal(link_site_user(school.ports, "0300", "correct horse 9", nonce(99))), "site.start_again") << "nobody came with that nonce";
  EXPECT_TRUE(school.rows<SiteLink>().empty());
  ASSERT_TRUE(link_site_user(school.ports, "0300", "correct horse 9", nonce(1)));
  EXPECT_EQ(refusal(link_site_user(school.ports, "0302", "correct horse 9", nonce(1))), "site.start_again") << "not anew to somebody else";
  EXPECT_EQ(school.rows<SiteLink>().size(), 1u);
  ASSERT_TRUE(come(2, "8"));
  school.clock->advance(11 * kMinute);
  EXPECT_EQ(refusal(link_site_user(school.ports, "0302", "correct horse 9", nonce(2))), "site.start_again");
}

TEST_F(SiteSignIn, AnAccountThatWasClosedIsNotOpenedByTheSite) {
  link();
  auto open = come(1);
  ASSERT_TRUE(open && open->signed_in);
  school.amend<model::Account>([](model::Account& one) { return one.login == "0300" ? (one.disabled = true) : false; });
  EXPECT_FALSE(is_open(open->signed_in->token)) << "at once, in mid-session";
  auto refused = come(2);
  EXPECT_EQ(refusal(refused), "site.account_closed");
}

TEST_F(SiteSignIn, SigningOutThereEndsThatSessionHereAndNoOther) {
  link();
  auto desk = come(1);
  auto phone = arrive(school.ports, PlainDirectory::signed_word("ticket", {"7", "phone", PlainDirectory::seconds(school.clock->now()), nonce(2), "", ""}), nonce(2));
  auto by_password = sign_in(school.ports, "0300", "correct horse 9");
  ASSERT_TRUE(desk && phone && by_password);
  EXPECT_EQ(*notice("phone"), 1);
  EXPECT_FALSE(is_open(phone->signed_in->token));
  EXPECT_TRUE(is_open(desk->signed_in->token));
  EXPECT_EQ(*notice(""), 2) << "the one linked with, and the desk's";
  EXPECT_FALSE(is_open(desk->signed_in->token));
  EXPECT_TRUE(is_open(by_password->token)) << "the site has no say about it";
  EXPECT_EQ(*notice("", "99"), 0) << "nobody here";
}

TEST_F(SiteSignIn, ANoticeIsHeardOnceAndOnlyFromTheSite) {
  link();
  auto desk = come(1);
  ports::SiteTicket once = PlainDirectory::notice(school.clock->now(), "7", nonce(5));
  ASSERT_TRUE(end_site_sessions(school.ports, once));
  EXPECT_EQ(refusal(end_site_sessions(school.ports, once)), "site.used");
  once.nonce = nonce(6);
  EXPECT_EQ(refusal(end_site_sessions(school.ports, once)), "site.forged");
}

TEST_F(SiteSignIn, SigningOutHereTellsWhichSessionThere) {
  link();
  auto desk = come(1);
  auto left = sign_out(school.ports, desk->signed_in->actor, desk->signed_in->token);
  ASSERT_TRUE(left);
  EXPECT_EQ(*left, "session-of-7");
  auto by_password = sign_in(school.ports, "0302", "correct horse 9");
  EXPECT_EQ(*sign_out(school.ports, by_password->actor, by_password->token), "");
}

TEST_F(SiteSignIn, TheAdministratorUndoesALinkAndWhatCameByIt) {
  link();
  auto desk = come(1);
  Id<model::Account> account = desk->signed_in->actor.account;
  EXPECT_EQ(refusal(unlink_site(school.ports, school.office, account)), testing::kNoSuchThing);
  EXPECT_EQ(*unlink_site(school.ports, school.it_admin, account), 1);
  EXPECT_FALSE(is_open(desk->signed_in->token));
  auto next = come(2);
  ASSERT_TRUE(next);
  EXPECT_FALSE(next->signed_in);
}

TEST_F(SiteSignIn, UsedTicketsAreSweptAfterADay) {
  ASSERT_TRUE(come(1));
  school.clock->advance(25 * kHour);
  ASSERT_TRUE(come(2));
  EXPECT_EQ(school.rows<model::UsedTicket>().size(), 1u);
}

TEST_F(SiteSignIn, WithoutASiteThereIsNoSuchWay) {
  school.ports.directory = std::make_unique<ports::NullDirectory>();
  EXPECT_EQ(refusal(come(1)), testing::kNoSuchThing);
  EXPECT_EQ(refusal(notice("")), testing::kNoSuchThing);
}

}  // namespace
}  // namespace shide::workflow
