// What a ticket of the school's own site must be, for whoever reads one: the adapter over its bridge, and the fake of the tests.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "site_bridge/signed_tickets.h"
#include "support/fixed_clock.h"
#include "support/plain_directory.h"
#include "support/refusal.h"

namespace shide::testing {
namespace {

using ports::SiteTicket;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kKey = "0123456789abcdef0123456789abcdef";
constexpr const char* kNonce = "aaaabbbbccccddddeeeeffff";

/// A clock that is given away and still moved.
class SharedClock : public Clock {
 public:
  explicit SharedClock(const FixedClock& clock) : clock_(clock) {}
  Time now() const override { return clock_.now(); }

 private:
  const FixedClock& clock_;
};

struct DirectoryQuirks {
  std::string name;
  std::function<std::unique_ptr<ports::Directory>(const FixedClock&)> make;
  std::function<SiteTicket(bool is_notice, SiteTicket)> sign;
};

class DirectoryContract : public ::testing::TestWithParam<DirectoryQuirks> {
 protected:
  DirectoryContract() : directory_(GetParam().make(clock_)) {}
  SiteTicket fields(Time issued) const { return {"7", "5e55104", PlainDirectory::seconds(issued), kNonce, "/my", ""}; }
  SiteTicket ticket(SiteTicket one) const { return GetParam().sign(false, std::move(one)); }
  std::string read(const SiteTicket& one) const { return refusal(directory_->read_ticket(one)); }
  FixedClock clock_;
  std::unique_ptr<ports::Directory> directory_;
};

TEST_P(DirectoryContract, ASignedTicketTellsWhoAndWhereTo) {
  auto visitor = directory_->read_ticket(ticket(fields(clock_.now())));
  ASSERT_TRUE(visitor);
  EXPECT_EQ(visitor->user, "7");
  EXPECT_EQ(visitor->session, "5e55104");
  EXPECT_EQ(visitor->nonce, kNonce);
  EXPECT_EQ(visitor->return_path, "/my");
}

TEST_P(DirectoryContract, EveryFieldIsSigned) {
  SiteTicket good = ticket(fields(clock_.now()));
  for (std::string SiteTicket::*field : {&SiteTicket::user, &SiteTicket::session, &SiteTicket::issued, &SiteTicket::nonce, &SiteTicket::return_path, &SiteTicket::mac}) {
    SiteTicket other = good;
    other.*field += "1";
    EXPECT_EQ(read(other), "site.forged");
    other.*field = "";
    EXPECT_EQ(read(other), "site.forged");
  }
}

TEST_P(DirectoryContract, AFieldCannotReachIntoTheNext) {
  SiteTicket one = ticket(fields(clock_.now())), moved = one;
  moved.session += "\n" + moved.issued;
  EXPECT_EQ(read(moved), "site.forged");
  SiteTicket two_lines = fields(clock_.now());
  two_lines.return_path = "/my\nx";
  EXPECT_EQ(read(ticket(two_lines)), "site.forged") << "signed, yet no field";
}

TEST_P(DirectoryContract, AMinuteIsItsLife) {
  Time now = clock_.now();
  EXPECT_EQ(read(ticket(fields(now + -59 * kSecond))), "done");
  EXPECT_EQ(read(ticket(fields(now + -62 * kSecond))), "site.expired");
  EXPECT_EQ(read(ticket(fields(now + 20 * kSecond))), "done") << "two clocks differ";
  EXPECT_EQ(read(ticket(fields(now + 40 * kSecond))), "site.expired");
}

TEST_P(DirectoryContract, ATicketIsNoNoticeAndANoticeNoTicket) {
  SiteTicket notice = fields(clock_.now());
  notice.return_path = "";
  notice = GetParam().sign(true, notice);
  EXPECT_EQ(refusal(directory_->read_sign_out(notice)), "done");
  EXPECT_EQ(read(notice), "site.forged");
  EXPECT_EQ(refusal(directory_->read_sign_out(ticket(fields(clock_.now())))), "site.forged");
}

TEST_P(DirectoryContract, OfNoUserAndNoNonceThereIsNoTicket) {
  for (const char* user : {"", "admin", "-1", "7 or 1=1"}) {
    SiteTicket one = fields(clock_.now());
    one.user = user;
    if (*user == 0) one.session = "";
    EXPECT_EQ(read(ticket(one)), "site.forged") << user;
  }
  SiteTicket short_nonce = fields(clock_.now());
  short_nonce.nonce = "abc";
  EXPECT_EQ(read(ticket(short_nonce)), "site.forged");
  SiteTicket long_path = fields(clock_.now());
  long_path.return_path = "/" + std::string(5000, 'a');
  EXPECT_EQ(read(ticket(long_path)), "site.forged");
}

TEST_P(DirectoryContract, ItSaysWhereToSignInAndOut) {
  EXPECT_TRUE(directory_->offers_sign_in());
  EXPECT_THAT(directory_->sign_in_address(kNonce, "/my"), ::testing::AllOf(StartsWith("https://site.example"), HasSubstr(kNonce)));
  EXPECT_THAT(directory_->sign_out_address("5e55104", kNonce), ::testing::AllOf(StartsWith("https://site.example"), HasSubstr("5e55104")));
}

SiteTicket sign_by_key(bool is_notice, SiteTicket one) {
  std::string kind = is_notice ? "shide sign-out 1" : "shide ticket 1";
  one.mac = hmac_sha256_hex(kKey, kind + "\n" + one.user + "\n" + one.session + "\n" + one.issued + "\n" + one.nonce + "\n" + one.return_path);
  return one;
}

INSTANTIATE_TEST_SUITE_P(All, DirectoryContract,
                         ::testing::Values(DirectoryQuirks{"SignedTickets",
                                                           [](const FixedClock& clock) -> std::unique_ptr<ports::Directory> {
                                                             return std::make_unique<site_bridge::SignedTickets>("https://site.example/", kKey, std::make_unique<SharedClock>(clock));
                                                           },
                                                           sign_by_key},
                                           DirectoryQuirks{"InMemory",
                                                           [](const FixedClock& clock) -> std::unique_ptr<ports::Directory> { return std::make_unique<PlainDirectory>(clock); },
                                                           [](bool is_notice, SiteTicket one) { return PlainDirectory::signed_word(is_notice ? "sign-out" : "ticket", std::move(one)); }}),
                         [](const auto& one) { return one.param.name; });

TEST(BridgeAddress, WorksForASiteInAFolderAndForOneWithAQuery) {
  EXPECT_EQ(site_bridge::bridge_address("https://a.example", "shell"), "https://a.example/?shide_bridge=shell");
  EXPECT_EQ(site_bridge::bridge_address("https://a.example/wp/", "shell"), "https://a.example/wp/?shide_bridge=shell");
  EXPECT_EQ(site_bridge::bridge_address("https://a.example/index.php?site=2", "shell"), "https://a.example/index.php?site=2&shide_bridge=shell");
}

TEST(SignedTickets, WhoLeavesIsSignedToo) {
  FixedClock clock;
  site_bridge::SignedTickets tickets("https://site.example/", kKey, std::make_unique<SharedClock>(clock));
  std::string issued = PlainDirectory::seconds(clock.now());
  std::string mac = hmac_sha256_hex(kKey, std::string("shide leave 1\n\n5e55\n") + issued + "\n" + kNonce + "\n");
  EXPECT_EQ(tickets.sign_out_address("5e55", kNonce), std::string("https://site.example/?shide_bridge=sign-out&session=5e55&issued=") + issued + "&nonce=" + kNonce + "&mac=" + mac);
}

}  // namespace
}  // namespace shide::testing
