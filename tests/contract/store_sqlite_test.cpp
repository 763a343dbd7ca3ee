// SQLite as a ports::Store, each case on a new file.
#include <sys/stat.h>

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
  EXPECT_EQ(code_name(store_sql::open_sqlite("", clock)), "configuration");
  EXPECT_EQ(code_name(store_sql::open_sqlite(":memory:", clock)), "configuration");
}

TEST(Sqlite, OpensNothingBeforeItsFirstUse) {
  FixedClock clock;
  auto store = store_sql::open_sqlite("/no/such/folder/shide.db", clock);
  ASSERT_TRUE(store);
  auto ready = (*store)->ready();
  EXPECT_EQ(code_name(ready), "unavailable");
  EXPECT_EQ(ready.error().detail.find("/no/such"), std::string::npos);
}

}  // namespace
}  // namespace shide::testing
