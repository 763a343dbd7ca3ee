// How long one note takes, and how long a school's register takes to build. Goals: 0.2 ms for 350 characters, 1 s for
// 100,000 names. Run: tests/bench/run code
#include <benchmark/benchmark.h>

#include "base/text.h"
#include "privacy/redact.h"
#include "support/invented_names.h"

namespace shide::privacy {
namespace {

using test::invented_names;

const std::string kNote =
    "1月23日傍晚，我和搭班老师敲开了丁小满家的门。小满家住枫林路88号6幢，爸爸丁建军在恒源毛巾厂上夜班，妈妈去年做过手术，家里靠奶奶照应。"
    "她话不多，第一句却是：“老师，足球课我不上场，我想当记分员。”我们聊了聊她在学校的表现：作业认真，字写得端正，就是课堂上不敢举手。"
    "奶奶说，小满在家也不大说话，写完作业就去喂鸡，周末跟着爸爸去菜场。我们向家长介绍了课后服务的安排，也问了问对学校的想法。奶奶盼着"
    "食堂的汤能热一点，孩子冬天胃不好。家里人留了电话13800000000，说有事随时打。回来的路上我们商量好，开学第一周就请她试试当记分员，"
    "再请同桌陈雨桐陪她一起练朗读。三(2)班的教室角落里有一盆绿萝，也请她来照看。家访不是告状，是坐下来听一听，再一起想办法。";

void one_note(benchmark::State& state) {
  Register school({.teachers = invented_names(100), .students = invented_names(static_cast<std::size_t>(state.range(0))), .guardians = {"丁建军"}});
  NoteContext context{{"丁小满"}, {"丁建军"}, Byline::kTeachers};
  std::string note(first_characters(kNote, 350));
  for (auto unused : state) benchmark::DoNotOptimize(redact(note, school, context));
}
BENCHMARK(one_note)->Arg(2)->Arg(1600)->Arg(100000)->Unit(benchmark::kMicrosecond);

void small_register(benchmark::State& state) {
  KnownPeople known{.teachers = invented_names(3), .students = invented_names(4), .guardians = invented_names(3)};
  for (auto unused : state) benchmark::DoNotOptimize(Register(known));
}
BENCHMARK(small_register)->Unit(benchmark::kMicrosecond);

void large_register(benchmark::State& state) {
  KnownPeople known{.students = invented_names(static_cast<std::size_t>(state.range(0)))};
  for (auto unused : state) benchmark::DoNotOptimize(Register(known));
}
BENCHMARK(large_register)->Arg(1600)->Arg(100000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace shide::privacy
