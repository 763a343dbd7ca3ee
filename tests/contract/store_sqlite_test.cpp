// SQLite as a ports::Store, each case on a new file.
#include <sys/stat.h>

#include <fstream>

#include "contract/sql_quirks.h"

namespace shide::testing {
namespace {

SqliteQuirks quirks;
const TakesPart kTakesPart(quirks);

TEST(Sqlite, TheFileIsItsOwnersAlone) {
  FixedClock clock;
  auto store = quirks.open_empty(clock);
  struct stat status {};
  for (const char* suffix : {"", "-wal", "-shm"}) {
    ASSERT_EQ(stat((quirks.path() + suffix).c_str(), &status), 0) << suffix;
    EXPECT_EQ(status.st_mode & 0777, 0600u) << suffix;
  }
}

TEST(Sqlite, WantsThePathOfAFile) {
  FixedClock clock;
  EXPECT_EQ(code_name(store_sql::open_sqlite("", file_cipher(), clock)), "configuration");
  EXPECT_EQ(code_name(store_sql::open_sqlite(":memory:", file_cipher(), clock)), "configuration");
}

TEST(Sqlite, OpensNothingBeforeItsFirstUse) {
  FixedClock clock;
  auto store = store_sql::open_sqlite("/no/such/folder/shide.db", file_cipher(), clock);
  ASSERT_TRUE(store);
  auto ready = (*store)->ready();
  EXPECT_EQ(code_name(ready), "unavailable");
  EXPECT_EQ(ready.error().detail.find("/no/such"), std::string::npos);
}

TEST(Sqlite, FindsARowThatRefersToNothing) {
  FixedClock clock;
  auto store = quirks.open_empty(clock);
  quirks.execute("INSERT INTO sessions VALUES ('018f0000-0000-7000-8000-000000000001', 's', 1, 'h', 'c', '018f0000-0000-7000-8000-000000000002', 0, 0, 0, '', NULL)");
  auto faults = store->faults();
  ASSERT_TRUE(faults) << faults.error().detail;
  EXPECT_THAT(*faults, ::testing::ElementsAre("a row of sessions refers to nothing in accounts"));
}

TEST(Sqlite, ItsCopyHoldsOneStateAndComesBackOnce) {
  FixedClock clock;
  auto store = quirks.open_empty(clock);
  std::string copy = quirks.path() + ".copy", elsewhere = quirks.path() + ".elsewhere";
  ASSERT_TRUE(store->copy_to(copy));
  struct stat status {};
  ASSERT_EQ(stat(copy.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(code_name(store->copy_to(copy)), "unavailable") << "a copy is not overwritten";
  auto restored = store_sql::open_sqlite(elsewhere, file_cipher(), clock);
  ASSERT_TRUE(restored);
  ASSERT_TRUE((*restored)->take_copy(copy));
  EXPECT_EQ(code_name((*restored)->ready()), "fine");
  ASSERT_EQ(stat(elsewhere.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(code_name((*restored)->take_copy(copy)), "duplicate");
}

// Whatever the check answers to a file with a torn page, it is not "sound".
TEST(Sqlite, FindsATornPage) {
  FixedClock clock;
  quirks.open_empty(clock).reset();
  quirks.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  constexpr int kPage = 4096;
  std::fstream file(quirks.path(), std::ios::in | std::ios::out | std::ios::binary);
  for (int page = 2; page < 12; ++page) file.seekp(page * kPage).write(std::string(200, 'x').data(), 200);
  file.close();
  auto faults = quirks.open_again(clock)->faults();
  if (faults) EXPECT_THAT(*faults, ::testing::Not(::testing::IsEmpty()));
  else EXPECT_EQ(code_name(faults), "internal");
}

}  // namespace
}  // namespace shide::testing
