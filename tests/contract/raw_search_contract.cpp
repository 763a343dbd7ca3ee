// Somebody has the files: database, log, copy. 500 pupils' names and guardians' telephone numbers were written, read, changed and
// deleted through the store; a search of every byte finds none of them, in UTF-8 or UTF-16.
#include <filesystem>
#include <fstream>
#include <set>

#include "contract/sql_quirks.h"

namespace shide::testing {
namespace {

namespace fs = std::filesystem;
using model::Guardian;
using model::Student;
using ports::Query;
using ports::Unit;
using ::testing::IsEmpty;

constexpr int kPlanted = 500;
// Four characters that nothing else here says, then a number: each is found by one search.
const std::string kName = "欧阳赟祎";
const std::string kPhone = "1397";

std::string number(int n) { return std::to_string(1'000'000 + n); }

std::string utf16(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    auto lead = static_cast<unsigned char>(text[i]);
    unsigned code = lead < 0x80 ? lead : (lead & 0x0Fu) << 12 | (static_cast<unsigned char>(text[i + 1]) & 0x3Fu) << 6 | (static_cast<unsigned char>(text[i + 2]) & 0x3Fu);
    i += lead < 0x80 ? 1 : 3;
    out += static_cast<char>(code & 0xFF);
    out += static_cast<char>(code >> 8);
  }
  return out;
}

std::vector<std::string> files_below(const std::vector<std::string>& roots) {
  std::vector<std::string> files;
  for (const std::string& root : roots) {
    if (fs::is_regular_file(root)) files.push_back(root);
    if (!fs::is_directory(root)) continue;
    for (const auto& one : fs::recursive_directory_iterator(root)) {
      if (one.is_regular_file()) files.push_back(one.path().string());
    }
  }
  return files;
}

/// The files in which one of the needles stands.
std::set<std::string> files_with(const std::vector<std::string>& roots, const std::vector<std::string>& needles) {
  std::set<std::string> found;
  for (const std::string& file : files_below(roots)) {
    std::ifstream in(file, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    for (const std::string& needle : needles) {
      if (bytes.find(needle) != std::string::npos) found.insert(file);
    }
  }
  return found;
}

class RawSearchContract : public StoreContract {
 protected:
  void SetUp() override {
    StoreContract::SetUp();
    if (IsSkipped()) return;
    quirks_ = dynamic_cast<SqlQuirks*>(GetParam());
    ASSERT_TRUE(quirks_);
  }

  Result<void> plant(Unit& unit, const Id<model::Campaign>& campaign, int n) {
    std::string name = kName + number(n), phone = kPhone + number(n);
    auto student = fresh<Student>(actor_);
    student.name = name;
    SHIDE_CHECK(unit.of<Student>().save(student));
    auto visit = fresh<model::Visit>(actor_);
    visit.campaign_id = campaign;
    visit.student_id = student.id;
    visit.place.visit_id = visit.id.value;
    SHIDE_CHECK(unit.of<model::Visit>().save(visit));
    auto guardian = fresh<Guardian>(actor_);
    guardian.place = visit.place;
    guardian.student_id = student.id;
    guardian.name = name;
    guardian.phone = phone;
    guardian.address = name + "家";
    SHIDE_CHECK(unit.of<Guardian>().save(guardian));
    auto record = fresh<model::VisitRecord>(actor_);
    record.place = visit.place;
    record.narrative = "到" + name + "家，电话" + phone;
    SHIDE_CHECK(unit.of<model::VisitRecord>().save(record));
    return unit.audit(student, "name phone");
  }

  SqlQuirks* quirks_ = nullptr;
};

TEST_P(RawSearchContract, FindsNoNameAndNoNumberInAnyFile) {
  auto campaign = fresh<model::Campaign>(actor_);
  campaign.title = "planted-title";
  ASSERT_TRUE(save(campaign));
  ASSERT_TRUE(store_->transact(actor_, "plant", [&](Unit& unit) -> Result<void> {
    for (int n = 0; n < kPlanted; ++n) SHIDE_CHECK(plant(unit, campaign.id, n));
    return {};
  }));
  auto reach = privacy::reach_for_job(actor_.school, model::DataKind::kGuardianContact, "test");
  auto changed = store_->transact(actor_, "change", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(all, unit.of<Guardian>().list(Query<Guardian>{}.order_by(&Guardian::name), reach));
    EXPECT_EQ(all.size(), static_cast<std::size_t>(kPlanted));
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (i % 5 == 0) SHIDE_CHECK(unit.of<Guardian>().erase(all[i]));
      else SHIDE_CHECK(unit.of<Guardian>().save(all[i]));
      SHIDE_CHECK(unit.audit(all[i], "phone"));
    }
    return {};
  });
  ASSERT_TRUE(changed) << changed.error().detail;
  // A verb that fails, and a question that a database would note down as slow or wrong.
  EXPECT_FALSE(store_->transact(actor_, "fail", [&](Unit& unit) -> Result<void> {
    SHIDE_CHECK(plant(unit, {new_uuid(clock_.now())}, 7));
    return {};
  }));
  auto found = store_->read(actor_, [&](Unit& unit) { return unit.of<Guardian>().count(Query<Guardian>{}.where(&Guardian::phone, kPhone + number(1)), reach); });
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, 1);

  std::vector<std::string> roots = quirks_->files();
  if (roots.empty()) GTEST_SKIP() << "the server's files cannot be read here";
  TemporaryFolder folder("shide-copy");
  if (store_->copy_to(folder.path() + "/copy.db")) roots.push_back(folder.path());
  // Every planted number begins like this.
  EXPECT_THAT(files_with(roots, {kName, utf16(kName), kPhone + "1000"}), IsEmpty());
  EXPECT_FALSE(files_with(roots, {"planted-title"}).empty()) << "the search finds what stands plain";
}

SHIDE_STORES_THAT(is_shared, RawSearchContract);

}  // namespace
}  // namespace shide::testing
