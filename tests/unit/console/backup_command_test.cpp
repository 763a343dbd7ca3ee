#include "console/backup_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/digest.h"
#include "console/backup.h"
#include "support/command_line.h"

namespace shide::console {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Its copy is one word in a file; it becomes what such a file says, once.
class CopiedStore : public testing::MemoryStore {
 public:
  CopiedStore(const Clock& clock, std::string kept) : MemoryStore(clock), holds(std::move(kept)) {}
  Result<void> copy_to(const std::string& path) override {
    std::ofstream(path) << holds;
    return {};
  }
  Result<void> take_copy(const std::string& path) override {
    if (!holds.empty()) return Error{ErrorCode::kDuplicate, {"store.there"}};
    std::ifstream(path) >> holds;
    return {};
  }
  std::string holds;
};

class Backup : public testing::CommandLine {
 protected:
  Backup() : folder_((std::filesystem::temp_directory_path() / ("shide-backup-" + new_uuid(SystemClock().now()))).string()) {
    place(house, "database");
    for (const char* photo : {"first", "second"}) EXPECT_TRUE(house.ports.photo_vault->put(sha256_hex(photo), photo));
  }
  ~Backup() override { std::filesystem::remove_all(folder_); }

  static CopiedStore& place(testing::EmptyHouse& into, std::string holds) {
    auto owned = std::make_unique<CopiedStore>(*into.clock, std::move(holds));
    CopiedStore& store = *owned;
    into.ports.store = std::move(owned);
    return store;
  }
  int back_up() { return backup_command({folder_}, streams, environment); }
  int restore_into(testing::EmptyHouse& other) {
    testing::HouseEnvironment elsewhere(other.ports);
    out.clear();
    err.clear();
    return restore_command({folder_}, streams, elsewhere);
  }

  std::string folder_;
  testing::EmptyHouse other_{time_of(*make_date(2021, 1, 14), 9)};
};

TEST_F(Backup, ComesBackAsItWasElsewhere) {
  ASSERT_EQ(back_up(), kFine) << err;
  EXPECT_EQ(std::filesystem::status(folder_).permissions() & std::filesystem::perms::others_all, std::filesystem::perms::none);
  CopiedStore& store = place(other_, "");
  ASSERT_EQ(restore_into(other_), kFine) << err;
  EXPECT_EQ(store.holds, "database");
  EXPECT_EQ(*other_.ports.photo_vault->get(sha256_hex("second")), "second");
}

TEST_F(Backup, NamesEveryFileWithItsHash) {
  ASSERT_EQ(back_up(), kFine) << err;
  auto files = BackupFolder(folder_).read_manifest();
  ASSERT_TRUE(files);
  EXPECT_THAT(*files, SizeIs(3));
  EXPECT_THAT(BackupFolder(folder_).broken_files(*files), IsEmpty());
}

TEST_F(Backup, WritesIntoAnEmptyFolderOnly) {
  std::filesystem::create_directories(folder_ + "/something");
  EXPECT_EQ(back_up(), kFoundWrong);
}

TEST_F(Backup, ABrokenOneBringsNothingBack) {
  ASSERT_EQ(back_up(), kFine);
  std::ofstream(folder_ + "/" + photo_file(sha256_hex("first"))) << "fir";
  CopiedStore& store = place(other_, "");
  EXPECT_EQ(restore_into(other_), kFoundWrong);
  EXPECT_THAT(err, HasSubstr(photo_file(sha256_hex("first"))));
  EXPECT_EQ(store.holds, "");
  EXPECT_THAT(*other_.ports.photo_vault->list(), IsEmpty());
}

TEST_F(Backup, OverwritesNeitherDatabaseNorPhotos) {
  ASSERT_EQ(back_up(), kFine);
  CopiedStore& store = place(other_, "standing");
  EXPECT_EQ(restore_into(other_), kFoundWrong);
  EXPECT_EQ(store.holds, "standing");
  store.holds.clear();
  ASSERT_TRUE(other_.ports.photo_vault->put(sha256_hex("another"), "another"));
  EXPECT_EQ(restore_into(other_), kFoundWrong);
  EXPECT_EQ(store.holds, "");
}

TEST_F(Backup, ARestoreCutOffCanBeBegunAgain) {
  ASSERT_EQ(back_up(), kFine);
  CopiedStore& store = place(other_, "");
  ASSERT_TRUE(other_.ports.photo_vault->put(sha256_hex("first"), "first"));
  EXPECT_EQ(restore_into(other_), kFine) << err;
  EXPECT_EQ(store.holds, "database");
}

TEST_F(Backup, AManifestThatLeadsElsewhereIsRefused) {
  ASSERT_EQ(back_up(), kFine);
  std::ofstream(folder_ + "/manifest.json") << R"({"files":[{"path":"../secret","bytes":1,"sha256":"x"}]})";
  EXPECT_EQ(restore_into(other_), kFoundWrong);
  EXPECT_THAT(err, HasSubstr(std::string(text_of("backup.no_manifest", Language::kChinese))));
}

TEST_F(Backup, ADatabaseWithToolsOfItsOwnIsLeftToThem) {
  house.ports.store = std::make_unique<testing::MemoryStore>(*house.clock);
  EXPECT_EQ(back_up(), kFoundWrong);
  EXPECT_THAT(err, HasSubstr("pg_dump"));
}

TEST_F(Backup, WantsOneFolder) {
  EXPECT_EQ(backup_command({}, streams, environment), kWrongUsage);
  EXPECT_EQ(restore_command({"a", "b"}, streams, environment), kWrongUsage);
}

}  // namespace
}  // namespace shide::console
