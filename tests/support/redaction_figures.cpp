#include "support/redaction_figures.h"

#include <algorithm>
#include <cstdio>

#include "privacy/folded_text.h"

namespace shide::test {
namespace {

using privacy::Redaction;

std::size_t overlap(const Mark& mark, std::size_t start, std::size_t end) {
  std::size_t from = std::max(mark.start, start), to = std::min(mark.end, end);
  return to > from ? to - from : 0;
}

template <class Places>
std::size_t covered(const Mark& mark, const Places& places) {
  std::size_t characters = 0;
  for (const auto& place : places) characters += overlap(mark, place.start, place.end);
  return characters;
}

bool is_direct(const std::string& expectation) {
  auto kind = privacy::kind_of(expectation);
  return kind && privacy::is_direct(*kind);
}

Tally judged(const Mark& mark, const Redaction& redaction) {
  std::size_t length = mark.end - mark.start, cut = covered(mark, redaction.cuts), shown = covered(mark, redaction.left);
  if (mark.expectation == "keep") return {1, cut == 0, cut == 0};
  bool is_phrase = privacy::kind_of(mark.expectation) && !is_direct(mark.expectation);
  std::size_t needed = is_phrase ? (length + 1) / 2 : length;
  return {1, cut + shown >= needed, cut >= needed};
}

bool is_full_pupil_name(const RedactionCase& one, const Mark& mark) {
  std::u32string passage = privacy::fold(mark.passage);
  return std::any_of(one.known.students.begin(), one.known.students.end(),
                     [&](const std::string& name) { return passage.size() > 1 && passage == privacy::fold(name); });
}

}  // namespace

void Tally::operator+=(const Tally& other) {
  all += other.all;
  right += other.right;
  cut += other.cut;
}

std::vector<Mark> Figures::add(const RedactionCase& one, const Redaction& redaction) {
  std::vector<Mark> wrong;
  bool leaks = false, leaks_badly = false;
  for (const Mark& mark : one.marks) {
    if (mark.expectation == "any") continue;
    Tally tally = judged(mark, redaction);
    tallies_[mark.expectation] += tally;
    if (tally.right == 1) continue;
    wrong.push_back(mark);
    leaks = leaks || is_direct(mark.expectation);
    bool is_number = mark.expectation == "phone" || mark.expectation == "id_number";
    leaks_badly = leaks_badly || is_number || (mark.expectation == "student_name" && is_full_pupil_name(one, mark));
  }
  ++notes_;
  leaking_ += leaks;
  leaking_badly_ += leaks_badly;
  doubts_ += static_cast<int>(redaction.left.size());
  return wrong;
}

Tally Figures::of(const std::vector<std::string>& expectations) const {
  Tally sum;
  for (const std::string& expectation : expectations) {
    if (auto at = tallies_.find(expectation); at != tallies_.end()) sum += at->second;
  }
  return sum;
}

void Figures::print(const char* title) const {
  std::printf("  %s: %d notes, %d doubts; a direct identifier left in %d, a pupil's full name, a phone or an identity number in %d\n", title, notes_, doubts_,
              leaking_, leaking_badly_);
  for (const auto& [expectation, tally] : tallies_) {
    std::printf("    %-14s %4d of %4d  %5.1f %%   cut %4d\n", expectation.c_str(), tally.right, tally.all, 100 * tally.share(), tally.cut);
  }
  for (const Goal& goal : goals(*this)) std::printf("    %-34s %5.1f %%  goal %5.1f %%%s\n", goal.name.c_str(), 100 * goal.reached, 100 * goal.wanted, goal.is_met() ? "" : "  MISSED");
}

std::vector<Goal> goals(const Figures& figures) {
  double notes = std::max(figures.notes(), 1);
  return {
      {"names and numbers", 0.995, 0.975, 0.95,
       figures.of({"student_name", "guardian_name", "teacher_name", "other_name", "phone", "id_number", "plate", "account", "class", "date"}).share()},
      {"nicknames", 0.98, 0.96, 0.92, figures.of({"nickname"}).share()},
      {"pieces of an address", 0.97, 0.835, 0.70, figures.of({"address"}).share()},
      {"health, family, workplace", 0.80, 0.835, 0.71, figures.of({"health", "family_status", "workplace"}).share()},
      {"what must stay", 0.97, 0.93, 0.90, figures.of({"keep"}).share()},
      {"notes without a direct identifier", 0.98, 0.80, 0.58, 1 - figures.leaking() / notes},
      {"notes without a bad leak", 1, 0.985, 0.965, 1 - figures.leaking_badly() / notes},
  };
}

}  // namespace shide::test
