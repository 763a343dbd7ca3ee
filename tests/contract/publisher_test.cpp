// What every site that takes copies must do, whoever asks it: the Null one, the fake of the unit tests, WordPress, and a CMS of SSCMS's
// shape. The real WordPress is asked the same through the whole section by tests/host/wordpress.mjs. The bundle for a portal that
// loads no code is made at the desk (web/bundle_routes) and pasted by a person: it has no adapter and so does not stand here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "base/base64.h"
#include "cms_sscms/sscms_publisher.h"
#include "cms_wordpress/wordpress_publisher.h"
#include "http_out/client.h"
#include "privacy/clearance.h"
#include "support/cms_sites.h"
#include "support/plain_publisher.h"
#include "support/refusal.h"

namespace shide::testing {
namespace {

using ports::CopySeen;
using ports::Existing;
using ports::Standing;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

/// A plan holds nothing about a visit: the one kind of post that is cleared without an approval.
model::ClearedPost cleared(const std::string& title = "先说优点 & <一>", model::Shelf shelf = model::Shelf::kPlan) {
  model::Post post;
  post.shelf = shelf;
  post.id = {"018f0000-0000-7000-8000-0000000000aa"};
  post.kind = model::PostKind::kPlan;
  post.title = title;
  post.quote = "“先说优点”";
  post.body = "一段 <b>。\n\n二段 & 三段。";
  post.source = "本站原创";
  post.publisher = "林婉如";
  return *privacy::Clearance::clear({post, {}, {}}, privacy::Register(privacy::KnownPeople{}));
}

/// A site and the adapter that talks to it. Where copies are kept the site's own hands can be moved.
struct World {
  std::shared_ptr<void> site;
  std::unique_ptr<ports::Publisher> publisher;
  std::function<void(const std::string&)> change_by_hand = {}, hide_by_hand = {};
  std::function<int(const std::string&)> public_copies = {};
  std::function<std::size_t()> articles = {};
  std::function<void(bool)> lose_answers = {};
};

template <class Site>
World world_of(std::shared_ptr<Site> site, std::unique_ptr<ports::Publisher> publisher) {
  Site* one = site.get();
  return {site, std::move(publisher), [one](const std::string& name) { one->change_by_hand(name); }, [one](const std::string& name) { one->hide_by_hand(name); },
          [one](const std::string& name) { return one->public_copies(name); }, [one] { return one->articles().size(); }, [one](bool yes) { one->loses_answers = yes; }};
}

struct PublisherQuirks {
  std::string name;
  std::function<World()> make;
};

cms_wordpress::WordpressSite wordpress_at(const std::string& url) { return {url, SmallWordpress::kUser, SmallWordpress::kPassword, "shide", ""}; }

World wordpress() {
  auto site = std::make_shared<SmallWordpress>();
  return world_of(site, std::make_unique<cms_wordpress::WordpressPublisher>(wordpress_at(site->address() + "/wp/")));
}
World sscms() {
  auto site = std::make_shared<SmallSscms>();
  World world = world_of(site, std::make_unique<cms_sscms::SscmsPublisher>(cms_sscms::SscmsSite{site->address() + "/", SmallSscms::kKey, "1/27", ""}));
  // What it deletes goes to its bin: gone for everybody but its administrator.
  world.articles = [one = site.get()] {
    auto list = one->articles();
    return static_cast<std::size_t>(std::count_if(list.begin(), list.end(), [](const auto& article) { return article.state != "trash"; }));
  };
  return world;
}
World fake() {
  auto owned = std::make_unique<PlainPublisher>();
  PlainPublisher* site = owned.get();
  World world{nullptr, std::move(owned), [site](const std::string& name) { site->change_by_hand(name); }, [site](const std::string& name) { site->hide_by_hand(name); },
              [site](const std::string& name) { return site->public_copies(name); }, [site] { return site->articles().size(); }, [site](bool yes) { site->loses_answers = yes; }};
  return world;
}
World null() { return {nullptr, std::make_unique<ports::NullPublisher>()}; }

auto by_name = [](const auto& info) { return info.param.name; };

class PublisherContract : public ::testing::TestWithParam<PublisherQuirks> {
 protected:
  Result<CopySeen> publish(const std::string& reference = "", Existing existing = Existing::kKeep) { return world.publisher->publish(post, reference, existing); }
  ports::CopyKey key(const std::string& reference = "") const { return {post.post().id, reference}; }
  World world = GetParam().make();
  model::ClearedPost post = cleared();
  std::string name = ports::copy_name(post.post().id);
};

TEST_P(PublisherContract, WhatWasNeverThereIsNotSeenAndMayBeWithdrawn) {
  auto seen = world.publisher->look(key());
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(seen->standing, Standing::kNothing);
  EXPECT_EQ(refusal(world.publisher->withdraw(key())), "done");
  EXPECT_EQ(refusal(world.publisher->withdraw(key("217"))), "done");
}

TEST_P(PublisherContract, PublishedTwiceItIsOneCopy) {
  auto first = publish(), again = publish(), known = publish(first ? first->reference : "");
  ASSERT_TRUE(first && again && known);
  EXPECT_EQ(again->reference, first->reference);
  EXPECT_EQ(known->reference, first->reference);
}

TEST_P(PublisherContract, WithdrawnTwiceItIsGone) {
  auto seen = publish();
  ASSERT_TRUE(seen);
  EXPECT_EQ(refusal(world.publisher->withdraw(key(seen->reference))), "done");
  EXPECT_EQ(refusal(world.publisher->withdraw(key(seen->reference))), "done");
  EXPECT_EQ(world.publisher->look(key(seen->reference))->standing, Standing::kNothing);
}

TEST_P(PublisherContract, ASoundSiteNeedsNoAdvice) {
  auto advice = world.publisher->advice();
  ASSERT_TRUE(advice) << advice.error().detail;
  EXPECT_EQ(advice->code, "");
}

INSTANTIATE_TEST_SUITE_P(All, PublisherContract,
                         ::testing::Values(PublisherQuirks{"Null", null}, PublisherQuirks{"Fake", fake}, PublisherQuirks{"WordPress", wordpress}, PublisherQuirks{"Sscms", sscms}), by_name);

/// Of those that keep copies; the Null one keeps none.
class KeepingPublisherContract : public PublisherContract {};

TEST_P(KeepingPublisherContract, ACopyIsPublicHasAnAddressAndOurWords) {
  auto seen = publish();
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(seen->standing, Standing::kPublic);
  EXPECT_THAT(seen->address, StartsWith("http"));
  EXPECT_EQ(seen->digest, ports::copy_digest(post.post().title, ports::copy_html(post.post())));
  auto later = world.publisher->look(key(seen->reference));
  ASSERT_TRUE(later);
  EXPECT_EQ(later->address, seen->address);
  EXPECT_EQ(later->digest, seen->digest);
  EXPECT_EQ(world.public_copies(name), 1);
  EXPECT_FALSE(world.publisher->host().empty());
}

TEST_P(KeepingPublisherContract, AnAnswerThatIsLostMakesNoSecondCopy) {
  world.lose_answers(true);
  auto lost = publish();
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, ErrorCode::kUnavailable);
  for (int i = 0; i < 4; ++i) (void)publish();
  world.lose_answers(false);
  ASSERT_TRUE(publish());
  EXPECT_EQ(world.public_copies(name), 1);
  EXPECT_EQ(world.articles(), 1u);
}

TEST_P(KeepingPublisherContract, ALostWithdrawalMayBeAskedAgain) {
  auto seen = publish();
  ASSERT_TRUE(seen);
  world.lose_answers(true);
  EXPECT_EQ(world.publisher->withdraw(key(seen->reference)).error().code, ErrorCode::kUnavailable);
  world.lose_answers(false);
  EXPECT_EQ(refusal(world.publisher->withdraw(key(seen->reference))), "done");
  EXPECT_EQ(world.articles(), 0u);
}

TEST_P(KeepingPublisherContract, WithoutItsIdACopyIsFoundByItsName) {
  ASSERT_TRUE(publish());
  EXPECT_EQ(world.publisher->look(key())->standing, Standing::kPublic);
  EXPECT_EQ(refusal(world.publisher->withdraw(key())), "done");
  EXPECT_EQ(world.articles(), 0u);
}

TEST_P(KeepingPublisherContract, WhatSomebodyChangedIsToldAndKeptUntilReplaceIsSaid) {
  auto seen = publish();
  ASSERT_TRUE(seen);
  world.change_by_hand(name);
  auto changed = world.publisher->look(key(seen->reference));
  ASSERT_TRUE(changed);
  EXPECT_NE(changed->digest, seen->digest);
  EXPECT_EQ(publish(seen->reference)->digest, changed->digest) << "kept";
  EXPECT_EQ(publish(seen->reference, Existing::kReplace)->digest, seen->digest);
  EXPECT_EQ(world.articles(), 1u);
}

TEST_P(KeepingPublisherContract, AMoveLeavesTheWordsThatSomebodyChanged) {
  auto seen = publish();
  ASSERT_TRUE(seen);
  world.change_by_hand(name);
  auto moved = world.publisher->move(cleared("另一个题目", model::Shelf::kDigests), seen->reference);
  ASSERT_TRUE(moved) << moved.error().detail;
  EXPECT_EQ(moved->standing, Standing::kPublic);
  EXPECT_EQ(moved->digest, world.publisher->look(key(seen->reference))->digest);
  EXPECT_NE(moved->digest, seen->digest);
  EXPECT_EQ(world.articles(), 1u);
}

TEST_P(KeepingPublisherContract, AMoveBringsNothingBack) {
  ASSERT_EQ(world.publisher->move(post, "")->standing, Standing::kNothing);
  auto seen = publish();
  ASSERT_TRUE(seen);
  world.hide_by_hand(name);
  EXPECT_NE(world.publisher->move(post, seen->reference)->standing, Standing::kPublic);
  EXPECT_EQ(world.public_copies(name), 0);
}

TEST_P(KeepingPublisherContract, WhatSomebodyHidIsNotPublicAndComesBackOnlyWhenAsked) {
  auto seen = publish();
  ASSERT_TRUE(seen);
  world.hide_by_hand(name);
  EXPECT_NE(world.publisher->look(key(seen->reference))->standing, Standing::kPublic);
  EXPECT_EQ(publish(seen->reference, Existing::kReplace)->standing, Standing::kPublic);
  EXPECT_EQ(world.articles(), 1u);
}

INSTANTIATE_TEST_SUITE_P(All, KeepingPublisherContract,
                         ::testing::Values(PublisherQuirks{"Fake", fake}, PublisherQuirks{"WordPress", wordpress}, PublisherQuirks{"Sscms", sscms}), by_name);

/// What only a WordPress can show.
class WordpressAnswers : public ::testing::Test {
 protected:
  Result<CopySeen> publish(const std::string& reference = "", Existing existing = Existing::kKeep) { return publisher.publish(cleared(), reference, existing); }
  std::string advice() {
    auto said = publisher.advice();
    return said ? said->code : said.error().phrase.code;
  }
  SmallWordpress site;
  cms_wordpress::WordpressPublisher publisher{wordpress_at(site.address() + "/wp/")};
  std::string name = ports::copy_name(cleared().post().id);
};

TEST_F(WordpressAnswers, ADraftIsMadeUnderItsNameBeforeAnythingIsShown) {
  ASSERT_TRUE(publish());
  std::vector<std::string> expected = {"GET /wp/v2/posts", "POST /wp/v2/posts", "GET /wp/v2/categories", "POST /wp/v2/posts/1"};
  EXPECT_EQ(site.asked(), expected);
  EXPECT_EQ(site.articles().front().name, name);
  EXPECT_THAT(site.articles().front().categories, ElementsAre(7));
  EXPECT_EQ(site.articles().front().title, "先说优点 &amp; &lt;一&gt;") << "a title is markup there";
}

TEST_F(WordpressAnswers, TwoDraftsOfLostAnswersBecomeOneArticle) {
  for (int i = 0; i < 2; ++i) {
    http_out::Call call{.method = "POST", .url = site.address() + "/?rest_route=/wp/v2/posts"};
    call.headers = {{"Authorization", "Basic " + base64(std::string(SmallWordpress::kUser) + ":" + SmallWordpress::kPassword)}, {"Content-Type", "application/json"}};
    call.body = "{\"slug\":\"" + name + "\",\"status\":\"draft\"}";
    ASSERT_EQ(http_out::call(call)->status, 201);
  }
  ASSERT_TRUE(publish());
  EXPECT_EQ(site.articles().size(), 1u);
  EXPECT_EQ(site.public_copies(name), 1);
}

TEST_F(WordpressAnswers, ACopyInItsBinIsHiddenAndWithdrawnFromThereToo) {
  auto seen = publish();
  ASSERT_TRUE(seen);
  site.throw_away_by_hand(name);
  EXPECT_EQ(publisher.look({cleared().post().id, seen->reference})->standing, Standing::kHidden);
  EXPECT_TRUE(publisher.withdraw({cleared().post().id, seen->reference}));
  EXPECT_THAT(site.articles(), IsEmpty());
}

TEST_F(WordpressAnswers, RestoredItIsMadeAnewAndTheOneInTheBinGoes) {
  auto seen = publish();
  ASSERT_TRUE(seen);
  site.throw_away_by_hand(name);
  auto anew = publish(seen->reference, Existing::kReplace);
  ASSERT_TRUE(anew);
  EXPECT_NE(anew->reference, seen->reference);
  EXPECT_EQ(site.articles().size(), 1u);
  EXPECT_EQ(site.public_copies(name), 1);
}

TEST_F(WordpressAnswers, ARenamedCopyIsStillTheSameOne) {
  auto seen = publish();
  ASSERT_TRUE(seen);
  site.rename_by_hand(name, "an-address-of-theirs");
  EXPECT_THAT(publisher.look({cleared().post().id, seen->reference})->address, HasSubstr("an-address-of-theirs"));
  ASSERT_TRUE(publish(seen->reference, Existing::kReplace));
  EXPECT_EQ(site.articles().size(), 1u);
}

TEST_F(WordpressAnswers, TellsApartWhyItIsAStranger) {
  site.strips_authorization = true;
  EXPECT_EQ(advice(), "copy_problem.stripped");
  EXPECT_EQ(refusal(publish()), "copy_problem.stripped");
  EXPECT_THAT(publish().error().detail, HasSubstr("CGIPassAuth")) << "for the log, in plain words";
  site.has_bridge = false;
  EXPECT_EQ(advice(), "copy_problem.stranger") << "nobody tells which";
  site.has_bridge = true;
  site.offers_passwords = false;
  EXPECT_EQ(advice(), "copy_problem.passwords_off");
  site.strips_authorization = false;
  site.offers_passwords = true;
  cms_wordpress::WordpressSite wrong = wordpress_at(site.address());
  wrong.password = "xxxx xxxx xxxx xxxx xxxx xxxx";
  EXPECT_EQ(cms_wordpress::WordpressPublisher(wrong).advice()->code, "copy_problem.wrong_password");
}

TEST_F(WordpressAnswers, ARoleTooSmallOrTooLargeIsSaid) {
  site.role = "contributor";
  EXPECT_EQ(advice(), "copy_problem.role_too_small");
  EXPECT_EQ(refusal(publish()), "copy_problem.role_too_small");
  site.role = "administrator";
  EXPECT_EQ(advice(), "copy_problem.role_too_large");
}

TEST_F(WordpressAnswers, ACategoryThatIsNotThereIsSaid) {
  cms_wordpress::WordpressSite other = wordpress_at(site.address());
  other.category = "no-such";
  cms_wordpress::WordpressPublisher elsewhere(other);
  EXPECT_EQ(elsewhere.advice()->code, "copy_problem.no_category");
  EXPECT_EQ(refusal(elsewhere.publish(cleared(), "", Existing::kKeep)), "copy_problem.no_category");
  other.category = "";
  EXPECT_EQ(cms_wordpress::WordpressPublisher(other).advice()->code, "");
}

TEST_F(WordpressAnswers, AMovedPostChangesItsCategoryAndKeepsThoseOfOthers) {
  cms_wordpress::WordpressSite with_shelves = wordpress_at(site.address());
  with_shelves.category_of = {{model::Shelf::kDigests, "methods"}};
  cms_wordpress::WordpressPublisher shelved(with_shelves);
  EXPECT_EQ(shelved.advice()->code, "");
  auto seen = shelved.publish(cleared("题目", model::Shelf::kDigests), "", Existing::kKeep);
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_THAT(site.articles().front().categories, ElementsAre(8));
  site.file_by_hand(name, 40);
  auto moved = shelved.move(cleared("题目", model::Shelf::kVoices), seen->reference);
  ASSERT_TRUE(moved) << moved.error().detail;
  EXPECT_EQ(moved->digest, seen->digest);
  EXPECT_THAT(site.articles().front().categories, ElementsAre(7, 40));
  with_shelves.category_of = {{model::Shelf::kNotes, "no-such"}};
  EXPECT_EQ(cms_wordpress::WordpressPublisher(with_shelves).advice()->code, "copy_problem.no_category");
}

TEST_F(WordpressAnswers, WhatIsNoInterfaceIsToldFromASiteThatIsDown) {
  site.odd_body = "<html>404</html>";
  for (auto [status, code] : {std::pair{200, "http_out.no_json"}, {404, "http_out.no_json"}, {302, "http_out.moved"}, {503, "http_out.busy"}, {429, "http_out.busy"}}) {
    site.status = status;
    EXPECT_EQ(advice(), code) << status;
    bool may_be_repeated = publish().error().code == ErrorCode::kUnavailable;
    EXPECT_EQ(may_be_repeated, status == 503 || status == 429) << status;
  }
  site.status = 404;
  site.odd_body = "{\"code\":\"rest_no_route\"}";
  EXPECT_EQ(advice(), "http_out.no_json");
  for (const char* odd : {"[]", "{}", "[1,null,\"x\"]", "{\"title\":7,\"content\":[],\"id\":\"x\",\"status\":{}}", "{\"id\":1,\"id\":2}"}) {
    site.status = 200;
    site.odd_body = odd;
    (void)publish();
    (void)publisher.look({cleared().post().id, "1"});
    (void)publisher.withdraw({cleared().post().id, "1"});
    EXPECT_NE(advice(), "") << odd;
  }
}

TEST_F(WordpressAnswers, NobodyThereIsNoAnswer) {
  cms_wordpress::WordpressPublisher nobody(wordpress_at("http://127.0.0.1:1/"));
  EXPECT_EQ(nobody.advice().error().phrase.code, "http_out.no_answer");
  EXPECT_EQ(nobody.publish(cleared(), "", Existing::kKeep).error().code, ErrorCode::kUnavailable);
}

class SscmsAnswers : public ::testing::Test {
 protected:
  std::string advice(const std::string& key, const std::string& channel) {
    auto said = cms_sscms::SscmsPublisher({site.address() + "/", key, channel, ""}).advice();
    return said ? said->code : said.error().phrase.code;
  }
  SmallSscms site;
};

TEST_F(SscmsAnswers, AWrongKeyAndAWrongChannelAreSaid) {
  EXPECT_EQ(advice(SmallSscms::kKey, "1/27"), "");
  EXPECT_EQ(advice("another", "1/27"), "copy_problem.wrong_key");
  for (const char* wrong : {"1/28", "2/27", "nonsense", "", "/"}) EXPECT_EQ(advice(SmallSscms::kKey, wrong), "copy_problem.no_channel") << wrong;
  site.status = 503;
  site.odd_body = "{}";
  EXPECT_EQ(advice(SmallSscms::kKey, "1/27"), "http_out.busy");
}

}  // namespace
}  // namespace shide::testing
