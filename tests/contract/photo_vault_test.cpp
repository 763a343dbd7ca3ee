// The vault contract for the directory and for the fake, and what only the directory can show.
#include <sys/stat.h>
#include <utime.h>

#include <filesystem>
#include <fstream>

#include "contract/photo_vault_contract.h"
#include "photo_files/photo_files.h"
#include "support/memory_photo_vault.h"
#include "support/temporary_folder.h"

namespace shide::testing {
namespace {

namespace fs = std::filesystem;

class ScratchPhotoFiles : public ports::PhotoVault {
 public:
  Result<void> put(std::string_view sha256, std::string_view bytes) override { return files_.put(sha256, bytes); }
  Result<std::string> get(std::string_view sha256) override { return files_.get(sha256); }
  Result<void> remove(std::string_view sha256) override { return files_.remove(sha256); }
  Result<std::vector<std::string>> list() override { return files_.list(); }

 private:
  TemporaryFolder folder_{"shide-vault"};
  photo_files::PhotoFiles files_{folder_.path() + "/photos"};
};

INSTANTIATE_TEST_SUITE_P(Vaults, PhotoVault_S109,
                         ::testing::Values(PhotoVaultMaker{"files", [] { return std::make_unique<ScratchPhotoFiles>(); }},
                                           PhotoVaultMaker{"memory", [] { return std::make_unique<MemoryPhotoVault>(); }}),
                         [](const auto& maker) { return maker.param.name; });

TEST(MemoryPhotoVault, NoticesAPhotoThatChanged) {
  MemoryPhotoVault vault;
  std::string name = sha256_hex("photo");
  ASSERT_TRUE(vault.put(name, "photo"));
  vault.spoil(name);
  EXPECT_EQ(vault.get(name).error().phrase.code, "photo.changed");
}

class PhotoFiles : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(vault.put(name, "photo")); }
  static mode_t mode_of(const std::string& path) {
    struct stat status{};
    EXPECT_EQ(stat(path.c_str(), &status), 0) << path;
    return status.st_mode & 07777;
  }

  TemporaryFolder folder{"shide-vault"};
  std::string path = folder.path() + "/photos";
  photo_files::PhotoFiles vault{path};
  std::string name = sha256_hex("photo");
  std::string shard = path + "/" + name.substr(0, 2);
  std::string file = shard + "/" + name;
};

TEST_F(PhotoFiles, LieUnderTheFirstTwoDigitsAndAreClosedToOthers) {
  EXPECT_EQ(mode_of(file), 0640u);
  EXPECT_EQ(mode_of(shard), 0700u);
  EXPECT_EQ(mode_of(path), 0700u);
  EXPECT_TRUE(fs::is_empty(path + "/incoming"));
}

TEST_F(PhotoFiles, AChangedFileIsNeverGivenOut) {
  std::ofstream(file, std::ios::app) << "!";
  EXPECT_EQ(vault.get(name).error().phrase.code, "photo.changed");
  std::ofstream(file, std::ios::trunc) << "";
  EXPECT_EQ(vault.get(name).error().phrase.code, "photo.changed");
  ASSERT_TRUE(vault.put(name, "photo"));
  EXPECT_EQ(*vault.get(name), "photo") << "putting it again mends it";
}

TEST_F(PhotoFiles, ALinkInAPhotosPlaceIsNotFollowed) {
  fs::remove(file);
  fs::create_symlink("/etc/passwd", file);
  EXPECT_FALSE(vault.get(name));
}

TEST_F(PhotoFiles, ListForgetsWhatAnInterruptedPutLeftAnHourAgo) {
  std::string old = path + "/incoming/old", fresh = path + "/incoming/fresh";
  std::ofstream(old) << "half a ph";
  std::ofstream(fresh) << "half a ph";
  utimbuf long_ago{1000, 1000};
  ASSERT_EQ(utime(old.c_str(), &long_ago), 0);
  EXPECT_THAT(*vault.list(), ::testing::ElementsAre(name));
  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(fs::exists(fresh)) << "another process may be writing it";
}

TEST_F(PhotoFiles, AVaultThatCannotBeWrittenSaysSo) {
  photo_files::PhotoFiles nowhere("/proc/no/such/place");
  Error error = nowhere.put(name, "photo").error();
  EXPECT_EQ(error.code, ErrorCode::kUnavailable);
  EXPECT_EQ(error.phrase.code, "photo.not_stored");
  EXPECT_EQ(nowhere.get(name).error().code, ErrorCode::kNotFound);
}

TEST_F(PhotoFiles, APlaceThatIsNoDirectoryIsAnErrorAndNotAnEmptyList) {
  photo_files::PhotoFiles odd(file);
  EXPECT_EQ(odd.list().error().phrase.code, "photo.not_read");
}

}  // namespace
}  // namespace shide::testing
