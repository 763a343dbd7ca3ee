// The list of a large school, from the bytes of the spreadsheet to the dry run. How long it takes: tests/bench/import_benchmark.cpp.
#include <gtest/gtest.h>

#include "office_files/office_files.h"
#include "support/large_list.h"
#include "support/test_school.h"
#include "workflow/import.h"

namespace shide::workflow {
namespace {

TEST(Import_S99, TwoThousandRowsAreReadAndPlannedWhole) {
  testing::TestSchool school;
  office_files::OfficeFiles files;
  auto bytes = files.spreadsheet(testing::large_list(2000));
  ASSERT_TRUE(bytes);
  auto tables = files.read_tables(*bytes);
  ASSERT_TRUE(tables);
  auto list = import_list(ImportKind::kStudents, *tables);
  ASSERT_TRUE(list);
  auto plan = plan_import(school.ports, school.office, *list);
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->added, 2000u);
}

}  // namespace
}  // namespace shide::workflow
