#include "appraisal/quota.h"

#include <algorithm>

namespace shide::appraisal {
namespace {

using Group = std::vector<std::size_t>;  // indices of people

std::optional<Decimal> points_for(const Scored& person, const std::string& key) {
  if (key.empty()) return person.rounded_total();
  const ScoreLine* line = person.line(key);
  if (!line || line->state != LineState::kCounted) return std::nullopt;
  return line->points;
}

class Places {
 public:
  Places(const RuleSet& rules, const std::vector<Scored>& people, QuotaOutcome& outcome) : rules_(rules), people_(people), outcome_(outcome) {}

  void fill(const Quota& quota, std::size_t assessed) {
    Group candidates;
    for (std::size_t i = 0; i < outcome_.people.size(); ++i) {
      if (outcome_.people[i].grade == quota.grade) candidates.push_back(i);
    }
    std::size_t places = quota_places(quota, assessed);
    outcome_.quotas.push_back({quota.grade, assessed, places, candidates.size()});
    if (candidates.size() <= places) return;
    quota_ = &quota;
    assessed_ = assessed;
    places_ = places;
    not_used_.clear();
    place(candidates, places, 0);
  }

 private:
  // Key 0 is the total, then the rule's own. A group that fits is in, a group without place moves on, a group across the line
  // is told apart by the next key; when no key is left the committee decides.
  void place(const Group& group, std::size_t left, std::size_t key_at) {
    if (group.size() <= left) return;
    if (left == 0) return move_on(group);
    if (key_at > quota_->ties.size()) return leave_open(group, left);
    std::string key = key_at == 0 ? std::string() : quota_->ties[key_at - 1];
    bool all_have_it = std::all_of(group.begin(), group.end(), [&](std::size_t i) { return points_for(people_[i], key).has_value(); });
    if (!all_have_it) {
      not_used_.push_back(key);
      return place(group, left, key_at + 1);
    }
    Group sorted = group;
    std::stable_sort(sorted.begin(), sorted.end(), [&](std::size_t a, std::size_t b) { return points_for(people_[a], key) > points_for(people_[b], key); });
    for (auto from = sorted.begin(); from != sorted.end();) {
      auto to = std::find_if(from, sorted.end(), [&](std::size_t i) { return points_for(people_[i], key) != points_for(people_[*from], key); });
      Group equal(from, to);
      place(equal, left, key_at + 1);
      left -= std::min(left, equal.size());
      from = to;
    }
  }

  std::vector<PhraseArgument> numbers() const {
    return {{"assessed", assessed_}, {"percent", quota_->percent.to_text()}, {"places", places_}, {"grade", quota_->grade}};
  }

  void move_on(const Group& group) {
    for (std::size_t i : group) {
      Placed& person = outcome_.people[i];
      person.grade = rules_.grades[*rules_.rank(quota_->grade) + 1].name;
      person.moved = true;
      person.committee_may_keep = !quota_->hard;
      std::vector<PhraseArgument> args = numbers();
      args.push_back({"total", people_[i].shown_total()});
      args.push_back({"next", person.grade});
      person.because = {quota_->hard ? "score.quota.full" : "score.quota.full_soft", std::move(args)};
    }
  }

  void leave_open(const Group& group, std::size_t left) {
    UndecidedTie tie{quota_->grade, left, {}, not_used_};
    for (std::size_t i : group) {
      tie.staff.push_back(people_[i].staff);
      outcome_.people[i].grade.clear();
      std::vector<PhraseArgument> args = numbers();
      args.push_back({"left", left});
      args.push_back({"count", group.size()});
      outcome_.people[i].because = {"score.quota.tie", std::move(args)};
    }
    std::sort(tie.staff.begin(), tie.staff.end());
    outcome_.ties.push_back(std::move(tie));
  }

  const RuleSet& rules_;
  const std::vector<Scored>& people_;
  QuotaOutcome& outcome_;
  const Quota* quota_ = nullptr;
  std::size_t assessed_ = 0, places_ = 0;
  std::vector<std::string> not_used_;
};

}  // namespace

std::size_t quota_places(const Quota& quota, std::size_t assessed) {
  Decimal exact = Decimal::ratio(Decimal::from_integer(static_cast<std::int64_t>(assessed)), quota.percent, Decimal::from_integer(100));
  Decimal whole = quota.rounding == Rounding::kFloor ? exact.floor() : quota.rounding == Rounding::kCeil ? exact.ceil() : exact.rounded(0);
  return static_cast<std::size_t>(whole.units() / 10'000);
}

QuotaOutcome apply_quota(const RuleSet& rules, const std::vector<Scored>& people) {
  QuotaOutcome outcome;
  std::size_t assessed = 0;
  for (const Scored& person : people) {
    outcome.people.push_back({person.staff, person.grade});
    if (!person.grade.empty()) ++assessed;
    else outcome.people.back().because = {"score.quota.waiting"};
  }
  // The best grade first, so that whoever moves down is counted against the next quota.
  std::vector<const Quota*> quotas;
  for (const Quota& quota : rules.quotas) quotas.push_back(&quota);
  std::sort(quotas.begin(), quotas.end(), [&](const Quota* a, const Quota* b) { return rules.rank(a->grade) < rules.rank(b->grade); });
  Places places(rules, people, outcome);
  for (const Quota* quota : quotas) places.fill(*quota, assessed);
  return outcome;
}

}  // namespace shide::appraisal
