#include "workflow/score_facts.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "followup/demand_rules.h"

namespace shide::workflow {

using appraisal::ComponentFact;
using appraisal::Facts;
using appraisal::ItemFact;
using model::VisitState;

namespace {

bool is_declined(const VisitPart& part) { return part.visit.state == VisitState::kDeclined; }
bool is_unreachable(const VisitPart& part) { return part.visit.state == VisitState::kUnreachable; }
bool is_assigned(const VisitPart& part) {
  return part.visit.state != VisitState::kSubstituted && part.visit.state != VisitState::kCancelled && part.own.attendance != model::Attendance::kAbsent;
}

Decimal count_of(std::int64_t count) { return Decimal::from_integer(count); }

ItemFact task_fact(const std::vector<VisitPart>& parts) {
  ItemFact fact;
  auto count = [&](auto&& which) { return count_of(std::count_if(parts.begin(), parts.end(), which)); };
  fact.numbers["visits_assigned"] = count(is_assigned);
  fact.numbers["visits_done"] = count(is_done);
  if (Decimal declined = count(is_declined); !declined.is_zero()) fact.excused["declined_by_guardian"] = declined;
  if (Decimal unreachable = count(is_unreachable); !unreachable.is_zero()) fact.excused["unreachable"] = unreachable;
  return fact;
}

// Several visits of one teacher: the weakest preparation counts, and every reader's mark.
void add_reading(const std::vector<VisitPart>& parts, Facts& facts) {
  std::int64_t mark = -1;
  bool late = false;
  std::vector<Decimal> marks;
  for (const VisitPart& part : parts) {
    if (!is_done(part)) continue;
    std::int64_t own = part.record->preparation_mark;
    if (own >= 0) mark = mark < 0 ? own : std::min(mark, own);
    bool after = !part.preparation || !part.preparation->sealed_at || (part.record->visited_at && *part.preparation->sealed_at > *part.record->visited_at);
    late = late || after;
    for (std::string_view quality : split(part.record->quality_marks, ' ')) {
      if (auto number = Decimal::parse(quality)) marks.push_back(*number);
    }
  }
  if (mark >= 0) {
    facts.items["v2_prep"].words["choice"] = std::to_string(mark);
    if (late) facts.items["v2_prep"].marks["prep_after_visit"] = true;
  }
  if (!marks.empty()) facts.items["v3_quality"].lists["ratings"] = marks;
}

void add_demands(const std::vector<VisitPart>& parts, Date today, Facts& facts) {
  std::int64_t raised = 0, kept = 0;
  bool any_done = false;
  for (const VisitPart& part : parts) {
    any_done = any_done || is_done(part);
    for (const model::Demand& demand : part.demands) {
      ++raised;
      if (followup::team_kept_time(demand, today).value_or(true)) ++kept;
    }
  }
  if (!any_done) return;
  facts.items["v4_demand"].numbers = {{"demands_raised", count_of(raised)}, {"demands_passed_on_and_carried_back_on_time", count_of(kept)}};
}

void add_filing(const std::vector<VisitPart>& parts, const model::Campaign& campaign, Facts& facts) {
  std::optional<std::int64_t> latest;
  for (const VisitPart& part : parts) {
    if (!is_done(part) || !part.record->submitted_at) continue;
    std::int64_t late = std::max(0, date_of(*part.record->submitted_at) - campaign.upload_due);
    latest = std::max(latest.value_or(0), late);
  }
  if (latest) facts.items["v5_filed"].numbers["days_late"] = count_of(*latest);
}

void add_findings(const std::vector<VisitPart>& parts, Facts& facts) {
  for (const VisitPart& part : parts) {
    for (const model::FormalismSignal& signal : part.findings) {
      appraisal::EventFact event;
      event.key = signal.kind == model::SignalKind::kOverlap ? "f_invented_visit" : "f_copied_record";
      event.verified = true;
      event.decided_by = signal.decided_by_name;
      event.document = signal.document;
      if (signal.decided_at) event.decided_on = date_of(*signal.decided_at);
      facts.events.push_back(std::move(event));
    }
  }
}

}  // namespace

std::optional<ComponentFact> rating_fact(std::string_view value) {
  ComponentFact fact;
  if (std::size_t slash = value.find('/'); slash != std::string_view::npos) {
    fact.value = Decimal::parse(value.substr(0, slash));
    auto count = Decimal::parse(value.substr(slash + 1));
    if (!fact.value || !count || *count != count->floor()) return std::nullopt;
    fact.ballot_count = static_cast<int>(count->units() / 10'000);
    return fact;
  }
  for (std::string_view part : split(value, ' ')) {
    auto number = Decimal::parse(part);
    if (!number) return std::nullopt;
    fact.ballots.push_back(*number);
  }
  if (fact.ballots.size() == 1) {
    fact.value = fact.ballots.front();
    fact.ballots.clear();
  }
  return fact;
}

bool is_owed(const VisitPart& part) { return is_assigned(part) && !is_declined(part) && !is_unreachable(part); }

bool is_done(const VisitPart& part) {
  return part.record && part.record->state == model::RecordState::kAccepted && part.own.confirmed_at && part.own.attendance != model::Attendance::kAbsent;
}

Facts score_facts(const model::Teacher& teacher, const model::Campaign& campaign, const std::vector<VisitPart>& parts,
                  const std::vector<model::Rating>& ratings, Date today) {
  Facts facts;
  facts.staff = teacher.staff_number;
  for (const model::Rating& rating : ratings) facts.components[rating.component] = rating_fact(rating.value).value_or(ComponentFact{});
  bool excused = teacher.duty != model::Duty::kInPost;
  if (excused) facts.components["visit"].not_applicable = "duty";
  if (excused || parts.empty()) return facts;
  facts.items["v1_task"] = task_fact(parts);
  add_reading(parts, facts);
  add_demands(parts, today, facts);
  add_filing(parts, campaign, facts);
  add_findings(parts, facts);
  return facts;
}

std::string facts_json(const Facts& facts) {
  using nlohmann::json;
  json out = {{"staff", facts.staff}, {"population", facts.population}, {"components", json::object()}, {"items", json::object()}, {"events", json::array()}};
  auto numbers = [](const auto& map) {
    json object = json::object();
    for (const auto& [name, value] : map) object[name] = value.to_text();
    return object;
  };
  auto list = [](const std::vector<Decimal>& values) {
    json array = json::array();
    for (const Decimal& value : values) array.push_back(value.to_text());
    return array;
  };
  for (const auto& [key, fact] : facts.components) {
    json& component = out["components"][key] = json::object();
    if (fact.value) component["value"] = fact.value->to_text();
    if (fact.ballot_count) component["ballot_count"] = *fact.ballot_count;
    if (!fact.ballots.empty()) component["ballots"] = list(fact.ballots);
    if (!fact.not_applicable.empty()) component["not_applicable"] = fact.not_applicable;
  }
  for (const auto& [key, fact] : facts.items) {
    json& item = out["items"][key] = numbers(fact.numbers);
    for (const auto& [name, values] : fact.lists) item[name] = list(values);
    for (const auto& [name, mark] : fact.marks) item[name] = mark;
    for (const auto& [name, word] : fact.words) item[name] = word;
    if (!fact.excused.empty()) item["excused"] = numbers(fact.excused);
    if (!fact.not_applicable.empty()) item["not_applicable"] = fact.not_applicable;
  }
  for (const auto& event : facts.events) {
    json one = {{"key", event.key}, {"verified", event.verified}, {"decided_by", event.decided_by}, {"document", event.document}};
    if (event.decided_on) one["decided_on"] = to_text(*event.decided_on);
    out["events"].push_back(std::move(one));
  }
  return out.dump();
}

}  // namespace shide::workflow
