// How well redaction does on marked notes, counted as the goals are: what must go, by kind; what must stay; notes that leak.
//
//     Figures figures;  for (const RedactionCase& one : redaction_cases()) figures.add(one, redact(...));
//     figures.print("known");     for (const Goal& goal : goals(figures)) EXPECT_TRUE(goal.holds(Part::kKnown))
//
// A name or number is caught when it is cut whole or shown to the reviewer, for a doubt forbids publishing; of a phrase (health,
// family, workplace, singling out) half is enough. What must stay is lost when a character of it is cut.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "support/redaction_case.h"

namespace shide::test {

struct Tally {
  int all = 0;
  int right = 0;
  int cut = 0;  // of the right ones; the others are shown to the reviewer
  void operator+=(const Tally& other);
  double share() const { return all == 0 ? 1 : static_cast<double>(right) / all; }
};

class Figures {
 public:
  /// Returns the marks that came out wrong.
  std::vector<Mark> add(const RedactionCase& one, const privacy::Redaction& redaction);

  /// Of the kinds named, together.
  Tally of(const std::vector<std::string>& expectations) const;
  int notes() const { return notes_; }
  int leaking() const { return leaking_; }
  /// Notes that keep a pupil's full name, a phone or an identity number.
  int leaking_badly() const { return leaking_badly_; }
  void print(const char* title) const;

 private:
  std::map<std::string, Tally> tallies_;
  int notes_ = 0;
  int leaking_ = 0;
  int leaking_badly_ = 0;
  int doubts_ = 0;
};

struct Goal {
  std::string name;
  double wanted;
  // Below these a test fails: the goal itself where it is met, else what has been reached so far. Raise them; only new notes, as they were found, may set them anew.
  double floor_known;
  double floor_unseen;
  double reached;
  bool is_met() const { return reached >= wanted; }
  bool holds(Part part) const { return reached >= (part == Part::kKnown ? floor_known : floor_unseen); }
};

/// What the product promises of redaction before any review.
std::vector<Goal> goals(const Figures& figures);

}  // namespace shide::test
