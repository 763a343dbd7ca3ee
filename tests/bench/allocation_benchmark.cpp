// Allocation of a whole school in one go, far more than a grade: 40 classes and 130 teachers, more than there are places.
#include <benchmark/benchmark.h>

#include <random>
#include <string>

#include "visit/allocation.h"

namespace {

using namespace shide::visit;

/// Seeded: `companions` teachers beside 40 homeroom teachers, each teaching three classes, pairs who shall not go together, some
/// away for a day.
GradeToAllocate school_of(std::size_t companions, std::size_t pairs, std::size_t away) {
  std::mt19937 random(20210120);
  GradeToAllocate grade;
  grade.days = 2;
  for (std::size_t i = 0; i < 40; ++i) {
    ClassToVisit one;
    one.id.value = one.name = "class " + std::to_string(100 + i);
    one.homeroom.value = one.homeroom_name = "homeroom " + std::to_string(100 + i);
    grade.classes.push_back(one);
  }
  for (std::size_t i = 0; i < companions; ++i) {
    TeacherToPlace one;
    one.id.value = one.name = "teacher " + std::to_string(100 + i);
    for (int lesson = 0; lesson < 3; ++lesson) one.teaches.insert(grade.classes[random() % 40].id);
    grade.teachers.push_back(one);
  }
  auto anybody = [&] { return "teacher " + std::to_string(100 + random() % companions); };
  for (std::size_t i = 0; i < pairs; ++i) {
    std::string one = anybody(), other = anybody();
    if (one != other) grade.not_with.push_back({{one}, {other}, one, other});
  }
  for (std::size_t i = 0; i < away; ++i) {
    std::string name = anybody();
    grade.away.push_back({{name}, name, {random() % 2}});
  }
  return grade;
}

void measure(benchmark::State& state, const GradeToAllocate& grade) {
  Allocation allocation;
  for (auto _ : state) benchmark::DoNotOptimize(allocation = allocate(grade));
  state.counters["full"] = allocation.outcome == Allocation::Outcome::kFull;
  state.counters["best"] = allocation.best;
  state.counters["second_pupils"] = static_cast<double>(allocation.second_pupils.size());
  state.counters["conflict"] = static_cast<double>(allocation.conflict.size());
}

void allocate_120_teachers_who_fit(benchmark::State& state) { measure(state, school_of(80, 40, 10)); }
void allocate_130_teachers_who_outnumber_the_places(benchmark::State& state) { measure(state, school_of(90, 40, 10)); }
void allocate_a_grade_of_17(benchmark::State& state) {
  GradeToAllocate grade = school_of(11, 3, 1);
  grade.classes.resize(6);
  measure(state, grade);
}
BENCHMARK(allocate_120_teachers_who_fit)->Unit(benchmark::kMillisecond);
BENCHMARK(allocate_130_teachers_who_outnumber_the_places)->Unit(benchmark::kMillisecond);
BENCHMARK(allocate_a_grade_of_17)->Unit(benchmark::kMillisecond);

}  // namespace
