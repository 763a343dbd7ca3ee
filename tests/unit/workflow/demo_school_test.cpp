// The demo school as contracts.md describes it, counted in the rows it leaves: whoever shows it can rely on each figure.
#include "workflow/demo_school.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/entries.h"
#include "support/fixed_clock.h"
#include "support/memory_photo_vault.h"
#include "support/memory_store.h"
#include "support/quick_cipher.h"
#include "web/application.h"
#include "web/own_pages.h"
#include "workflow/campaign.h"
#include "workflow/overview.h"
#include "workflow/post.h"
#include "workflow/record.h"
#include "workflow/roster.h"
#include "workflow/sign_in.h"
#include "workflow/signal.h"
#include "workflow/visit.h"
#include "workflow/watch_public_face.h"

namespace shide::workflow {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;
using ::testing::SizeIs;
using testing::MemoryStore;

/// Takes any bytes for a picture; the real reader is confined in a process of its own.
class AnyPicture : public ports::PhotoReader {
 public:
  Result<ports::CleanPhoto> read(std::string_view bytes) override {
    std::string hash = sha256_hex(bytes), picture = "picture " + hash;
    return ports::CleanPhoto{picture, 960, 640, sha256_hex(picture), hash, hash};
  }
};

struct World {
  World() {
    auto owned_clock = std::make_unique<testing::FixedClock>();
    auto owned_store = std::make_unique<MemoryStore>(*owned_clock);
    store = owned_store.get();
    ports.clock = std::move(owned_clock);
    ports.store = std::move(owned_store);
    ports.cipher = std::make_unique<testing::QuickCipher>();
    ports.photo_reader = std::make_unique<AnyPicture>();
    ports.photo_vault = std::make_unique<testing::MemoryPhotoVault>();
    ports.publisher = std::make_unique<ports::NullPublisher>();
    auto loaded = load_demo_school(ports);
    if (!loaded) throw std::runtime_error("load_demo_school: " + loaded.error().phrase.code + " " + loaded.error().detail);
    demo = *loaded;
    tables = store->tables();
  }
  template <class T>
  std::vector<T> rows() const {
    std::vector<T> list;
    auto found = tables.find(model::Table<T>::name);
    if (found == tables.end()) return list;
    for (const auto& [id, row] : found->second) list.push_back(model::from_values<T>(row));
    return list;
  }
  ports::Ports ports;
  MemoryStore* store = nullptr;  // owned by ports
  DemoSchool demo;
  MemoryStore::Tables tables;    // as loaded
};

class Demo : public ::testing::Test {
 protected:
  // Drawing the photos takes two seconds, so the school is loaded once; tests only look.
  static void SetUpTestSuite() {
    if (!world_) world_ = new World;
  }
  template <class T>
  static std::vector<T> rows() { return world_->rows<T>(); }
  template <class T>
  static std::vector<T> of_year(const char* year) {
    auto all = rows<T>();
    std::erase_if(all, [&](const T& one) { return one.place.school_year != year; });
    return all;
  }
  static ports::Ports& ports() { return world_->ports; }
  static model::Actor as(const std::string& name) {
    for (const model::Account& account : rows<model::Account>()) {
      if (account.name == name) return sign_in_demo(ports(), account.login)->actor;
    }
    ADD_FAILURE() << name << " has no account";
    return {};
  }
  static model::Actor by_role(const char* role) {
    for (const DemoAccount& card : world_->demo.accounts) {
      if (card.role == role) return as(card.name);
    }
    ADD_FAILURE() << "no card for " << role;
    return {};
  }
  static model::Visit visit_of(const char* school_class) {
    for (const auto& one : rows<model::SchoolClass>()) {
      if (one.name != school_class || one.school_year != "2020-2021") continue;
      for (const auto& visit : of_year<model::Visit>("2020-2021")) {
        if (visit.place.class_id == one.id.value) return visit;
      }
    }
    return {};
  }
  static World* world_;
};
World* Demo::world_ = nullptr;

using Demo_S1_S14_S53_S63 = Demo;

TEST_F(Demo_S1_S14_S53_S63, IsAWholePrimarySchool) {
  ASSERT_THAT(rows<model::School>(), SizeIs(1));
  EXPECT_TRUE(rows<model::School>().front().demo);
  std::map<model::GradeGroupKind, int> groups;
  for (const auto& group : rows<model::GradeGroup>()) groups[group.kind] += group.school_year == "2020-2021";
  EXPECT_EQ(groups[model::GradeGroupKind::kGrade], 6);
  EXPECT_EQ(groups[model::GradeGroupKind::kArtsSports], 1);
  auto classes = rows<model::SchoolClass>();
  EXPECT_EQ(std::count_if(classes.begin(), classes.end(), [](const auto& one) { return one.school_year == "2020-2021"; }), 36);
  EXPECT_THAT(rows<model::Teacher>().size(), AllOf(Ge(95u), Le(105u)));
  EXPECT_THAT(rows<model::Student>().size(), AllOf(Ge(1550u), Le(1650u)));
  std::size_t pupils = 0;
  for (const auto& one : classes) pupils += one.school_year == "2020-2021" ? static_cast<std::size_t>(one.pupil_count) : 0;
  EXPECT_EQ(pupils, rows<model::Student>().size()) << "the classes say how many, the register who";
}

TEST_F(Demo_S1_S14_S53_S63, ArtsAndSportsJoinByClassAndByClub) {
  std::set<std::string> arts;
  for (const auto& group : rows<model::GradeGroup>()) {
    if (group.kind == model::GradeGroupKind::kArtsSports && group.school_year == "2020-2021") arts.insert(group.id.value);
  }
  std::set<std::string> members;
  for (const auto& teacher : rows<model::Teacher>()) {
    if (arts.count(teacher.grade_group_id.value)) members.insert(teacher.id.value);
  }
  EXPECT_THAT(members.size(), Ge(8u));
  std::map<model::AssignmentKind, int> kinds;
  for (const auto& one : rows<model::TeachingAssignment>()) kinds[one.kind] += members.count(one.teacher_id.value);
  EXPECT_GT(kinds[model::AssignmentKind::kLesson], 0);
  EXPECT_GT(kinds[model::AssignmentKind::kClub], 0);
}

using Demo_S25_S26_S27_S28_S29_S30 = Demo;

TEST_F(Demo_S25_S26_S27_S28_S29_S30, EveryCareCategoryStandsSomewhereAndSomePupilsHaveNone) {
  std::set<model::CareCategory> seen;
  for (const auto& care : of_year<model::CareNote>("2020-2021")) seen.insert(care.categories.begin(), care.categories.end());
  EXPECT_THAT(seen, SizeIs(6));
  EXPECT_LT(of_year<model::CareNote>("2020-2021").size(), 36u);
}

using Demo_S83_S84_S111 = Demo;

TEST_F(Demo_S83_S84_S111, ThirtyOneVisitedTwoDeclinedThreeToGo) {
  auto view = overview(ports(), by_role("head"));
  ASSERT_TRUE(view);
  EXPECT_EQ(view->figures.visits.chosen, 36);
  EXPECT_EQ(view->figures.visits.visited, 31);
  EXPECT_EQ(view->figures.visits.declined, 2);
  EXPECT_EQ(view->figures.visits.to_go, 3);
  EXPECT_THAT(view->figures.grades, SizeIs(6));
}

TEST_F(Demo_S83_S84_S111, FourteenDemandsNineAnsweredTheOldestOpenSixDaysWithItsEarlyReason) {
  auto view = *overview(ports(), by_role("student_office"));
  EXPECT_EQ(view.demand_figures.raised, 14);
  EXPECT_EQ(view.demand_figures.answered, 9);
  ASSERT_THAT(view.open_demands, SizeIs(5));
  const DemandRow& oldest = view.open_demands.front();
  EXPECT_EQ(oldest.age, 6);
  EXPECT_EQ(to_text(date_of(oldest.demand.heard_at)), "2021-01-18");
  EXPECT_NE(oldest.demand.heard_early_reason, "");
  EXPECT_NE(oldest.demand.owner_name, "") << "and its owner";
}

TEST_F(Demo_S83_S84_S111, OneDemandHasNobodyAndOneGiftIsReported) {
  auto all = rows<model::Demand>();
  EXPECT_EQ(std::count_if(all.begin(), all.end(), [](const auto& one) { return one.owner_name.empty(); }), 1);
  EXPECT_EQ(overview(ports(), by_role("student_office"))->open_gifts.size(), 1u);
}

using Demo_S90 = Demo;

TEST_F(Demo_S90, EveryConsentSaysWithWhichWordsItWasAsked) {
  auto consents = rows<model::Consent>();
  EXPECT_GT(consents.size(), 30u);
  for (const auto& one : consents) EXPECT_EQ(one.wording, consent_wording(one.scope));
}

using Demo_S85 = Demo;

TEST_F(Demo_S85, RectificationItemsHaveOwnersAndNoneIsSignedOffByItsOwn) {
  auto items = rows<model::Rectification>();
  EXPECT_THAT(items, Not(IsEmpty()));
  for (const auto& item : items) {
    EXPECT_FALSE(item.owner_id.empty());
    EXPECT_NE(item.owner_id, item.verified_by);
  }
  EXPECT_TRUE(std::any_of(items.begin(), items.end(), [](const auto& one) { return !one.demand_id.empty(); })) << "one was opened from a demand";
}

using Demo_S88 = Demo;

TEST_F(Demo_S88, LastYearsRoundIsComplete) {
  auto view = *overview(ports(), by_role("head"));
  EXPECT_EQ(view.last_year_visited, 36);
  auto records = of_year<model::VisitRecord>("2019-2020");
  EXPECT_THAT(records, SizeIs(36));
  for (const auto& record : records) EXPECT_EQ(record.state, model::RecordState::kAccepted);
  std::set<std::string> archived;
  for (const auto& entry : rows<model::ArchiveEntry>()) archived.insert(entry.source_id);
  for (const auto& record : records) EXPECT_EQ(archived.count(record.id.value), 1u);
  EXPECT_THAT(rows<model::Score>(), Not(IsEmpty()));
  auto runs = rows<model::Appraisal>();
  ASSERT_THAT(runs, SizeIs(1));
  EXPECT_EQ(runs[0].rule_set_key, "qingyu-2020") << "scored by the rules of its own year";
  for (const auto& account : rows<model::Account>()) {
    if (account.id == runs[0].computed_by) {
      EXPECT_TRUE(account.roles.count(model::Role::kEthicsCommittee)) << account.name;
    }
  }
}

using Demo_S81 = Demo;

TEST_F(Demo_S81, TheTwoWorkedCasesComeOutAsTheyWereReckoned) {
  std::map<std::string, std::string> totals;
  for (const auto& score : rows<model::Score>()) totals[score.staff_name] = score.total.to_text(2);
  EXPECT_EQ(totals["沈若楠"], "92.95");
  EXPECT_EQ(totals["万里"], "84.80");
}

using Demo_S54_S55_S56 = Demo;

TEST_F(Demo_S54_S55_S56, OneRosterWasSentBackOnceAndHandedInAgain) {
  std::map<std::string, std::vector<std::string>> told;
  for (const auto& event : rows<model::AuditEvent>()) {
    if (event.object_kind == "rosters") told[event.object_id].push_back(event.fields);
  }
  int again = 0;
  for (const auto& roster : rows<model::Roster>()) {
    const auto& fields = told[roster.id.value];
    bool was_sent_back = std::find(fields.begin(), fields.end(), "state send_back_reason") != fields.end();
    again += was_sent_back && roster.state == model::RosterState::kAccepted;
  }
  EXPECT_EQ(again, 1);
  EXPECT_THAT(rows<model::Roster>(), SizeIs(6));
}

using Demo_D9_D13 = Demo;

TEST_F(Demo_D9_D13, EveryRoleOfTheGlossaryHasACardThatSignsInAndHasThatRole) {
  std::set<std::string> seen;
  for (const DemoAccount& card : world_->demo.accounts) {
    auto entered = sign_in(ports(), card.login, world_->demo.password);
    ASSERT_TRUE(entered) << card.login;
    EXPECT_FALSE(entered->must_change_password);
    auto role = model::from_code<model::Role>(card.role);
    ASSERT_TRUE(role) << card.role;
    EXPECT_TRUE(entered->actor.has(*role)) << card.name;
    seen.insert(card.role);
  }
  EXPECT_EQ(seen.size(), codes(model::Role{}).size());
}

TEST_F(Demo_D9_D13, TheTokenOfHrReadsArchives) {
  auto actor = actor_of_token(ports(), world_->demo.hr_token);
  ASSERT_TRUE(actor);
  EXPECT_EQ(actor->scopes, std::set<std::string>{"archive:read"});
}

/// Where a teacher's visit stands, in one line, and what part in it is the teacher's.
std::string step(const model::Actor& teacher, const Dossier& visit, const std::vector<RosterSheet>& led) {
  std::string line(model::code_of(visit.visit.state));
  if (visit.visit.homeroom_teacher_id != teacher.teacher) line += " joined";
  if (visit.record) line += " " + std::string(model::code_of(visit.record->state));
  for (const model::Demand& demand : visit.demands) line += demand.carried_back_at ? " answer-carried-back" : "";
  for (const RosterSheet& sheet : led) line += " roster-" + std::string(model::code_of(sheet.roster.state));
  return line;
}

using Demo_S49_D11 = Demo;

TEST_F(Demo_S49_D11, EachTeachersCardHasOneVisitAtAStepOfItsOwn) {
  std::map<std::string, std::string> steps;
  auto campaign = *current_campaign(ports(), by_role("head"));
  for (const DemoAccount& card : world_->demo.accounts) {
    model::Actor actor = as(card.name);
    if (actor.teacher.empty()) continue;
    auto mine = *my_visits(ports(), actor, campaign.id);
    ASSERT_THAT(mine, SizeIs(1)) << card.name;
    std::string at = step(actor, mine.front(), *roster_sheets(ports(), actor, campaign.id));
    EXPECT_TRUE(steps.emplace(at, card.name).second) << card.name << " and " << steps[at] << ": " << at;
  }
  EXPECT_THAT(steps, SizeIs(Ge(7u)));
}

using Demo_S86_S87_D8 = Demo;

TEST_F(Demo_S86_S87_D8, OnePhotoUsedTwiceRaisesExactlyOnePairOfQuestions) {
  std::vector<model::FormalismSignal> photos;
  for (const auto& signal : rows<model::FormalismSignal>()) {
    if (signal.kind == model::SignalKind::kSamePhoto) photos.push_back(signal);
  }
  ASSERT_THAT(photos, SizeIs(2));
  EXPECT_EQ(photos[0].place.visit_id, photos[1].other_visit_id);
  EXPECT_EQ(photos[1].place.visit_id, photos[0].other_visit_id);
  EXPECT_EQ((std::set{photos[0].place.visit_id, photos[1].place.visit_id}), (std::set{visit_of("四(2)班").id.value, visit_of("四(3)班").id.value}));
}

TEST_F(Demo_S86_S87_D8, AnOverlappingPairIsAskedOfTheOneWhoStandsInBoth) {
  std::vector<model::FormalismSignal> overlaps;
  for (const auto& signal : rows<model::FormalismSignal>()) {
    if (signal.kind == model::SignalKind::kOverlap) overlaps.push_back(signal);
  }
  ASSERT_THAT(overlaps, SizeIs(1));
  EXPECT_EQ(overlaps[0].asked_teacher_id, as("武振华").teacher);
  EXPECT_EQ(overlaps[0].place.visit_id, visit_of("四(6)班").id.value);
  EXPECT_EQ(overlaps[0].other_visit_id, visit_of("四(4)班").id.value);
  EXPECT_EQ(overlaps[0].state, model::SignalState::kAsked) << "a question, not a verdict";
}

using Demo_S98_D1 = Demo;

TEST_F(Demo_S98_D1, TheNoteThatNamesItsPupilInSixWaysIsReadWithNoneOfThem) {
  const std::vector<std::string> ways = {"纪安然", "然然", "纪文斌", "13800000060", "槐荫新村", "12幢302", "三(6)班", "永和缝纫铺", "全班唯一"};
  auto full = dossier(ports(), by_role("student_office"), visit_of("三(6)班").id);
  for (const std::string& way : ways) EXPECT_THAT(full->record->narrative, HasSubstr(way));
  auto sheet = review_sheet(ports(), as("周静宜"), visit_of("三(6)班").id);
  ASSERT_TRUE(sheet) << sheet.error().phrase.code;
  for (const std::string& way : ways) EXPECT_THAT(sheet->narrative, Not(HasSubstr(way)));
  EXPECT_THAT(sheet->narrative, HasSubstr("铅笔")) << "the story is still told";
}

TEST_F(Demo_S98_D1, NothingPublishedNamesAPupilOrAGuardian) {
  std::vector<std::string> names;
  for (const auto& one : rows<model::VisitedStudent>()) names.push_back(one.name);
  for (const auto& one : rows<model::Guardian>()) names.push_back(one.name);
  auto posts = *published_posts(ports(), *public_actor(ports()), 100);
  EXPECT_THAT(posts.size(), Ge(3u));
  for (const auto& post : posts) {
    for (const std::string& name : names) EXPECT_THAT(post.title + post.quote + post.body, Not(HasSubstr(name))) << post.title;
  }
}

TEST_F(Demo_S98_D1, TheWatchFindsNothingOnItsOwnFace) {
  web::Application application(ports(), {.demo = true});
  ports().public_hosts.push_back(std::make_unique<web::OwnPages>(application, "/shide"));
  EXPECT_EQ(*watch_public_face(ports()), 0) << "a teacher named 孟欣然 is not the pupil 孟欣";
  ports().public_hosts.clear();
}

using Demo_S101_D12 = Demo;

TEST_F(Demo_S101_D12, EveryTelephoneNumberIsAnInventedOne) {
  auto guardians = rows<model::Guardian>();
  EXPECT_THAT(guardians, Not(IsEmpty()));
  for (const auto& one : guardians) EXPECT_TRUE(one.phone.empty() || one.phone.starts_with("1380000")) << "a range nobody has";
}

using Demo_S79_S80 = Demo;

TEST_F(Demo_S79_S80, EveryArchiveIsAWholeChain) {
  std::map<std::pair<std::string, model::ArchiveKind>, std::vector<model::ArchiveEntry>> chains;
  for (const auto& entry : rows<model::ArchiveEntry>()) chains[{entry.teacher_id.value, entry.archive}].push_back(entry);
  for (auto& [owner, entries] : chains) {
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.sequence < b.sequence; });
    EXPECT_THAT(archive::chain_breaks(entries), IsEmpty());
  }
}

using Demo_R4 = Demo;

TEST_F(Demo_R4, NoJobIsLeftUndone) {
  for (const auto& event : rows<model::OutboxEvent>()) EXPECT_EQ(event.state, model::OutboxState::kDone) << event.topic << ": " << event.last_error;
}

TEST_F(Demo_R4, LoadedAgainNothingIsTouched) {
  auto before = world_->store->tables()["visits"].size();
  auto again = load_demo_school(ports());
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->loaded);
  EXPECT_EQ(world_->store->tables()["visits"].size(), before);
}

// What stays apart in two loads: hashes of passwords and tokens, and the ids that the ordinary jobs draw as they do in life.
const std::set<std::string> kDrawnByJobs = {"archive_entries", "formalism_signals", "scores", "score_lines", "award_checks", "appraisals", "ratings", "approvals",
                                            "outbox_events", "audit_events", "sessions", "api_tokens"};

TEST_F(Demo_R4, TwoLoadsGiveTheSameRows) {
  World other;
  ASSERT_EQ(world_->tables.size(), other.tables.size());
  for (const auto& [table, stored] : other.tables) {
    const auto& first = world_->tables.at(table);
    ASSERT_EQ(first.size(), stored.size()) << table;
    if (kDrawnByJobs.count(table)) continue;
    for (const auto& [id, row] : stored) {
      ASSERT_EQ(first.count(id), 1u) << table << " " << id;
      EXPECT_EQ(first.at(id).values, row.values) << table << " " << id;
    }
  }
}

}  // namespace
}  // namespace shide::workflow
