// The list of a large school, from the bytes of the spreadsheet to the dry run.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <ctime>

#include "office_files/office_files.h"
#include "support/test_school.h"
#include "workflow/import.h"

namespace shide::workflow {
namespace {

long most_memory_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(Import_S99, TwoThousandRowsAreLookedAtWithinTwoSecondsAnd200MiB) {
  testing::TestSchool school;
  ports::Sheet sheet{"名册", {"班级", "姓名", "学号", "家长电话", "住址"}, {}};
  for (int i = 0; i < 2000; ++i) {
    sheet.rows.push_back({"三(" + std::to_string(i % testing::TestSchool::kClasses + 1) + ")班", "学生" + std::to_string(i), std::to_string(20180000 + i), "1380000" + std::to_string(1000 + i), "幸福路" + std::to_string(i) + "号"});
  }
  office_files::OfficeFiles files;
  auto bytes = files.spreadsheet(sheet);
  ASSERT_TRUE(bytes);
  long memory = most_memory_kib();
  std::clock_t begin = std::clock();
  auto tables = files.read_tables(*bytes);
  ASSERT_TRUE(tables);
  auto list = import_list(ImportKind::kStudents, *tables);
  ASSERT_TRUE(list);
  auto plan = plan_import(school.ports, school.office, *list);
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->added, 2000u);
  double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  RecordProperty("milliseconds", static_cast<int>(seconds * 1000));
  RecordProperty("mebibytes", static_cast<int>((most_memory_kib() - memory) / 1024));
  EXPECT_LT(seconds, 2.0);
  EXPECT_LT(most_memory_kib() - memory, 200 * 1024);
}

}  // namespace
}  // namespace shide::workflow
