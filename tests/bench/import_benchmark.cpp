// How long the list of a large school takes, from the bytes of the spreadsheet to the dry run. Goal: 2,000 rows within 2 s and
// 200 MiB (`mebibytes`: what the process grew by at most). Run: tests/bench/run code import
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "office_files/office_files.h"
#include "support/large_list.h"
#include "workflow/import.h"

namespace shide::workflow {
namespace {

double most_memory() {  // MiB
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void import_dry_run(benchmark::State& state) {
  testing::TestSchool school;
  office_files::OfficeFiles files;
  std::string bytes = *files.spreadsheet(testing::large_list(static_cast<int>(state.range(0))));
  double before = most_memory();
  std::size_t added = 0;
  for (auto unused : state) {
    auto tables = files.read_tables(bytes);
    auto list = import_list(ImportKind::kStudents, *tables);
    auto plan = plan_import(school.ports, school.office, *list);
    added = plan ? plan->added : 0;
  }
  if (added != static_cast<std::size_t>(state.range(0))) state.SkipWithError("not every row was planned");
  state.counters["mebibytes"] = most_memory() - before;
}
BENCHMARK(import_dry_run)->Arg(2000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace shide::workflow
