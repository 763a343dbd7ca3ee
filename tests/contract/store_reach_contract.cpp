// Who sees what: every protected table x every scope x every level x every row, on each store, against a plain reading of the
// rules of model/reach.h; and the masks, and the walls between schools.
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "base/text.h"
#include "contract/store_contract.h"

// A Reach can only be made by privacy; the suite needs those that privacy never makes, too. Naming a private member in an
// explicit instantiation is allowed.
namespace {
template <class Tag, typename Tag::Type kMember>
struct Expose {
  friend typename Tag::Type member(Tag) { return kMember; }
};
struct GrantsOf {
  using Type = std::vector<shide::model::Grant> shide::model::Reach::*;
  friend Type member(GrantsOf);
};
template struct Expose<GrantsOf, &shide::model::Reach::grants_>;
}  // namespace

namespace shide::testing {
namespace {

using model::Actor;
using model::Column;
using model::ColumnType;
using model::DataKind;
using model::Grant;
using model::Level;
using model::Mask;
using model::Own;
using model::Reach;
using model::RowValues;
using model::Scope;
using model::TableShape;
using model::Value;
using ports::Comparison;
using ports::Query;
using ports::Selection;
using ports::Unit;
using ::testing::Each;

Reach reach_of(const Id<model::School>& school, DataKind kind, std::vector<Grant> grants) {
  Reach reach = privacy::reach_for_job(school, kind, "test");
  reach.*member(GrantsOf{}) = std::move(grants);
  return reach;
}

std::vector<TableShape> protected_tables() {
  std::vector<TableShape> tables;
  model::for_each_table([&]<class T>() {
    if (model::Table<T>::kind != DataKind::kNone) tables.push_back(model::shape_of<T>());
  });
  return tables;
}

class World : public StoreContract {
 protected:
  struct Team {
    std::string visit, teacher, school;
    bool absent;
  };

  void SetUp() override {
    StoreContract::SetUp();
    if (IsSkipped()) return;
    for (auto* list : {&grades_, &classes_, &teachers_, &owners_}) {
      for (int i = 0; i < 3; ++i) list->push_back(new_uuid(clock_.now()));
    }
    for (const Actor* actor : {&actor_, &other_}) parents(*actor);
  }

  /// What rows refer to: a campaign, an account, an appraisal with a score, and four visits with their teams.
  void parents(const Actor& actor) {
    const std::string& school = actor.school.value;
    auto put = [&]<class T>(T row) {
      auto saved = save(row, actor);
      ASSERT_TRUE(saved) << saved.error().detail;
      parents_[school][model::Table<T>::name] = row.id.value;
    };
    put(fresh<model::Campaign>(actor));
    put(fresh<model::Account>(actor));
    auto appraisal = fresh<model::Appraisal>(actor);
    appraisal.campaign_id = {parents_[school]["campaigns"]};
    put(appraisal);
    auto score = fresh<model::Score>(actor);
    score.appraisal_id = appraisal.id;
    put(score);
    for (int i = 0; i < 4; ++i) {
      auto visit = fresh<model::Visit>(actor);
      visit.campaign_id = {parents_[school]["campaigns"]};
      visit.student_id = {new_uuid(clock_.now())};
      visit.place = {"2020-2021", grades_[static_cast<std::size_t>(i / 2)], classes_[static_cast<std::size_t>((i + 1) / 2)], visit.id.value};
      put(visit);
      places_[school].push_back(visit.place);
    }
    const auto& places = places_[school];
    // The first teacher is in the team of two, was absent from the third; the other school names our second visit as well.
    std::vector<Team> teams = {{places[0].visit_id, teachers_[0], school, false}, {places[0].visit_id, teachers_[1], school, false},
                               {places[1].visit_id, teachers_[1], school, false}, {places[2].visit_id, teachers_[0], school, true},
                               {places[3].visit_id, teachers_[0], school, false}};
    if (school == other_.school.value) teams.push_back({places_[actor_.school.value][1].visit_id, teachers_[0], school, false});
    for (const Team& team : teams) {
      auto one = fresh<model::CoVisitor>(actor);
      one.place.visit_id = team.visit;
      one.teacher_id = {team.teacher};
      one.attendance = team.absent ? model::Attendance::kAbsent : model::Attendance::kPlanned;
      ASSERT_TRUE(save(one, actor));
      teams_.push_back(team);
    }
  }

  /// A row whose scope columns come from the pools, the rest made up.
  RowValues made_up(const TableShape& table, const Actor& actor, std::size_t n) {
    const std::string& school = actor.school.value;
    const model::Place& place = places_[school][n % 4];
    RowValues row{new_uuid(clock_.now()), school, 0, Level::kFull, {}};
    std::map<std::string, std::string> known = {{"school_year", place.school_year}, {"grade_group_id", place.grade_group_id},
        {"class_id", place.class_id}, {"visit_id", place.visit_id}, {"teacher_id", teachers_[n % 3]}, {"owner_id", owners_[n % 3]},
        {"account_id", parents_[school]["accounts"]}, {"campaign_id", parents_[school]["campaigns"]},
        {"appraisal_id", parents_[school]["appraisals"]}, {"score_id", parents_[school]["scores"]}, {"attendance", n % 3 == 0 ? "absent" : "came"}};
    for (const Column& column : table.columns) {
      auto found = known.find(column.name);
      bool is_null = column.nullable && n % 2 == 0;
      if (found != known.end()) row.values.emplace_back(found->second);
      else if (is_null) row.values.emplace_back();
      else if (column.type == ColumnType::kInteger) row.values.emplace_back(std::int64_t(n * 7 + column.name.size()));
      else if (column.mask == Mask::kPhone) row.values.emplace_back(n % 4 == 3 ? "110" : "1380000000" + std::to_string(n));
      else if (column.mask == Mask::kName) row.values.emplace_back(n % 4 == 3 ? "" : "王小明" + std::to_string(n));
      else row.values.emplace_back(column.name + " 𬭎 " + std::to_string(n));
    }
    return row;
  }

  /// Saves the rows of both schools; those that collide with one there are not kept.
  std::vector<RowValues> fill(const TableShape& table) {
    std::vector<RowValues> rows;
    for (const Actor* actor : {&actor_, &other_}) {
      for (std::size_t n = 0; n < 12; ++n) {
        RowValues row = made_up(table, *actor, n);
        auto saved = store_->transact(*actor, "fill", [&](Unit& unit) -> Result<void> {
          SHIDE_CHECK((unit.*UnitCalls::kSave)(table, row));
          return unit.audit(table.name, row.id, "all", "");
        });
        EXPECT_TRUE(saved.ok() || saved.error().code == ErrorCode::kDuplicate) << table.name << ": " << saved.error().detail;
      }
      // What is stored now, with the rows made before.
      auto all = store_->read(*actor, [&](Unit& unit) {
        Reach everything = privacy::reach_for_job(actor->school, table.kind, "test");
        return (unit.*UnitCalls::kSelect)(table, Selection{}, &everything);
      });
      EXPECT_TRUE(all) << all.error().detail;
      rows.insert(rows.end(), all->begin(), all->end());
    }
    return rows;
  }

  // --- The rules of model/reach.h, read aloud --------------------------------------------------------------------------
  static std::string text_of(const TableShape& table, const RowValues& row, const std::string& column) {
    return model::text_in(row.values.at(static_cast<std::size_t>(table.index_of(column))));
  }
  bool in_team(const std::string& visit, const std::string& teacher, const std::string& school) {
    return std::any_of(teams_.begin(), teams_.end(), [&](const Team& team) {
      return team.visit == visit && team.teacher == teacher && team.school == school && !team.absent;
    });
  }
  bool covers(const Grant& grant, const TableShape& table, const RowValues& row) {
    if (grant.scope == Scope::kSchool) return true;
    if (grant.key.empty()) return false;
    if (grant.scope == Scope::kGradeGroup) return table.index_of("grade_group_id") >= 0 && text_of(table, row, "grade_group_id") == grant.key;
    if (grant.scope == Scope::kClass) return table.index_of("class_id") >= 0 && text_of(table, row, "class_id") == grant.key;
    if (grant.scope == Scope::kOwnVisits) {
      if (table.own == Own::kVisitId) return in_team(row.id, grant.key, row.school_id);
      return table.own == Own::kVisit && in_team(text_of(table, row, "visit_id"), grant.key, row.school_id);
    }
    if (table.own == Own::kTeacher) return text_of(table, row, "teacher_id") == grant.key;
    return table.own == Own::kOwner && text_of(table, row, "owner_id") == grant.key;
  }
  Level level_of(const Reach& reach, const TableShape& table, const RowValues& row) {
    Level level = Level::kNone;
    if (row.school_id != reach.school()) return level;
    for (const Grant& grant : reach.grants()) {
      if (covers(grant, table, row)) level = std::max(level, grant.level);
    }
    return level;
  }
  static RowValues masked(const TableShape& table, RowValues row, Level level) {
    row.level = level;
    for (std::size_t i = 0; i < row.values.size() && level < Level::kFull; ++i) {
      const Column& column = table.columns[i];
      Value& value = row.values[i];
      if (column.mask == Mask::kName) value = mask_name(model::text_in(value));
      if (column.mask == Mask::kPhone) value = mask_phone(model::text_in(value));
      if (column.mask == Mask::kHide) value = column.nullable ? Value{} : column.type == ColumnType::kInteger ? Value{std::int64_t{0}} : Value{""};
    }
    return row;
  }

  void expect_same(Unit& unit, const TableShape& table, const std::vector<RowValues>& rows, const Reach& reach, const std::string& what) {
    std::vector<RowValues> expected;
    std::int64_t expected_count = 0;
    for (const RowValues& row : rows) {
      Level level = level_of(reach, table, row);
      if (level >= Level::kCounts) ++expected_count;
      if (level >= Level::kMasked) expected.push_back(masked(table, row, level));
    }
    std::sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    auto found = (unit.*UnitCalls::kSelect)(table, Selection{}, &reach);
    ASSERT_TRUE(found) << what << found.error().detail;
    ASSERT_EQ(found->size(), expected.size()) << what;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ((*found)[i].id, expected[i].id) << what;
      EXPECT_EQ((*found)[i].level, expected[i].level) << what;
      EXPECT_EQ((*found)[i].version, expected[i].version) << what;
      EXPECT_EQ((*found)[i].values, expected[i].values) << what;
    }
    auto counted = (unit.*UnitCalls::kCount)(table, Selection{}, &reach);
    ASSERT_TRUE(counted) << what << counted.error().detail;
    EXPECT_EQ(*counted, expected_count) << what;
  }

  std::vector<std::string> keys_for(Scope scope) const {
    switch (scope) {
      case Scope::kSchool: return {""};
      case Scope::kGradeGroup: return {grades_[0], grades_[1], grades_[2], ""};
      case Scope::kClass: return {classes_[0], classes_[1], classes_[2], ""};
      case Scope::kOwnVisits: return {teachers_[0], teachers_[1], teachers_[2], ""};
      case Scope::kOwnSelf: return {teachers_[0], teachers_[1], owners_[0], owners_[2], ""};
    }
    return {};
  }

  std::vector<std::string> grades_, classes_, teachers_, owners_;
  std::map<std::string, std::vector<model::Place>> places_;
  std::map<std::string, std::map<std::string, std::string>> parents_;
  std::vector<Team> teams_;
};

constexpr Scope kScopes[] = {Scope::kSchool, Scope::kGradeGroup, Scope::kClass, Scope::kOwnVisits, Scope::kOwnSelf};
constexpr Level kLevels[] = {Level::kCounts, Level::kMasked, Level::kFull};

class ReachContract : public World {};

TEST_P(ReachContract, EveryTableGivesExactlyWhatTheReachSays) {
  std::mt19937 random(20210124);
  auto pick = [&](const auto& list) { return list[random() % std::size(list)]; };
  int walked = 0;
  for (const TableShape& table : protected_tables()) {
    std::vector<RowValues> rows = fill(table);
    if (table.name == "co_visitors") {
      // These decide over all others: the reference has to know the ones just made.
      for (const RowValues& row : rows) {
        Team team{text_of(table, row, "visit_id"), text_of(table, row, "teacher_id"), row.school_id, text_of(table, row, "attendance") == "absent"};
        bool known = std::any_of(teams_.begin(), teams_.end(), [&](const Team& other) { return other.visit == team.visit && other.teacher == team.teacher; });
        if (!known) teams_.push_back(team);
      }
    }
    std::vector<std::vector<Grant>> reaches = {{}};
    for (Scope scope : kScopes) {
      for (Level level : kLevels) {
        for (const std::string& key : keys_for(scope)) reaches.push_back({{scope, key, level}});
      }
    }
    for (int i = 0; i < 20; ++i) {
      std::vector<Grant> grants;
      for (unsigned g = 0; g < 2 + random() % 3; ++g) {
        Scope scope = pick(kScopes);
        grants.push_back({scope, pick(keys_for(scope)), pick(kLevels)});
      }
      reaches.push_back(std::move(grants));
    }
    auto done = store_->read(actor_, [&](Unit& unit) -> Result<void> {
      for (std::size_t i = 0; i < reaches.size(); ++i) {
        expect_same(unit, table, rows, reach_of(actor_.school, table.kind, reaches[i]), table.name + " reach " + std::to_string(i) + ": ");
        ++walked;
      }
      return {};
    });
    EXPECT_EQ(code_name(done), "fine") << done.error().detail;
  }
  EXPECT_GT(walked, 1500);
}

TEST_P(ReachContract, TheRolesOfTheSchoolSeeTheSameOnEveryStore) {
  using model::Role;
  std::vector<Actor> actors;
  for (Role role : {Role::kTeacher, Role::kStudentOffice, Role::kUnionEditor, Role::kEthicsCommittee, Role::kHr, Role::kHead, Role::kItAdmin, Role::kAuditor, Role::kDistrict}) {
    Actor actor = actor_;
    actor.roles = {role};
    if (role == Role::kTeacher) actor.teacher = {teachers_[0]};
    actors.push_back(actor);
  }
  actors[0].classes = {classes_[1]};
  actors[0].grade_groups = {grades_[1]};
  Actor anybody;
  anybody.school = actor_.school;
  actors.push_back(anybody);
  for (const TableShape& table : protected_tables()) {
    if (table.name == "co_visitors") continue;
    std::vector<RowValues> rows = fill(table);
    for (const Actor& actor : actors) {
      auto done = store_->read(actor, [&](Unit& unit) -> Result<void> {
        expect_same(unit, table, rows, privacy::reach(actor, table.kind), table.name + ": ");
        expect_same(unit, table, rows, privacy::reach_with_reason(actor, table.kind, "联系家长"), table.name + " with a reason: ");
        return {};
      });
      EXPECT_EQ(code_name(done), "fine") << done.error().detail;
    }
  }
}

TEST_P(ReachContract, NobodyCanGuessAtAMaskedValueByAskingForIt) {
  auto guardian = fresh<model::Guardian>(actor_);
  guardian.place = places_[actor_.school.value][0];
  guardian.name = "王小明";
  guardian.phone = "13812345678";
  guardian.address = "花园3幢";
  ASSERT_TRUE(save(guardian));
  auto found = [&](const Query<model::Guardian>& query, Level level) {
    auto number = store_->read(actor_, [&](Unit& unit) {
      return unit.of<model::Guardian>().count(query, reach_of(actor_.school, DataKind::kGuardianContact, {{Scope::kSchool, "", level}}));
    });
    EXPECT_TRUE(number) << number.error().detail;
    return *number;
  };
  using G = model::Guardian;
  for (Level level : {Level::kCounts, Level::kMasked}) {
    EXPECT_EQ(found(Query<G>{}.where(&G::name, "王小明"), level), 0);
    EXPECT_EQ(found(Query<G>{}.where(&G::phone, "13812345678"), level), 0);
    EXPECT_EQ(found(Query<G>{}.where_at_least(&G::phone, "13812345678"), level), 0);
    EXPECT_EQ(found(Query<G>{}.where_not(&G::address, ""), level), 0);
    EXPECT_EQ(found(Query<G>{}.where(&G::name, "王**"), level), 1);
    EXPECT_EQ(found(Query<G>{}.where(&G::relation, model::Relation::kFather), level), 1);
  }
  EXPECT_EQ(found(Query<G>{}.where(&G::phone, "13812345678"), Level::kFull), 1);
}

TEST_P(ReachContract, WhatCameMaskedCannotBeSavedOrErased) {
  auto guardian = fresh<model::Guardian>(actor_);
  guardian.place = places_[actor_.school.value][0];
  guardian.name = "王小明";
  guardian.phone = "13812345678";
  guardian.address = "花园3幢";
  ASSERT_TRUE(save(guardian));
  std::vector<std::string> codes;
  auto done = store_->transact(actor_, "change", [&](Unit& unit) -> Result<void> {
    Reach masked = reach_of(actor_.school, DataKind::kGuardianContact, {{Scope::kSchool, "", Level::kMasked}});
    SHIDE_TRY(row, unit.of<model::Guardian>().load(guardian.id, masked));
    EXPECT_EQ(row.name, "王**");
    EXPECT_EQ(row.phone, "138****5678");
    EXPECT_EQ(row.address, "");
    EXPECT_EQ(row.level, Level::kMasked);
    codes = {code_name(unit.of<model::Guardian>().save(row)), code_name(unit.of<model::Guardian>().erase(row))};
    return {};
  });
  EXPECT_EQ(code_name(done), "fine");
  EXPECT_THAT(codes, Each("internal"));
}

TEST_P(ReachContract, AReachThatDoesNotFitIsOurOwnFault) {
  const TableShape& table = model::shape_of<model::Guardian>();
  Reach other_kind = privacy::reach_for_job(actor_.school, DataKind::kRecordText, "test");
  Reach other_school = privacy::reach_for_job(other_.school, DataKind::kGuardianContact, "test");
  Reach no_school = privacy::reach_for_job({}, DataKind::kGuardianContact, "test");
  std::vector<std::string> codes;
  (void)store_->read(actor_, [&](Unit& unit) -> Result<void> {
    for (const Reach* reach : {static_cast<const Reach*>(nullptr), static_cast<const Reach*>(&other_kind), static_cast<const Reach*>(&other_school),
                               static_cast<const Reach*>(&no_school)}) {
      codes.push_back(code_name((unit.*UnitCalls::kSelect)(table, Selection{}, reach)));
      codes.push_back(code_name((unit.*UnitCalls::kCount)(table, Selection{}, reach)));
    }
    codes.push_back(code_name((unit.*UnitCalls::kSelect)(model::shape_of<model::Teacher>(), Selection{}, &other_kind)));
    return {};
  });
  EXPECT_THAT(codes, Each("internal"));
}

TEST_P(ReachContract, RowsOfAnotherSchoolDoNotExist) {
  auto theirs = fresh<model::Teacher>(other_);
  ASSERT_TRUE(save(theirs, other_));
  EXPECT_EQ(count<model::Teacher>(), 0);
  EXPECT_EQ(code_name(load(theirs.id)), "not_found");
  theirs.version = 1;
  EXPECT_EQ(code_name(save(theirs)), "internal");
  theirs.school_id = actor_.school;  // a stolen id
  EXPECT_EQ(code_name(save(theirs)), "stale");
  theirs.version = 0;
  EXPECT_EQ(code_name(save(theirs)), "duplicate");
  auto erased = store_->transact(actor_, "leave", [&](Unit& unit) -> Result<void> {
    theirs.version = 1;
    SHIDE_CHECK(unit.of<model::Teacher>().erase(theirs));
    return unit.audit(theirs, "");
  });
  EXPECT_EQ(code_name(erased), "stale");
}

TEST_P(ReachContract, ASchoolSeesOnlyItself) {
  for (const Actor* actor : {&actor_, &other_}) {
    model::School school;
    school.id = school.school_id = actor->school;
    school.name = "某小学";
    ASSERT_TRUE(save(school, *actor));
  }
  EXPECT_EQ(count<model::School>(), 1);
  EXPECT_EQ(code_name(load(actor_.school)), "fine");
  EXPECT_EQ(code_name(load(other_.school)), "not_found");
}

TEST_P(ReachContract, WhoHasNoSchoolSeesNothingUnlessItIsAJob) {
  ASSERT_TRUE(save(a_teacher("一")));
  Actor nobody;
  auto seen = [&](const Actor& actor) {
    return *store_->read(actor, [](Unit& unit) { return unit.of<model::Teacher>().count(Query<model::Teacher>{}); });
  };
  EXPECT_EQ(seen(nobody), 0);
  EXPECT_EQ(seen(job_), 1);
  EXPECT_EQ(code_name(save(a_teacher("二"), nobody)), "internal");
}

TEST_P(ReachContract, AJobForAllSchoolsLeavesItsTraceInTheRowsSchool) {
  auto theirs = fresh<model::Teacher>(other_);
  std::size_t before = audit_events(other_.school).size();
  clock_.advance(kSecond);
  ASSERT_TRUE(save(a_teacher("一"), job_));
  ASSERT_TRUE(save(theirs, job_));
  EXPECT_EQ(audit_events(other_.school).size(), before + 1);
  EXPECT_EQ(audit_events(other_.school).back().actor, "job:worker");
  EXPECT_EQ(audit_events(other_.school).back().object_id, theirs.id.value);
}

TEST_P(ReachContract, AJobMayLookAtOneSchool) {
  auto accounts = [&](const Id<model::School>& school) {
    return store_->read(job_, [&](Unit& unit) { return unit.of<model::Account>().list({}, privacy::reach_for_job(school, DataKind::kAccount, "sign_in")); })
        .value().size();
  };
  EXPECT_EQ(accounts(actor_.school), 1u);
  EXPECT_EQ(accounts({}), 2u);
}

SHIDE_EVERY_STORE(ReachContract);

}  // namespace
}  // namespace shide::testing
