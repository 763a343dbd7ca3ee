// The folder of keys of the audit log, and the folder its heads are copied to: what is trusted, what is refused.
#include "seal_files/seal_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "base/digest.h"
#include "base/ed25519.h"
#include "base/key_text.h"

namespace shide::seal_files {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Date day(const char* text) { return *parse_date(text); }

template <class T>
std::string code_of(const Result<T>& result) { return result ? "fine" : result.error().phrase.code; }

class SealFilesContract : public ::testing::Test {
 protected:
  SealFilesContract() : folder(fs::temp_directory_path() / ("seal-" + random_token(9))) {}
  ~SealFilesContract() override { fs::remove_all(folder); }
  void write(const std::string& name, const std::string& text, mode_t mode = 0600) {
    fs::create_directories(folder);
    std::ofstream(folder / name) << text;
    ::chmod((folder / name).c_str(), mode);
  }
  static KeyText a_key(const std::string& id, const char* until) {
    Ed25519Pair pair = new_ed25519_pair();
    return {id, day(until), pair.public_key, pair.private_key};
  }
  static KeyText public_half(KeyText key) { return key.private_key.clear(), key; }

  fs::path folder;
  SealFiles seal{folder.string()};
};

TEST_F(SealFilesContract, AFolderThatIsNotThereHoldsNoKey) {
  auto keys = seal.keys();
  ASSERT_TRUE(keys);
  EXPECT_THAT(*keys, IsEmpty());
  EXPECT_EQ(code_of(seal.key_for(day("2021-01-24"))), "seal.no_key");
  EXPECT_EQ(code_of(seal.sign("2021a", "bytes")), "seal.no_key");
}

TEST_F(SealFilesContract, MakesAKeyThatItsOwnerAloneReadsAndThatSigns) {
  auto made = seal.make_key("2021a", day("2022-08-31"));
  ASSERT_TRUE(made) << made.error().detail;
  struct stat status {};
  ASSERT_EQ(::stat((folder / "2021a.key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  auto signature = seal.sign("2021a", "bytes");
  ASSERT_TRUE(signature);
  EXPECT_TRUE(ed25519_verifies(made->public_key, "bytes", *signature));
  EXPECT_EQ(code_of(seal.make_key("2021a", day("2023-08-31"))), "seal.taken");
  EXPECT_EQ(code_of(seal.make_key("../2021", day("2023-08-31"))), "seal.id_plain");
  EXPECT_THAT(seal.keys().value(), SizeIs(1));
}

TEST_F(SealFilesContract, TheKeyThatLastsLongestSignsAndNoneThatIsOver) {
  ASSERT_TRUE(seal.make_key("old", day("2021-01-31")));
  ASSERT_TRUE(seal.make_key("new", day("2022-01-31")));
  write("checked.pub", to_text(public_half(a_key("checked", "2030-01-31"))), 0644);
  EXPECT_EQ(seal.key_for(day("2021-01-24")).value().id, "new");
  EXPECT_EQ(seal.key_for(day("2022-01-31")).value().id, "new");
  EXPECT_EQ(code_of(seal.key_for(day("2022-02-01"))), "seal.key_over");
  EXPECT_THAT(seal.keys().value(), SizeIs(3)) << "those that are over still check";
}

TEST_F(SealFilesContract, OneKeyThatOthersMayReadClosesTheFolder) {
  ASSERT_TRUE(seal.make_key("good", day("2022-01-31")));
  write("open.key", to_text(a_key("open", "2022-01-31")), 0640);
  EXPECT_EQ(code_of(seal.keys()), "seal.open_to_others");
  EXPECT_EQ(code_of(seal.sign("good", "bytes")), "seal.open_to_others");
}

TEST_F(SealFilesContract, TwoKeysOfOneIdAreRefused) {
  KeyText one = a_key("2021a", "2022-01-31");
  write("one.key", to_text(one));
  write("one.pub", to_text(public_half(one)), 0644);
  EXPECT_EQ(code_of(seal.keys()), "fine") << "the halves of one key";
  write("two.key", to_text(a_key("2021a", "2023-01-31")));
  EXPECT_EQ(code_of(seal.keys()), "seal.same_id");
  EXPECT_EQ(code_of(seal.sign("2021a", "bytes")), "seal.same_id");
  fs::remove(folder / "two.key");
  write("two.pub", to_text(public_half(a_key("2021a", "2023-01-31"))), 0644);
  EXPECT_EQ(code_of(seal.key_for(day("2021-01-24"))), "seal.same_id");
}

TEST_F(SealFilesContract, AFileThatIsNoKeyIsRefused) {
  write("readme.txt", "not looked at", 0644);
  EXPECT_EQ(code_of(seal.keys()), "fine");
  write("half.pub", to_text(a_key("half", "2022-01-31")), 0644);
  EXPECT_EQ(code_of(seal.keys()), "seal.no_key_file") << "a private key in a public file";
  fs::remove(folder / "half.pub");
  write("cut.key", to_text(a_key("cut", "2022-01-31")).substr(0, 60));
  EXPECT_EQ(code_of(seal.keys()), "seal.no_key_file");
  fs::remove(folder / "cut.key");
  write("long.key", std::string(5000, 'x'));
  EXPECT_EQ(code_of(seal.keys()), "seal.no_key_file");
  fs::remove(folder / "long.key");
  fs::create_symlink("/etc/passwd", folder / "link.key");
  EXPECT_EQ(code_of(seal.keys()), "seal.not_read");
}

TEST_F(SealFilesContract, ADepositIsWrittenOnce) {
  fs::create_directories(folder);
  DepositFolder deposit(folder.string());
  EXPECT_TRUE(deposit.is_wanted());
  EXPECT_FALSE(DepositFolder("").is_wanted());
  ASSERT_TRUE(deposit.put("s-1.json", "{}\n"));
  EXPECT_TRUE(deposit.put("s-1.json", "{}\n"));
  EXPECT_EQ(code_of(deposit.put("s-1.json", "{ }\n")), "seal.taken");
  std::ifstream file(folder / "s-1.json");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "{}\n");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1) << "no draft is left";
  EXPECT_EQ(code_of(DepositFolder((folder / "gone").string()).put("s-1.json", "{}\n")), "seal.not_written");
}

}  // namespace
}  // namespace shide::seal_files
