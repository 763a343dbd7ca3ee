#include "workflow/appraisal.h"

#include <algorithm>

#include "appraisal/award.h"
#include "appraisal/quota.h"
#include "appraisal/rule_set.h"
#include "appraisal/score.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "workflow/rules_in_force.h"
#include "workflow/score_facts.h"

namespace shide::workflow {

using appraisal::RuleSet;
using appraisal::Scored;
using model::Actor;
using model::Appraisal;
using model::AwardCheck;
using model::DataKind;
using model::Place;
using model::Rating;
using model::Score;
using model::ScoreLine;
using model::Teacher;
using ports::Query;
using ports::Unit;

namespace {

bool appraises(const Actor& actor) { return actor.has(model::Role::kEthicsCommittee) || actor.has(model::Role::kHead); }

bool sees_all(const Actor& actor) {
  model::Reach reach = privacy::reach(actor, DataKind::kScore);
  return std::any_of(reach.grants().begin(), reach.grants().end(), [](const model::Grant& grant) { return grant.scope == model::Scope::kSchool; });
}

/// All rows of one campaign that scoring reads, sorted by what they belong to.
struct CampaignRows {
  std::map<std::string, model::Visit> visits;
  std::map<std::string, model::VisitRecord> records;
  std::map<std::string, model::Preparation> preparations;
  std::multimap<std::string, model::Demand> demands;
  std::multimap<std::string, model::FormalismSignal> findings;
  std::multimap<std::string, model::CoVisitor> parts;  // by teacher
};

template <class T, class Map>
Result<void> sort_by_visit(Unit& unit, const model::Reach& all, const std::map<std::string, model::Visit>& visits, Map& into) {
  SHIDE_TRY(rows, unit.of<T>().list(Query<T>{}, all));
  for (T& row : rows) {
    std::string visit = row.place.visit_id;
    if (visits.count(visit)) into.emplace(visit, std::move(row));
  }
  return {};
}

Result<CampaignRows> rows_of(Unit& unit, const Actor& actor, const Id<model::Campaign>& campaign) {
  auto all = [&](DataKind kind) { return privacy::reach_for_job(actor.school, kind, "compute_scores"); };
  CampaignRows rows;
  SHIDE_TRY(visits, unit.of<model::Visit>().list(Query<model::Visit>{}.where(&model::Visit::campaign_id, campaign), all(DataKind::kVisit)));
  for (auto& visit : visits) rows.visits.emplace(visit.id.value, visit);
  SHIDE_CHECK(sort_by_visit<model::VisitRecord>(unit, all(DataKind::kRecordText), rows.visits, rows.records));
  SHIDE_CHECK(sort_by_visit<model::Preparation>(unit, all(DataKind::kRecordText), rows.visits, rows.preparations));
  SHIDE_CHECK(sort_by_visit<model::Demand>(unit, all(DataKind::kDemand), rows.visits, rows.demands));
  SHIDE_CHECK(sort_by_visit<model::FormalismSignal>(unit, all(DataKind::kSignal), rows.visits, rows.findings));
  SHIDE_TRY(team, unit.of<model::CoVisitor>().list(Query<model::CoVisitor>{}, all(DataKind::kVisit)));
  for (auto& one : team) {
    if (rows.visits.count(one.place.visit_id)) rows.parts.emplace(one.teacher_id.value, one);
  }
  return rows;
}

std::vector<VisitPart> parts_of(const CampaignRows& rows, const Teacher& teacher) {
  std::vector<VisitPart> parts;
  auto [first, last] = rows.parts.equal_range(teacher.id.value);
  for (auto at = first; at != last; ++at) {
    const std::string& id = at->second.place.visit_id;
    VisitPart part{rows.visits.at(id), at->second, {}, {}, {}, {}};
    if (auto found = rows.records.find(id); found != rows.records.end()) part.record = found->second;
    if (auto found = rows.preparations.find(id); found != rows.preparations.end()) part.preparation = found->second;
    auto [demand, demand_end] = rows.demands.equal_range(id);
    for (; demand != demand_end; ++demand) part.demands.push_back(demand->second);
    auto [finding, finding_end] = rows.findings.equal_range(id);
    for (; finding != finding_end; ++finding) {
      const auto& signal = finding->second;
      if (signal.decision == model::SignalDecision::kTrue && signal.asked_teacher_id == teacher.id) part.findings.push_back(signal);
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

std::string state_code(appraisal::LineState state) {
  switch (state) {
    case appraisal::LineState::kNotApplicable: return "not_applicable";
    case appraisal::LineState::kMissing: return "missing";
    case appraisal::LineState::kReferenceOnly: return "reference";
    case appraisal::LineState::kCounted: break;
  }
  return "counted";
}

void flatten(const std::vector<appraisal::ScoreLine>& lines, std::vector<ScoreLine>& out) {
  for (const auto& line : lines) {
    ScoreLine row;
    row.criterion = line.criterion;
    row.points = line.points;
    row.because = format_phrase(line.because);
    row.state = state_code(line.state);
    out.push_back(std::move(row));
    flatten(line.items, out);
  }
}

Score score_row(const Appraisal& run, const Teacher& teacher, const Scored& scored, const appraisal::Facts& facts) {
  Score row;
  row.school_id = run.school_id;
  row.appraisal_id = run.id;
  row.teacher_id = teacher.id;
  row.staff_number = teacher.staff_number;
  row.staff_name = teacher.name;
  row.total = scored.rounded_total();
  row.grade = scored.grade;
  row.missing = join(scored.missing, " ");
  std::vector<std::string> vetoes;
  for (const auto& veto : scored.vetoes) vetoes.push_back(format_phrase(veto.because));
  row.vetoes = join(vetoes, "\n");
  if (scored.bar) row.barred_until = scored.bar->until ? to_text(*scored.bar->until) : "open";
  row.facts = facts_json(facts);
  return row;
}

Result<void> forget_scores(Unit& unit, const Actor& actor, const Appraisal& run) {
  model::Reach all = privacy::reach_for_job(actor.school, DataKind::kScore, "compute_scores");
  SHIDE_TRY(lines, unit.of<ScoreLine>().list(Query<ScoreLine>{}.where(&ScoreLine::appraisal_id, run.id), all));
  for (const ScoreLine& line : lines) SHIDE_CHECK(unit.of<ScoreLine>().erase(line));
  SHIDE_TRY(checks, unit.of<AwardCheck>().list(Query<AwardCheck>{}.where(&AwardCheck::appraisal_id, run.id), all));
  for (const AwardCheck& check : checks) SHIDE_CHECK(unit.of<AwardCheck>().erase(check));
  SHIDE_TRY(scores, unit.of<Score>().list(Query<Score>{}.where(&Score::appraisal_id, run.id), all));
  for (const Score& score : scores) SHIDE_CHECK(unit.of<Score>().erase(score));
  return {};
}

/// Everything of one run, from the rule text it pins and the rows of now.
struct Rescored {
  RuleSet rules;
  std::vector<Teacher> teachers;
  std::vector<Scored> scored;
  std::vector<appraisal::Facts> facts;
  std::vector<appraisal::Placed> placed;              // within the quotas
  std::vector<appraisal::AwardCandidate> candidates;  // none where the rules name no award
};

Result<Rescored> rescore(Unit& unit, const Actor& actor, const Appraisal& run, Date today) {
  Rescored all;
  SHIDE_TRY(rules, appraisal::load_rule_set(run.rule_set_text, run.rule_set_key));
  all.rules = std::move(rules);
  SHIDE_TRY(campaign, unit.of<model::Campaign>().load(run.campaign_id));
  SHIDE_TRY(rows, rows_of(unit, actor, run.campaign_id));
  SHIDE_TRY(teachers, unit.of<Teacher>().list(Query<Teacher>{}.where_not(&Teacher::duty, model::Duty::kLeft).order_by(&Teacher::staff_number)));
  SHIDE_TRY(ratings, unit.of<Rating>().list(Query<Rating>{}.where(&Rating::appraisal_id, run.id),
                                            privacy::reach_for_job(actor.school, DataKind::kScore, "compute_scores")));
  std::vector<appraisal::Applicant> applicants;
  for (const Teacher& teacher : teachers) {
    std::vector<Rating> own;
    std::copy_if(ratings.begin(), ratings.end(), std::back_inserter(own), [&](const Rating& one) { return one.teacher_id == teacher.id; });
    std::vector<VisitPart> parts = parts_of(rows, teacher);
    all.facts.push_back(score_facts(teacher, campaign, parts, own, today));
    all.scored.push_back(appraisal::score(all.rules, all.facts.back()));
    appraisal::Applicant applicant;
    applicant.visits_owed = static_cast<int>(std::count_if(parts.begin(), parts.end(), is_owed));
    applicant.visits_confirmed = static_cast<int>(std::count_if(parts.begin(), parts.end(), is_done));
    applicants.push_back(std::move(applicant));
  }
  all.teachers = std::move(teachers);
  all.placed = appraisal::apply_quota(all.rules, all.scored).people;
  for (std::size_t i = 0; i < all.scored.size(); ++i) {
    applicants[i].scored = &all.scored[i];
    applicants[i].grade = all.placed[i].grade;
  }
  if (!all.rules.awards.empty()) all.candidates = appraisal::award_candidates(all.rules, all.rules.awards.front(), applicants, today);
  return all;
}

Result<std::set<std::string>> parts_of_total(const Appraisal& run) {
  SHIDE_TRY(rules, appraisal::load_rule_set(run.rule_set_text, run.rule_set_key));
  std::set<std::string> parts;
  for (const auto& component : rules.components) parts.insert(component.key);
  return parts;
}

/// What belongs to one score, numbered in its order.
template <class Row>
Result<void> keep_below(Unit& unit, const Score& score, std::vector<Row> rows, Time now) {
  std::int64_t position = 0;
  for (Row& row : rows) {
    row.id = new_id<Row>(now);
    row.school_id = score.school_id;
    row.score_id = score.id;
    row.appraisal_id = score.appraisal_id;
    row.teacher_id = score.teacher_id;
    row.position = ++position;
    SHIDE_CHECK(unit.of<Row>().save(row));
  }
  return {};
}

std::vector<AwardCheck> check_rows(const appraisal::AwardCandidate& candidate) {
  std::vector<AwardCheck> rows;
  for (const appraisal::AwardCheck& check : candidate.checks) {
    AwardCheck row;
    row.passed = check.passed;
    row.because = format_phrase(check.because);
    rows.push_back(std::move(row));
  }
  return rows;
}

/// One person's part of the run: score, lines, conditions of the award.
Result<void> keep_score(Unit& unit, const Appraisal& run, const Rescored& all, std::size_t i, Time now) {
  Score score = score_row(run, all.teachers[i], all.scored[i], all.facts[i]);
  score.id = new_id<Score>(now);
  score.grade_after_quota = all.placed[i].grade;
  score.quota_because = format_phrase(all.placed[i].because);
  SHIDE_CHECK(unit.of<Score>().save(score));
  std::vector<ScoreLine> lines;
  flatten(all.scored[i].lines, lines);
  SHIDE_CHECK(keep_below(unit, score, std::move(lines), now));
  return all.candidates.empty() ? Result<void>{} : keep_below(unit, score, check_rows(all.candidates[i]), now);
}

/// The lines or checks of a run, by score, each in its order.
template <class Row>
Result<std::map<std::string, std::vector<Row>>> below(Unit& unit, const Id<Appraisal>& run, const model::Reach& reach) {
  SHIDE_TRY(rows, unit.of<Row>().list(Query<Row>{}.where(&Row::appraisal_id, run).order_by(&Row::position), reach));
  std::map<std::string, std::vector<Row>> by_score;
  for (Row& row : rows) by_score[row.score_id.value].push_back(std::move(row));
  return by_score;
}

}  // namespace

Result<Appraisal> open_appraisal(ports::Ports& ports, const Actor& actor, const Id<model::Campaign>& campaign_id) {
  if (!appraises(actor)) return not_found();
  SHIDE_TRY(campaign, ports.store->read(actor, [&](Unit& unit) { return unit.of<model::Campaign>().load(campaign_id); }));
  SHIDE_TRY(in_force, rules_in_force(campaign.visit_to));
  const RuleSet& rules = in_force.rules;
  Id<Appraisal> id = new_id<Appraisal>(ports.clock->now());
  return ports.store->transact(actor, "open_appraisal", [&](Unit& unit) -> Result<Appraisal> {
    Result<Appraisal> before = unit.of<Appraisal>().first(Query<Appraisal>{}.where(&Appraisal::campaign_id, campaign_id));
    if (before || before.error().code != ErrorCode::kNotFound) return before;
    Appraisal run;
    run.id = id;
    run.school_id = actor.school;
    run.campaign_id = campaign.id;
    run.school_year = campaign.school_year;
    run.title = rules.title;
    run.rule_set_key = rules.key;
    run.rule_set_version = rules.version;
    run.rule_set_sha256 = rules.sha256;
    run.rule_set_text = in_force.text;
    SHIDE_CHECK(unit.of<Appraisal>().save(run));
    SHIDE_CHECK(unit.audit(run, "rule_set_sha256"));
    return run;
  });
}

Result<std::vector<Appraisal>> appraisals(ports::Ports& ports, const Actor& actor) {
  if (privacy::reach(actor, DataKind::kScore).empty()) return not_found();
  return ports.store->read(actor, [&](Unit& unit) { return unit.of<Appraisal>().list(Query<Appraisal>{}.newest_first()); });
}

Result<int> compute_scores(ports::Ports& ports, const Actor& actor, const Id<Appraisal>& id) {
  if (!appraises(actor)) return not_found();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "compute_scores", [&](Unit& unit) -> Result<int> {
    SHIDE_TRY(run, unit.of<Appraisal>().load(id));
    if (run.state == model::AppraisalState::kClosed) return Error{ErrorCode::kInvalid, {"error.done_before"}};
    SHIDE_TRY(all, rescore(unit, actor, run, date_of(now)));
    SHIDE_CHECK(forget_scores(unit, actor, run));
    for (std::size_t i = 0; i < all.scored.size(); ++i) SHIDE_CHECK(keep_score(unit, run, all, i, now));
    run.state = model::AppraisalState::kComputed;
    run.computed_at = now;
    run.computed_by = actor.account;
    SHIDE_CHECK(unit.of<Appraisal>().save(run));
    SHIDE_CHECK(unit.audit(run, "scores computed_at"));
    return static_cast<int>(all.scored.size());
  });
}

Result<std::vector<ScoreSheet>> score_sheets(ports::Ports& ports, const Actor& actor, const Id<Appraisal>& id) {
  return ports.store->read(actor, [&](Unit& unit) -> Result<std::vector<ScoreSheet>> {
    SHIDE_TRY(run, unit.of<Appraisal>().load(id));
    model::Reach reach = privacy::reach(actor, DataKind::kScore);
    SHIDE_TRY(scores, unit.of<Score>().list(Query<Score>{}.where(&Score::appraisal_id, id).order_by(&Score::staff_number), reach));
    SHIDE_TRY(lines, below<ScoreLine>(unit, id, reach));
    SHIDE_TRY(parts, parts_of_total(run));
    std::vector<ScoreSheet> sheets;
    for (Score& score : scores) sheets.push_back({score, lines[score.id.value], run, parts});
    return sheets;
  });
}

Result<ScoreSheet> own_score(ports::Ports& ports, const Actor& actor) {
  if (actor.teacher.empty()) return not_found();
  return ports.store->read(actor, [&](Unit& unit) -> Result<ScoreSheet> {
    model::Reach reach = privacy::reach(actor, DataKind::kScore);
    SHIDE_TRY(score, unit.of<Score>().first(Query<Score>{}.where(&Score::teacher_id, actor.teacher).newest_first(), reach));
    SHIDE_TRY(run, unit.of<Appraisal>().load(score.appraisal_id));
    SHIDE_TRY(lines, unit.of<ScoreLine>().list(Query<ScoreLine>{}.where(&ScoreLine::score_id, score.id).order_by(&ScoreLine::position), reach));
    SHIDE_TRY(parts, parts_of_total(run));
    return ScoreSheet{score, lines, run, parts};
  });
}

Result<AwardList> award_list(ports::Ports& ports, const Actor& actor, const Id<Appraisal>& id) {
  if (!sees_all(actor)) return not_found();
  return ports.store->read(actor, [&](Unit& unit) -> Result<AwardList> {
    SHIDE_TRY(run, unit.of<Appraisal>().load(id));
    model::Reach reach = privacy::reach(actor, DataKind::kScore);
    SHIDE_TRY(scores, unit.of<Score>().list(Query<Score>{}.where(&Score::appraisal_id, id).order_by(&Score::staff_number), reach));
    SHIDE_TRY(checks, below<AwardCheck>(unit, id, reach));
    AwardList list{run, {}};
    for (Score& score : scores) {
      Nominee one{std::move(score), {}, false};
      one.checks = std::move(checks[one.score.id.value]);
      if (one.checks.empty()) continue;
      one.eligible = std::all_of(one.checks.begin(), one.checks.end(), [](const AwardCheck& check) { return check.passed; });
      list.nominees.push_back(std::move(one));
    }
    return list;
  });
}

}  // namespace shide::workflow
