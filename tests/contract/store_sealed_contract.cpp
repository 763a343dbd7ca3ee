// Fields of children in a database: closed where they stand, open to who asks through the store, and bound to their place. What is
// asked of every store holds for the plain one in memory too.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <thread>

#include "cipher_openssl/field_cipher.h"
#include "contract/sql_quirks.h"

namespace shide::testing {
namespace {

using model::DataKind;
using model::Guardian;
using model::Student;
using ports::Query;
using ports::Unit;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

template <class T>
model::Reach job_reach(const model::Actor& actor) {
  return privacy::reach_for_job(actor.school, model::Table<T>::kind, "test");
}

// --- Every store: what is sealed can be compared and sorted like anything else -------------------------------------------

class ComparedContract : public StoreContract {
 protected:
  void enrol(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      auto student = fresh<Student>(actor_);
      student.name = name;
      student.place.class_id = names.size() > 3 ? "one" : "two";
      ASSERT_TRUE(save(student));
      clock_.advance(kSecond);
    }
  }
  std::vector<std::string> names(const Query<Student>& query) {
    auto rows = store_->read(actor_, [&](Unit& unit) { return unit.of<Student>().list(query, job_reach<Student>(actor_)); });
    EXPECT_TRUE(rows) << rows.error().detail;
    std::vector<std::string> found;
    for (const Student& one : *rows) found.push_back(one.name);
    return found;
  }
};

TEST_P(ComparedContract, ByEqualityOrderAndLimit) {
  enrol({"王小明", "李华", "", "陈静", "王小明"});
  EXPECT_THAT(names(Query<Student>{}.where(&Student::name, "王小明")), SizeIs(2));
  EXPECT_THAT(names(Query<Student>{}.where(&Student::name, "王小明").limit(1)), SizeIs(1));
  EXPECT_THAT(names(Query<Student>{}.where_not(&Student::name, "王小明")), ElementsAre("李华", "", "陈静"));
  EXPECT_THAT(names(Query<Student>{}.where_one_of(&Student::name, std::vector<std::string>{"陈静", "李华"})), ElementsAre("李华", "陈静"));
  EXPECT_THAT(names(Query<Student>{}.order_by(&Student::name)), ElementsAre("", "李华", "王小明", "王小明", "陈静"));
  EXPECT_THAT(names(Query<Student>{}.order_by(&Student::name, true).limit(3)), ElementsAre("陈静", "王小明", "王小明"));
  EXPECT_THAT(names(Query<Student>{}.where_at_least(&Student::name, "王").order_by(&Student::name)), ElementsAre("王小明", "王小明", "陈静"));
  enrol({"赵六"});
  EXPECT_THAT(names(Query<Student>{}.where(&model::Place::class_id, "two").order_by(&Student::student_number).order_by(&Student::name)), ElementsAre("赵六"));
}

TEST_P(ComparedContract, WhatIsSealedAboutAPupilIsGoneOnceTheKeyIsDestroyed) {
  enrol({"王小明", "李华"});
  auto campaign = fresh<model::Campaign>(actor_);
  ASSERT_TRUE(save(campaign));
  auto pupils = store_->read(actor_, [&](Unit& unit) { return unit.of<Student>().list({}, job_reach<Student>(actor_)); }).value();
  std::vector<model::Demand> demands;
  for (const Student& pupil : pupils) {
    auto visit = fresh<model::Visit>(actor_);
    visit.campaign_id = campaign.id;
    visit.student_id = pupil.id;
    ASSERT_TRUE(save(visit));
    auto demand = fresh<model::Demand>(actor_);
    demand.place.visit_id = visit.id.value;
    demand.text = "想知道食堂的菜单";
    auto saved = save(demand);
    ASSERT_TRUE(saved) << saved.error().detail;
    demands.push_back(*saved);
    clock_.advance(kSecond);
  }
  auto destroy = [&](const model::Actor& actor, const Id<Student>& pupil) {
    return store_->transact(actor, "erase_student", [&](Unit& unit) -> Result<void> {
      SHIDE_CHECK(unit.destroy_key(pupil));
      return unit.audit("students", pupil.value, "name", "要求");
    });
  };
  EXPECT_EQ(code_name(destroy(other_, pupils[0].id)), "fine") << "another school's key is its own";
  EXPECT_THAT(names({}), ElementsAre("王小明", "李华"));
  EXPECT_EQ(code_name(destroy(actor_, {"no id"})), "not_found");
  auto unaudited = store_->transact(actor_, "erase_student", [&](Unit& unit) { return unit.destroy_key(pupils[0].id); });
  EXPECT_EQ(code_name(unaudited), "internal");
  EXPECT_THAT(names({}), ElementsAre("王小明", "李华"));
  ASSERT_EQ(code_name(destroy(actor_, pupils[0].id)), "fine");
  EXPECT_THAT(names({}), ElementsAre("", "李华"));
  auto texts = store_->read(actor_, [&](Unit& unit) { return unit.of<model::Demand>().list({}, job_reach<model::Demand>(actor_)); }).value();
  ASSERT_THAT(texts, SizeIs(2));
  EXPECT_EQ(texts[0].text, "");
  EXPECT_EQ(texts[1].text, "想知道食堂的菜单");
  demands[0].version = texts[0].version;
  EXPECT_EQ(code_name(save(demands[0])), "invalid");
  EXPECT_EQ(code_name(save(demands[1])), "fine");
  EXPECT_EQ(code_name(destroy(actor_, pupils[0].id)), "invalid") << "twice";
}

SHIDE_EVERY_STORE(ComparedContract);

// --- The databases -------------------------------------------------------------------------------------------------------

class SealedContract : public StoreContract {
 protected:
  void SetUp() override {
    StoreContract::SetUp();
    if (IsSkipped()) return;
    quirks_ = dynamic_cast<SqlQuirks*>(GetParam());
    ASSERT_TRUE(quirks_);
    auto campaign = fresh<model::Campaign>(actor_);
    ASSERT_TRUE(save(campaign));
    for (int i = 0; i < 2; ++i) {
      auto visit = fresh<model::Visit>(actor_);
      visit.campaign_id = campaign.id;
      visit.student_id = new_id<Student>(clock_.now());
      visit.place = {"2020-2021", "g", "c", visit.id.value};
      ASSERT_TRUE(save(visit));
      visits_.push_back(visit);
    }
  }

  Guardian a_guardian(std::size_t of_visit, const std::string& phone) {
    auto guardian = fresh<Guardian>(actor_);
    guardian.place = visits_[of_visit].place;
    guardian.student_id = visits_[of_visit].student_id;
    guardian.name = "王大明";
    guardian.phone = phone;
    guardian.address = "花园3幢";
    return guardian;
  }
  template <class T>
  Result<T> read(const Id<T>& id) {
    return store_->read(actor_, [&](Unit& unit) { return unit.of<T>().load(id, job_reach<T>(actor_)); });
  }
  /// The data keys that the envelopes of a column name.
  std::set<std::string> keys_in(const std::string& table, const std::string& column) {
    std::set<std::string> keys;
    for (const std::string& text : quirks_->texts_of(table, column)) {
      if (!text.empty()) keys.emplace(file_cipher().key_of(text));
    }
    return keys;
  }
  /// As before this database knew of envelopes.
  void make_plain(const Guardian& guardian) {
    quirks_->execute("UPDATE guardians SET name = '" + guardian.name + "', phone = '" + guardian.phone + "', address = '" + guardian.address +
                     "' WHERE id = '" + guardian.id.value + "'");
    quirks_->execute("DELETE FROM sealed_columns WHERE table_name = 'guardians'");
  }

  SqlQuirks* quirks_ = nullptr;
  std::vector<model::Visit> visits_;
};

TEST_P(SealedContract, EverySealedColumnOfEveryTableHoldsEnvelopesOnly) {
  std::size_t walked = 0;
  auto account = fresh<model::Account>(actor_);
  account.login = "keeper";
  ASSERT_TRUE(save(account));
  model::for_each_table([&]<class T>() {
    const model::TableShape& table = model::shape_of<T>();
    if (!table.has_sealed()) return;
    T row = fresh<T>(actor_);
    if constexpr (model::Placed<T>) row.place = visits_[0].place;
    model::RowValues values = model::to_values(row);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].sealed) values.values[i] = "王小明 13800001111";
      if (table.columns[i].name == "campaign_id") values.values[i] = visits_[0].campaign_id.value;
      if (table.columns[i].name == "account_id") values.values[i] = account.id.value;
    }
    auto saved = store_->transact(actor_, "save", [&](Unit& unit) -> Result<void> {
      SHIDE_CHECK((unit.*UnitCalls::kSave)(table, values));
      return unit.audit(table.name, row.id.value, "all", "");
    });
    ASSERT_EQ(code_name(saved), "fine") << table.name << ": " << saved.error().detail;
    for (const model::Column& column : table.columns) {
      if (!column.sealed) continue;
      EXPECT_THAT(quirks_->texts_of(table.name, column.name), ElementsAre(StartsWith("s1:"))) << table.name << "." << column.name;
      ++walked;
    }
  });
  EXPECT_GE(walked, 25u);
  EXPECT_THAT(*store_->faults(), IsEmpty());
}

TEST_P(SealedContract, APupilHasOneDataKeyAndTheSchoolItsOwn) {
  ASSERT_TRUE(save(a_guardian(0, "13800001111")));
  ASSERT_TRUE(save(a_guardian(0, "13800002222")));
  auto record = fresh<model::VisitRecord>(actor_);
  record.place = visits_[0].place;
  record.narrative = "父母在外务工";
  ASSERT_TRUE(save(record));
  auto roster = fresh<model::Roster>(actor_);
  roster.campaign_id = visits_[0].campaign_id;
  roster.send_back_reason = "两名学生同班";
  ASSERT_TRUE(save(roster));
  EXPECT_THAT(keys_in("guardians", "phone"), SizeIs(1));
  EXPECT_EQ(keys_in("guardians", "phone"), keys_in("visit_records", "narrative")) << "a record that names only its visit belongs to the pupil";
  EXPECT_NE(keys_in("rosters", "send_back_reason"), keys_in("guardians", "phone"));
  ASSERT_TRUE(save(a_guardian(1, "13800003333")));
  EXPECT_THAT(keys_in("guardians", "phone"), SizeIs(2));
}

TEST_P(SealedContract, AnEnvelopeMovedOrReplacedStaysClosed) {
  auto first = save(a_guardian(0, "13800001111")), second = save(a_guardian(0, "13800002222"));
  ASSERT_TRUE(first && second);
  auto move = [&](const std::string& set) { quirks_->execute("UPDATE guardians SET " + set + " WHERE id = '" + second->id.value + "'"); };
  move("phone = (SELECT phone FROM guardians WHERE id = '" + first->id.value + "')");
  EXPECT_EQ(code_name(read(second->id)), "internal") << "from another row";
  EXPECT_THAT(*store_->faults(), ElementsAre("a text in guardians.phone does not open"));
  move("phone = name");
  EXPECT_EQ(code_name(read(second->id)), "internal") << "from another column";
  move("phone = '13800002222'");
  EXPECT_EQ(code_name(read(second->id)), "internal") << "a text that is not sealed at all";
  EXPECT_EQ(code_name(read(first->id)), "fine");
}

TEST_P(SealedContract, WithoutItsDataKeyARowReadsEmptyAndIsNotWrittenAgain) {
  auto saved = save(a_guardian(0, "13800001111")), other = save(a_guardian(1, "13800002222"));
  ASSERT_TRUE(saved && other);
  ASSERT_EQ(read(saved->id)->phone, "13800001111") << "the key is in memory now";
  quirks_->execute("UPDATE data_keys SET wrapped = '', destroyed_at = 1 WHERE subject_id = '" + visits_[0].student_id.value + "'");
  auto left = read(saved->id);
  ASSERT_TRUE(left) << left.error().detail;
  EXPECT_EQ(left->phone + left->name + left->address, "");
  EXPECT_EQ(left->relation, model::Relation::kFather);
  EXPECT_EQ(read(other->id)->phone, "13800002222");
  saved->phone = "13800003333";
  EXPECT_EQ(code_name(save(*saved)), "invalid");
}

TEST_P(SealedContract, WhatStoodPlainIsSealedByMigrateOnceAndNothingIsLost) {
  auto first = save(a_guardian(0, "13800001111")), second = save(a_guardian(1, ""));
  ASSERT_TRUE(first && second);
  make_plain(*first);
  make_plain(*second);
  EXPECT_EQ(code_name(store_->ready()), "unavailable");
  EXPECT_EQ(code_name(read(first->id)), "unavailable") << "the operator is told what to do";
  auto taken = store_->migrate();
  ASSERT_TRUE(taken) << taken.error().detail;
  EXPECT_THAT(*taken, IsEmpty());
  EXPECT_EQ(code_name(store_->ready()), "fine");
  EXPECT_EQ(read(first->id)->phone, "13800001111");
  EXPECT_EQ(read(first->id)->version, 1) << "nobody who has it open is told that it changed";
  EXPECT_EQ(read(second->id)->address, "花园3幢");
  EXPECT_EQ(read(second->id)->phone, "");
  std::vector<std::string> before = quirks_->texts_of("guardians", "phone");
  ASSERT_TRUE(store_->migrate());
  EXPECT_EQ(quirks_->texts_of("guardians", "phone"), before);
}

TEST_P(SealedContract, BesideTheWrongKeysNothingOpensAndTheOperatorIsTold) {
  auto saved = save(a_guardian(0, "13800001111"));
  ASSERT_TRUE(saved);
  TemporaryFolder elsewhere("shide-keys");
  std::filesystem::permissions(elsewhere.path(), std::filesystem::perms::owner_all);
  cipher_openssl::FieldCipher other(cipher_openssl::KeyFolder(elsewhere.path(), std::make_unique<SystemClock>()));
  auto store = quirks_->open_with(other, clock_);
  auto load = [&] { return store->read(actor_, [&](Unit& unit) { return unit.of<Guardian>().load(saved->id, job_reach<Guardian>(actor_)); }); };
  EXPECT_EQ(store->ready().error().phrase.code, "keys.missing");
  EXPECT_EQ(load().error().phrase.code, "keys.missing");
  EXPECT_EQ(store->migrate().error().phrase.code, "keys.missing") << "no new key is made for a database that has had one";
  EXPECT_THAT(*other.school_keys(), IsEmpty());
}

TEST_P(SealedContract, ATransactionThatFailsLeavesNoDataKey) {
  auto failed = store_->transact(actor_, "save", [&](Unit& unit) -> Result<void> {
    Guardian guardian = a_guardian(0, "13800001111");
    SHIDE_CHECK(unit.of<Guardian>().save(guardian));
    return internal_error("changed its mind");
  });
  EXPECT_EQ(code_name(failed), "internal");
  EXPECT_THAT(quirks_->texts_of("data_keys", "id"), IsEmpty());
  auto saved = save(a_guardian(0, "13800001111"));
  ASSERT_TRUE(saved);
  EXPECT_EQ(read(saved->id)->phone, "13800001111");
  EXPECT_EQ(read(saved->id)->phone, "13800001111");
}

// --- Rotation ------------------------------------------------------------------------------------------------------------

/// A cipher that breaks at its n-th use, as a process that is killed there.
class BreakingCipher : public ports::FieldCipher {
 public:
  explicit BreakingCipher(int at) : left_(at) {}
  Result<std::vector<ports::SchoolKey>> school_keys() override { return file_cipher().school_keys(); }
  Result<ports::SchoolKey> make_school_key() override { return file_cipher().make_school_key(); }
  Result<void> can_wrap() override { return file_cipher().can_wrap(); }
  std::string make_data_key() override { return file_cipher().make_data_key(); }
  Result<ports::WrappedKey> wrap(std::string_view school, std::string_view key, std::string_view place) override {
    use();
    return file_cipher().wrap(school, key, place);
  }
  Result<std::string> unwrap(std::string_view school, const ports::WrappedKey& wrapped, std::string_view place) override {
    return file_cipher().unwrap(school, wrapped, place);
  }
  std::string seal(std::string_view id, std::string_view key, std::string_view text, std::string_view place) override {
    use();
    return file_cipher().seal(id, key, text, place);
  }
  Result<std::string> open(std::string_view key, std::string_view envelope, std::string_view place) override {
    use();
    return file_cipher().open(key, envelope, place);
  }
  std::string_view key_of(std::string_view envelope) const override { return file_cipher().key_of(envelope); }
  struct Killed {};

 private:
  void use() {
    if (left_-- == 0) throw Killed{};
  }
  int left_;
};

TEST_P(SealedContract, ARotationClosesEverythingAnewAndDropsTheOldKeys) {
  auto first = save(a_guardian(0, "13800001111")), second = save(a_guardian(1, "13800002222"));
  ASSERT_TRUE(first && second);
  std::set<std::string> before = keys_in("guardians", "phone");
  std::string newest_before = store_->key_uses()->front().key.id;
  auto done = store_->rotate_keys({});
  ASSERT_TRUE(done) << done.error().detail;
  EXPECT_EQ(done->rows, 2);
  EXPECT_EQ(done->keys, 2);
  std::set<std::string> after = keys_in("guardians", "phone");
  for (const std::string& key : before) EXPECT_EQ(after.count(key), 0u);
  EXPECT_EQ(read(first->id)->phone, "13800001111");
  EXPECT_EQ(read(second->id)->version, second->version);
  auto uses = store_->key_uses();
  ASSERT_TRUE(uses);
  EXPECT_NE(uses->front().key.id, newest_before);
  EXPECT_EQ(uses->front().wraps, 2);
  EXPECT_THAT(*store_->faults(), IsEmpty());
}

TEST_P(SealedContract, ARotationKilledAtEachStepLosesNothingAndGoesOn) {
  auto first = save(a_guardian(0, "13800001111")), second = save(a_guardian(1, "13800002222"));
  ASSERT_TRUE(first && second);
  int killed = 0;
  for (int at = 0; at < 100; ++at) {
    BreakingCipher breaking(at);
    auto store = quirks_->open_with(breaking, clock_);
    clock_.advance(kSecond);
    bool whole = true;
    try {
      ASSERT_TRUE(store->rotate_keys({}));
    } catch (const BreakingCipher::Killed&) {
      whole = false;
      ++killed;
    }
    EXPECT_EQ(read(first->id)->phone, "13800001111") << at;
    second = save(*second);  // somebody works meanwhile
    ASSERT_TRUE(second) << at;
    EXPECT_EQ(read(second->id)->phone, "13800002222") << at;
    if (whole) break;
    if (at % 3 == 0) {
      ASSERT_TRUE(store_->rotate_keys({})) << "goes on where it was cut off";
      EXPECT_THAT(*store_->faults(), IsEmpty());
    }
  }
  EXPECT_GT(killed, 10);
}

// SHIDE_TEST_ROWS=10000 gives the figure of the README.
TEST_P(SealedContract, OthersReadAndWriteWhileTheKeysAreRotated) {
  const char* wanted = std::getenv("SHIDE_TEST_ROWS");
  const std::size_t rows = wanted ? std::strtoul(wanted, nullptr, 10) : 300;
  std::vector<Id<Guardian>> ids;
  ASSERT_TRUE(store_->transact(actor_, "fill", [&](Unit& unit) -> Result<void> {
    ids.clear();
    for (std::size_t i = 0; i < rows; ++i) {
      Guardian guardian = a_guardian(i % 2, "1380000" + std::to_string(1000 + i));
      SHIDE_CHECK(unit.of<Guardian>().save(guardian));
      ids.push_back(guardian.id);
    }
    return unit.audit("guardians", ids.front().value, "phone", "");
  }));
  std::atomic<bool> over = false;
  std::atomic<int> failed = 0, rounds = 0;
  auto work = [&](std::size_t from) {
    auto store = quirks_->open_again(clock_);
    for (std::size_t n = from; !over; ++n) {
      auto done = store->transact(actor_, "save", [&](Unit& unit) -> Result<void> {
        SHIDE_TRY(row, unit.of<Guardian>().load(ids[n % ids.size()], job_reach<Guardian>(actor_)));
        if (row.phone.substr(0, 7) != "1380000") return internal_error("another phone");
        SHIDE_CHECK(unit.of<Guardian>().save(row));
        return unit.audit(row, "phone");
      });
      auto read = store->read(actor_, [&](Unit& unit) { return unit.of<Guardian>().list(Query<Guardian>{}.limit(45), job_reach<Guardian>(actor_)); });
      if (!done || !read || read->size() != 45) ++failed;
      ++rounds;
    }
  };
  std::thread one(work, 0), other(work, rows / 2);
  auto began = std::chrono::steady_clock::now();
  auto rotated = store_->rotate_keys({});
  auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began).count();
  EXPECT_TRUE(rotated);
  EXPECT_LE(took, 60'000);
  over = true;
  one.join();
  other.join();
  EXPECT_EQ(failed, 0);
  EXPECT_GT(rounds, 0);
  if (wanted) std::cout << rows << " rows in " << took << " ms, " << rounds << " rounds of others meanwhile\n";
  EXPECT_THAT(*store_->faults(), IsEmpty());
}

SHIDE_STORES_THAT(is_shared, SealedContract);

TEST(SealedSqlite, NothingOfAPlainDatabaseIsLeftInItsFilesOnceItWasSealed) {
  SqliteQuirks quirks;
  FixedClock clock;
  auto store = quirks.open_empty(clock);
  std::string values;
  for (int i = 0; i < 500; ++i) {
    std::string number = std::to_string(1000 + i);
    values += std::string(i == 0 ? "" : ", ") + "('018f0000-0000-7000-8000-00000000" + number + "', 's', 1, 'y', 'g', 'c', '', '" + number + "', 'planted" + number + "')";
  }
  quirks.execute("INSERT INTO students VALUES " + values);
  quirks.execute("DELETE FROM sealed_columns WHERE table_name = 'students'");
  auto bytes = [&] {
    std::string all;
    for (const char* suffix : {"", "-wal"}) {
      std::ifstream in(quirks.path() + suffix, std::ios::binary);
      all += std::string(std::istreambuf_iterator<char>(in), {});
    }
    return all;
  };
  ASSERT_NE(bytes().find("planted1499"), std::string::npos);
  ASSERT_TRUE(store->migrate());
  EXPECT_EQ(bytes().find("planted"), std::string::npos);
  EXPECT_THAT(*store->faults(), IsEmpty());
}

}  // namespace
}  // namespace shide::testing
