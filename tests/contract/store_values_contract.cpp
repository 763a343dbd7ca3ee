// What comes back as it went in, what is refused at the door, and how lists are filtered, sorted and paged.
#include <limits>

#include "contract/store_contract.h"

namespace shide::testing {
namespace {

using model::Campaign;
using model::GradeGroup;
using model::Post;
using model::RowValues;
using model::TableShape;
using model::Teacher;
using model::Value;
using ports::Query;
using ports::Selection;
using ports::Unit;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class ValuesContract : public StoreContract {
 protected:
  static std::vector<std::string> names(const std::vector<Teacher>& teachers) {
    std::vector<std::string> list;
    for (const Teacher& teacher : teachers) list.push_back(teacher.name);
    return list;
  }
  void hire(const std::vector<std::string>& with_names) {
    for (const std::string& name : with_names) {
      ASSERT_TRUE(save(a_teacher(name)));
      clock_.advance(kSecond);  // ids are ordered by time
    }
  }
  void post(const std::string& title, std::optional<std::int64_t> views, std::optional<Time> published) {
    auto row = fresh<Post>(actor_);
    row.title = title;
    row.views = views;
    row.published_at = published;
    ASSERT_TRUE(save(row));
    clock_.advance(kSecond);
  }
  std::vector<std::string> titles(const Query<Post>& query) {
    std::vector<std::string> found;
    for (const Post& one : list(query)) found.push_back(one.title);
    return found;
  }
};

TEST_P(ValuesContract, RareCharactersComeBackUnchanged) {
  for (const char* name : {"𬭎㛃龑", "买买提·阿不都", "é e\xCC\x81", "'; DROP TABLE teachers; --", "100% _ \\ \"quoted\" $1 ? :name", "👩‍🏫", "a\nb\tc", " "}) {
    auto saved = save(a_teacher(name));
    ASSERT_TRUE(saved) << name << ": " << saved.error().detail;
    EXPECT_EQ(load(saved->id)->name, name);
    EXPECT_EQ(count(Query<Teacher>{}.where(&Teacher::name, name)), 1) << name;
  }
}

TEST_P(ValuesContract, WhatIsNoTextIsRefusedWithItsField) {
  for (const std::string& name : {std::string("a\0b", 3), std::string("\xED\xA0\x80"), std::string("\xC0\xAF"), std::string("\xFF")}) {
    auto saved = save(a_teacher(name));
    EXPECT_EQ(code_name(saved), "invalid");
    ASSERT_THAT(saved.error().problems, SizeIs(1));
    EXPECT_EQ(saved.error().problems[0].path, "name");
    EXPECT_EQ(count(Query<Teacher>{}.where(&Teacher::name, name)), 0);
    EXPECT_THAT(list(Query<Teacher>{}.after(name)), IsEmpty());
  }
  EXPECT_EQ(count<Teacher>(), 0);
}

TEST_P(ValuesContract, NullIsNotAnEmptyTextNorZero) {
  post("null", std::nullopt, std::nullopt);
  post("zero", 0, Time{0});
  auto rows = list(Query<Post>{});
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0].views, std::nullopt);
  EXPECT_EQ(rows[1].views, 0);
  EXPECT_EQ(rows[1].published_at, Time{0});
  std::optional<std::int64_t> none;
  EXPECT_THAT(titles(Query<Post>{}.where(&Post::views, none)), ElementsAre("null"));
  EXPECT_THAT(titles(Query<Post>{}.where_not(&Post::views, none)), ElementsAre("zero"));
  EXPECT_THAT(titles(Query<Post>{}.where_not(&Post::views, 0)), ElementsAre("null"));
  EXPECT_THAT(titles(Query<Post>{}.where_less(&Post::views, 5)), ElementsAre("zero"));
  EXPECT_THAT(titles(Query<Post>{}.where_at_least(&Post::views, 0)), ElementsAre("zero"));
  EXPECT_THAT(titles(Query<Post>{}.where_one_of(&Post::views, std::vector<std::optional<std::int64_t>>{none, 7})), ElementsAre("null"));
}

TEST_P(ValuesContract, ATextThatMayBeMissingIsNullOrACode) {
  auto campaign = save(fresh<Campaign>(actor_));
  ASSERT_TRUE(campaign);
  auto visit = fresh<model::Visit>(actor_);
  visit.campaign_id = campaign->id;
  auto saved = save(visit);
  ASSERT_TRUE(saved) << saved.error().detail;
  auto reach = privacy::reach_for_job(actor_.school, model::DataKind::kVisit, "test");
  auto again = [&] { return store_->read(actor_, [&](Unit& unit) { return unit.of<model::Visit>().load(visit.id, reach); }).value(); };
  EXPECT_EQ(again().mode_planned, std::nullopt);
  saved->mode_planned = model::VisitMode::kHome;
  saved = save(*saved);
  ASSERT_TRUE(saved);
  EXPECT_EQ(again().mode_planned, model::VisitMode::kHome);
  saved->mode_planned.reset();
  ASSERT_TRUE(save(*saved));
  EXPECT_EQ(again().mode_planned, std::nullopt);
}

TEST_P(ValuesContract, NumbersReachTheirLimits) {
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min(), kMost = std::numeric_limits<std::int64_t>::max();
  for (std::int64_t number : {kLeast, std::int64_t{-1}, std::int64_t{0}, kMost}) {
    auto group = fresh<GradeGroup>(actor_);
    group.name = std::to_string(number);
    group.grade = number;
    ASSERT_TRUE(save(group));
    EXPECT_EQ(load(group.id)->grade, number);
    EXPECT_EQ(count(Query<GradeGroup>{}.where(&GradeGroup::grade, number)), 1);
  }
  EXPECT_EQ(count(Query<GradeGroup>{}.where_at_least(&GradeGroup::grade, kLeast)), 4);
  EXPECT_EQ(count(Query<GradeGroup>{}.where_less(&GradeGroup::grade, kMost)), 3);
}

TEST_P(ValuesContract, AHundredKilobytesOfTextFit) {
  std::string text;
  while (text.size() < 100'000) text += "今天走进一个家庭𬭎，与家长谈孩子的学习。\n";
  auto row = fresh<Campaign>(actor_);
  row.plan_text = text;
  auto saved = save(row);
  ASSERT_TRUE(saved) << saved.error().detail;
  EXPECT_EQ(load(row.id)->plan_text, text);
}

TEST_P(ValuesContract, TextsAreSortedByTheirBytes) {
  hire({"b", "é", "B", "王", "_", "a", "a-", "aB", ""});
  EXPECT_THAT(names(list(Query<Teacher>{}.order_by(&Teacher::name))), ElementsAre("", "B", "_", "a", "a-", "aB", "b", "é", "王"));
  EXPECT_THAT(names(list(Query<Teacher>{}.order_by(&Teacher::name, true).limit(2))), ElementsAre("王", "é"));
  EXPECT_THAT(names(list(Query<Teacher>{}.where_less(&Teacher::name, "a").order_by(&Teacher::name))), ElementsAre("", "B", "_"));
  EXPECT_THAT(names(list(Query<Teacher>{}.where_at_least(&Teacher::name, "b").order_by(&Teacher::name))), ElementsAre("b", "é", "王"));
}

TEST_P(ValuesContract, NullsComeFirstAndTiesAreSortedByAge) {
  post("later", 2, std::nullopt);
  post("null", std::nullopt, std::nullopt);
  post("sooner", 1, std::nullopt);
  post("later too", 2, std::nullopt);
  EXPECT_THAT(titles(Query<Post>{}.order_by(&Post::views)), ElementsAre("null", "sooner", "later", "later too"));
  EXPECT_THAT(titles(Query<Post>{}.order_by(&Post::views, true)), ElementsAre("later", "later too", "sooner", "null"));
  EXPECT_THAT(titles(Query<Post>{}.order_by(&Post::views, true).order_by(&Post::title, true)), ElementsAre("later too", "later", "sooner", "null"));
}

TEST_P(ValuesContract, PagesFollowTheCursorBothWays) {
  hire({"1", "2", "3", "4", "5"});
  std::vector<std::string> forwards, backwards;
  std::string after;
  for (int page = 0; page < 3; ++page) {
    for (const Teacher& one : list(Query<Teacher>{}.after(after).limit(2))) {
      forwards.push_back(one.name);
      after = one.id.value;
    }
  }
  EXPECT_THAT(forwards, ElementsAre("1", "2", "3", "4", "5"));
  EXPECT_THAT(list(Query<Teacher>{}.after(after).limit(2)), IsEmpty());
  after.clear();
  for (int page = 0; page < 3; ++page) {
    for (const Teacher& one : list(Query<Teacher>{}.newest_first().after(after).limit(2))) {
      backwards.push_back(one.name);
      after = one.id.value;
    }
  }
  EXPECT_THAT(backwards, ElementsAre("5", "4", "3", "2", "1"));
}

TEST_P(ValuesContract, AListOfNothingMatchesNothing) {
  hire({"a", "b", "c"});
  using Names = std::vector<std::string>;
  EXPECT_THAT(list(Query<Teacher>{}.where_one_of(&Teacher::name, Names{})), IsEmpty());
  EXPECT_THAT(names(list(Query<Teacher>{}.where_one_of(&Teacher::name, Names{"c", "a", "x"}))), ElementsAre("a", "c"));
  Names many{"b"};
  for (int i = 0; i < 3000; ++i) many.push_back("nobody " + std::to_string(i));
  EXPECT_THAT(names(list(Query<Teacher>{}.where_one_of(&Teacher::name, many))), ElementsAre("b"));
}

TEST_P(ValuesContract, ConditionsAreAllMet) {
  hire({"a", "b", "a"});
  Teacher last = list(Query<Teacher>{}).back();
  last.duty = model::Duty::kLeft;
  ASSERT_TRUE(save(last));
  EXPECT_EQ(count(Query<Teacher>{}.where(&Teacher::name, "a")), 2);
  EXPECT_EQ(count(Query<Teacher>{}.where(&Teacher::name, "a").where_not(&Teacher::duty, model::Duty::kLeft)), 1);
}

TEST_P(ValuesContract, AQuestionThatMakesNoSenseIsOurOwnFault) {
  const TableShape& table = model::shape_of<Teacher>();
  std::vector<std::string> codes;
  auto ask = [&](Unit& unit, const Selection& selection) { codes.push_back(code_name((unit.*UnitCalls::kSelect)(table, selection, nullptr))); };
  (void)store_->read(actor_, [&](Unit& unit) -> Result<void> {
    using ports::Comparison;
    ask(unit, {{{"no_such", Comparison::kEqual, {"x"}}}, {}, {}, 0});
    ask(unit, {{{"name; --", Comparison::kEqual, {"x"}}}, {}, {}, 0});
    ask(unit, {{{"name", Comparison::kEqual, {std::int64_t{1}}}}, {}, {}, 0});
    ask(unit, {{{"name", Comparison::kEqual, {}}}, {}, {}, 0});
    ask(unit, {{}, {{"no_such", false}}, {}, 0});
    return {};
  });
  EXPECT_THAT(codes, ::testing::AllOf(SizeIs(5), ::testing::Each("internal")));
}

TEST_P(ValuesContract, ARowNeedsItsIdAndItsShape) {
  auto no_id = a_teacher("一");
  no_id.id.value = "../1";
  EXPECT_EQ(code_name(save(no_id)), "internal");
  RowValues short_row = model::to_values(a_teacher("一")), wrong_row = short_row, null_row = short_row;
  short_row.values.pop_back();
  wrong_row.values[0] = std::int64_t{1};
  null_row.values[0] = Value{};
  for (const RowValues& row : {short_row, wrong_row, null_row}) {
    auto saved = store_->transact(actor_, "save", [&](Unit& unit) { return (unit.*UnitCalls::kSave)(model::shape_of<Teacher>(), row); });
    EXPECT_EQ(code_name(saved), "internal");
  }
}

// --- The unique keys of schema/sql, one by one ---------------------------------------------------------------------------

class UniqueContract : public StoreContract {
 protected:
  /// How saving the second of two rows goes whose texts and numbers all differ, except for these columns.
  std::string second_of(const TableShape& table, const std::vector<std::string>& equal) {
    std::string round = std::to_string(++round_);
    std::string answer = "nothing was saved";
    auto done = store_->transact(actor_, "twice", [&](Unit& unit) -> Result<void> {
      for (int n = 0; n < 2; ++n) {
        RowValues row{new_uuid(clock_.now()), actor_.school.value, 0, model::Level::kFull, {}};
        for (const model::Column& column : table.columns) {
          bool same = std::find(equal.begin(), equal.end(), column.name) != equal.end();
          bool number = column.type == model::ColumnType::kInteger;
          auto parent = parents_.find(column.name);
          if (parent != parents_.end()) row.values.emplace_back(parent->second[same ? 0 : static_cast<std::size_t>(n)]);
          else if (number) row.values.emplace_back(std::int64_t{10 * round_ + (same ? 7 : n)});
          else row.values.emplace_back(round + (same ? " same" : " " + std::to_string(n)));
        }
        answer = code_name((unit.*UnitCalls::kSave)(table, row));
      }
      return unit.audit(table.name, "", "all", "");
    });
    EXPECT_EQ(code_name(done), "fine") << done.error().detail;
    return answer;
  }

  void SetUp() override {
    StoreContract::SetUp();
    if (IsSkipped()) return;
    for (int n = 0; n < 2; ++n) {
      auto campaign = save(fresh<Campaign>(actor_));
      auto account = fresh<model::Account>(actor_);
      account.login = std::to_string(n);
      auto appraisal = fresh<model::Appraisal>(actor_);
      appraisal.campaign_id = campaign->id;
      auto visit = fresh<model::Visit>(actor_);
      visit.campaign_id = campaign->id;
      auto score = fresh<model::Score>(actor_);
      score.appraisal_id = appraisal.id;
      ASSERT_TRUE(save(account) && save(appraisal) && save(visit) && save(score));
      parents_["campaign_id"].push_back(campaign->id.value);
      parents_["account_id"].push_back(account.id.value);
      parents_["appraisal_id"].push_back(appraisal.id.value);
      parents_["visit_id"].push_back(visit.id.value);
      parents_["score_id"].push_back(score.id.value);
    }
  }
  std::map<std::string, std::vector<std::string>> parents_;
  int round_ = 0;
};

struct Key {
  const TableShape* table;
  std::vector<std::string> columns;
};

TEST_P(UniqueContract, EachKeyIsTakenOnceAndNoPartOfItAlone) {
  using namespace model;
  const std::vector<Key> keys = {
      {&shape_of<GradeGroup>(), {"school_year", "name"}},
      {&shape_of<SchoolClass>(), {"school_year", "name"}},
      {&shape_of<Teacher>(), {"staff_number"}},
      {&shape_of<TeachingAssignment>(), {"teacher_id", "class_id", "school_year", "kind", "subject"}},
      {&shape_of<Student>(), {"school_year", "student_number"}},
      {&shape_of<Account>(), {"login"}},
      {&shape_of<UnknownLogin>(), {"login_hash"}},
      {&shape_of<Session>(), {"token_hash"}},
      {&shape_of<ApiToken>(), {"token_hash"}},
      {&shape_of<SetupLink>(), {"token_hash"}},
      {&shape_of<SiteLink>(), {"site_user"}},
      {&shape_of<UsedTicket>(), {"nonce"}},
      {&shape_of<CodeAcceptance>(), {"campaign_id", "teacher_id", "code_version"}},
      {&shape_of<Roster>(), {"campaign_id", "grade_group_id"}},
      {&shape_of<Visit>(), {"campaign_id", "student_id"}},
      {&shape_of<VisitedStudent>(), {"visit_id"}},
      {&shape_of<CareNote>(), {"visit_id"}},
      {&shape_of<CoVisitor>(), {"visit_id", "teacher_id"}},
      {&shape_of<Preparation>(), {"visit_id"}},
      {&shape_of<VisitRecord>(), {"visit_id"}},
      {&shape_of<VisitPhoto>(), {"visit_id", "slot"}},
      {&shape_of<Consent>(), {"visit_id", "scope"}},
      {&shape_of<RedactedRecord>(), {"visit_id"}},
      {&shape_of<PostCopy>(), {"post_id", "host"}},
      {&shape_of<CopyHost>(), {"host"}},
      {&shape_of<ArchiveEntry>(), {"archive", "teacher_id", "source_id", "kind"}},
      {&shape_of<ArchiveEntry>(), {"archive", "teacher_id", "sequence"}},
      {&shape_of<Score>(), {"appraisal_id", "teacher_id"}},
      {&shape_of<ScoreLine>(), {"score_id", "position"}},
      {&shape_of<AwardCheck>(), {"score_id", "position"}},
      {&shape_of<Lease>(), {"name"}},
  };
  for (const Key& key : keys) {
    EXPECT_EQ(second_of(*key.table, key.columns), "duplicate") << key.table->name;
    for (const std::string& left_out : key.columns) {
      if (key.columns.size() == 1) break;
      std::vector<std::string> part = key.columns;
      part.erase(std::find(part.begin(), part.end(), left_out));
      EXPECT_EQ(second_of(*key.table, part), "fine") << key.table->name << " without " << left_out;
    }
  }
}

TEST_P(UniqueContract, NumbersThatAreNotKnownMayBeMissingTwice) {
  auto pupil = [&](const std::string& number) {
    auto student = fresh<model::Student>(actor_);
    student.student_number = number;
    return code_name(save(student));
  };
  EXPECT_EQ(pupil(""), "fine");
  EXPECT_EQ(pupil(""), "fine");
  EXPECT_EQ(pupil("7"), "fine");
  EXPECT_EQ(pupil("7"), "duplicate");
}

SHIDE_EVERY_STORE(ValuesContract);
SHIDE_EVERY_STORE(UniqueContract);

}  // namespace
}  // namespace shide::testing
