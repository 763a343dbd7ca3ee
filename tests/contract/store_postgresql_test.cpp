// PostgreSQL as a ports::Store, each case in a new schema of the database that SHIDE_TEST_POSTGRESQL names.
#include "contract/sql_quirks.h"

namespace shide::testing {
namespace {

PostgresqlQuirks quirks;
const TakesPart kTakesPart(quirks);

TEST(Postgresql, AServerThatIsNotThereIsUnavailable) {
  FixedClock clock;
  auto store = store_sql::open_postgresql("host=127.0.0.1 port=1 user=shide dbname=shide", file_cipher(), clock);
  ASSERT_TRUE(store);
  EXPECT_EQ(code_name((*store)->ready()), "unavailable");
  EXPECT_EQ(code_name(store_sql::open_postgresql("", file_cipher(), clock)), "configuration");
}

TEST(Postgresql, IsCopiedByItsOwnTools) {
  FixedClock clock;
  auto store = store_sql::open_postgresql("host=/nowhere", file_cipher(), clock);
  ASSERT_TRUE(store);
  EXPECT_EQ(code_name((*store)->copy_to("never.db")), "configuration");
  EXPECT_EQ(code_name((*store)->take_copy("never.db")), "configuration");
}

}  // namespace
}  // namespace shide::testing
