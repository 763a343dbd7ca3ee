// A school's appraisal rules as data, read from one INFO file and checked whole: what is loaded here cannot be wrong later.
//
//     auto rules = load_rule_set(R"(scheme { key "w4" component { key "peer" weight "100" } grade { name "合格" from "0" } })", "w4.info");
//     if (auto* error = rules.if_error()) for (auto& problem : error->problems) say(problem.path, problem.phrase);   // "w4.info:12"
//     rules->components.front().weight  ->  100
//
// Refused with file and line: gaps and overlaps of grades and tiers, weights that do not make the base, unknown keys and
// grades, a negative maximum, numbers that are not plain decimals, keys given twice; and every line that pays for photos,
// words, posts, views, early filing or visits beyond the assignment (D2, R1). The kinds of lines are those of domain 6:
// schema/rules/miaoqiao-2020-2021.info shows most of them, with comments.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"
#include "base/time.h"

namespace shide::appraisal {

enum class Aggregate { kSingle, kMean, kTrimmedMean, kChecklist };
enum class WhenMissing { kMissing, kRedistribute, kCommittee };
enum class Rounding { kFloor, kCeil, kNearest };

/// `of` done out of `over` due (or a fixed `target`), at most all of it; excused ones leave the denominator.
struct Ratio {
  std::string of, over;
  Decimal target;                    // used when `over` is empty
  Decimal tolerance;                 // so many missing cost nothing
  std::vector<std::string> excused;  // reasons, such as declined_by_guardian
};

/// One of a few named answers, chosen by a person.
struct Choice {
  std::vector<std::pair<std::string, Decimal>> points;
};

/// The mean of at least `raters` readers' points.
struct Rated {
  int raters = 1;
  Decimal from, to;
};

/// Points up to so many days late; no days = any later day. Nothing is earned by being early.
struct LateStep {
  std::optional<Decimal> days;
  Decimal points;
};

/// A value of at least `from` gives the points between `least` and `most`; where they differ a person chooses.
struct BandStep {
  Decimal from, least, most;
};
struct Band {
  std::string of;
  std::vector<BandStep> steps;  // highest `from` first, the last from 0
};

struct PerEvent {
  std::string of;
  Decimal points;
};

/// Each unit of `of` between `above` and `upto` costs `points`: free until x, then a, then b.
struct TierStep {
  Decimal above;
  std::optional<Decimal> upto;
  Decimal points;
};
struct Tiered {
  std::string of;
  std::vector<TierStep> steps;
};

/// A target that is a share of a class; each one short of it costs `points_each`.
struct ShortfallCase {
  std::string value, term;  // term "any" fits all
  Decimal numerator, denominator;
};
struct Shortfall {
  std::string of, target_by, size_of;
  Rounding rounding = Rounding::kCeil;
  Decimal points_each;
  std::vector<ShortfallCase> cases;
};

/// A least number by month and by term; costs nothing unless `points_each` says so, but is always told.
struct Minimum {
  std::string of;
  std::optional<Decimal> per_month, per_term;
  Decimal points_each;
};

/// While the mark stands, the item gives at most these points.
struct Cap {
  std::string mark;
  Decimal points;
};

/// One line a teacher can recompute. It has one way to earn (ratio, choice, rated, late, band), or any number of counted
/// ones (per_event, tiered, shortfall, minimum) that start from `start` and end between `floor` and `max`.
struct Item {
  std::string key;
  Phrase label;
  Decimal max, floor, start;
  std::vector<std::string> only_for;  // populations; empty = all
  std::string chosen_by, rubric, credit_shared;
  int team_max = 0;
  bool zero_is_missing = false;  // a ratio of nothing is otherwise not applicable
  std::optional<Ratio> ratio;
  std::optional<Choice> choice;
  std::optional<Rated> rated;
  std::vector<LateStep> late;
  std::optional<Band> band;
  std::vector<PerEvent> per_event;
  std::vector<Tiered> tiered;
  std::optional<Shortfall> shortfall;
  std::optional<Minimum> minimum;
  std::vector<Cap> cap_if;
};

struct Component {
  std::string key;
  Phrase label;
  Decimal weight, max;
  Aggregate aggregate = Aggregate::kSingle;
  int min_ballots = 1;
  Decimal trim_low_percent;
  Rounding trim_rounding = Rounding::kFloor;
  WhenMissing if_missing = WhenMissing::kMissing;
  bool reference_only = false;
  std::vector<std::string> only_for;
  std::vector<Item> items;  // empty: the component is rated as a whole
};

enum class Effect { kNone, kDeduct, kZeroItem, kHalveItem, kZeroComponent, kForceGrade };
enum class Bar { kNone, kThisYear, kSanctionPeriod };

/// What a verified finding does. Several things at once are possible: zero a component, cap the grade, bar awards.
struct EventRule {
  std::string key;
  Phrase label;
  Effect effect = Effect::kNone;
  std::string component, item;      // what it acts on; both empty = the total
  Decimal points;                   // of a deduction, negative; or
  std::optional<Decimal> least, most;  // the cost chosen by `chosen_by`, positive
  std::string chosen_by;
  std::string grade, cap_grade;
  Bar bar = Bar::kNone;
  std::string opens;                // rectification
  std::string document;             // the rule's own basis; adoption asks for it (adoption_problems)
  std::string where;                // file:line, for warnings
};

/// Grades by lower bound, best first; the last begins at 0.
struct Grade {
  std::string name;
  Decimal from;
};

struct Quota {
  std::string grade;
  Decimal percent;
  Rounding rounding = Rounding::kFloor;
  bool hard = false;              // soft: the committee may keep someone beyond it, with a reason
  std::vector<std::string> ties;  // components and items, more points first; after them the committee decides
};

struct Gate {
  std::string key, when, blocks;
  int count = 0;
};

struct Sanction {
  std::string name;
  int months = 0;
};

struct AwardTerms {
  std::string key;
  Phrase label;
  std::string at_least;         // a grade
  bool visit_confirmed = true;  // an accepted record in which the teacher is confirmed, where a visit was owed
};

struct Period {
  int days = 0;
  std::string kind;      // calendar or working
  std::string only_for;  // a grade, or empty
};

struct RuleSet {
  std::string key, version, title, basis, adopted_by;
  std::string sha256;  // of the file's text: a run pins it
  Decimal base;
  int show_places = 2;
  std::optional<Date> effective_from, effective_to, year_ends;
  std::vector<std::string> populations;  // empty: one rule for all
  std::vector<Component> components;
  std::vector<Item> items;  // directly under the scheme: their points are points of the base
  std::vector<EventRule> events;
  std::vector<Grade> grades;
  std::vector<Quota> quotas;
  std::vector<Gate> gates;
  std::vector<Sanction> sanctions;
  std::vector<AwardTerms> awards;
  Period publicity, review, appeal;
  std::vector<Problem> warnings;  // loaded all the same; path is file:line

  const Component* component(std::string_view name) const;
  const Item* item(std::string_view name) const;  // wherever it stands
  const EventRule* event(std::string_view name) const;
  /// 0 for the best grade; nothing for an unknown one.
  std::optional<std::size_t> rank(std::string_view grade) const;
};

/// All that is wrong at once: Error kConfiguration, `problems` by "file:line". `file_name` is only used for these.
Result<RuleSet> load_rule_set(std::string_view info_text, std::string_view file_name);

/// What a school must still say before it adopts the rules: events that force, cap or bar without a document. Empty = ready.
std::vector<Problem> adoption_problems(const RuleSet& rules);

/// The shown name of a criterion or event: its title in the rule file, or the text `score.criterion.KEY`, or the key itself.
Phrase criterion_label(std::string_view key, std::string_view title);

bool applies_to(const std::vector<std::string>& only_for, std::string_view population);

}  // namespace shide::appraisal
