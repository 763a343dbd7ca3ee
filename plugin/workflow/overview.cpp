#include "workflow/overview.h"

#include <algorithm>
#include <map>
#include <set>

#include "followup/demand_rules.h"
#include "privacy/reach.h"
#include "workflow/campaign.h"
#include "workflow/job.h"
#include "workflow/signal.h"
#include "workflow/visit.h"

namespace shide::workflow {

using model::Actor;
using model::DataKind;
using model::Place;
using model::Visit;
using model::VisitState;
using ports::Query;
using ports::Unit;

namespace {

void count_visit(VisitFigures& figures, const Visit& visit) {
  switch (visit.state) {
    case VisitState::kSubstituted:
    case VisitState::kCancelled:
      return;
    case VisitState::kVisited:
    case VisitState::kRecorded:
      ++figures.visited;
      break;
    case VisitState::kDeclined:
    case VisitState::kUnreachable:
      ++figures.declined;
      break;
    default:
      ++figures.to_go;
  }
  ++figures.chosen;
}

DemandFigures figures_of(const std::vector<DemandRow>& rows) {
  DemandFigures figures;
  std::map<model::DemandTopic, std::pair<std::int64_t, std::int64_t>> topics;
  for (const DemandRow& row : rows) {
    ++figures.raised;
    ++topics[row.demand.topic].first;
    if (row.overdue) ++figures.overdue;
    if (!followup::is_answered(row.demand)) continue;
    ++figures.answered;
    ++topics[row.demand.topic].second;
  }
  figures.topics.assign(topics.begin(), topics.end());
  std::stable_sort(figures.topics.begin(), figures.topics.end(), [](const auto& a, const auto& b) { return a.second.first > b.second.first; });
  return figures;
}

}  // namespace

Result<Figures> campaign_figures(ports::Ports& ports, const Id<model::School>& school, const Id<model::Campaign>& campaign) {
  auto all = [&](DataKind kind) { return privacy::reach_for_job(school, kind, "campaign_figures"); };
  return ports.store->read(job_actor(school, "campaign_figures"), [&](Unit& unit) -> Result<Figures> {
    Figures figures;
    SHIDE_TRY(visits, unit.of<Visit>().list(Query<Visit>{}.where(&Visit::campaign_id, campaign), all(DataKind::kVisit)));
    SHIDE_TRY(groups, unit.of<model::GradeGroup>().list(Query<model::GradeGroup>{}.where(&model::GradeGroup::kind, model::GradeGroupKind::kGrade)
                                                            .order_by(&model::GradeGroup::grade)));
    std::map<std::string, VisitFigures> by_grade;
    std::set<std::string> visited;
    for (const Visit& visit : visits) {
      count_visit(figures.visits, visit);
      count_visit(by_grade[visit.place.grade_group_id], visit);
      if (visit.state == VisitState::kVisited || visit.state == VisitState::kRecorded) visited.insert(visit.id.value);
    }
    SHIDE_TRY(records, unit.of<model::VisitRecord>().list(Query<model::VisitRecord>{}.where(&model::VisitRecord::state, model::RecordState::kAccepted),
                                                          all(DataKind::kRecordText)));
    for (const auto& record : records) {
      if (!visited.count(record.id.value)) continue;
      ++figures.visits.accepted;
      ++by_grade[record.place.grade_group_id].accepted;
    }
    SHIDE_TRY(team, unit.of<model::CoVisitor>().list(Query<model::CoVisitor>{}, all(DataKind::kVisit)));
    std::set<std::string> teachers;
    for (const auto& one : team) {
      if (visited.count(one.place.visit_id) && one.attendance != model::Attendance::kAbsent) teachers.insert(one.teacher_id.value);
    }
    figures.teachers = static_cast<std::int64_t>(teachers.size());
    for (const auto& group : groups) {
      if (auto found = by_grade.find(group.id.value); found != by_grade.end()) figures.grades.push_back({group.id.value, group.name, found->second});
    }
    return figures;
  });
}

Result<Overview> overview(ports::Ports& ports, const Actor& actor) {
  if (!actor.has(model::Role::kHead) && !actor.has(model::Role::kStudentOffice)) return not_for_this_role();
  Overview view;
  SHIDE_TRY(campaign, current_campaign(ports, actor));
  view.campaign = campaign;
  SHIDE_TRY(figures, campaign_figures(ports, actor.school, campaign.id));
  view.figures = figures;
  SHIDE_TRY(rows, demands(ports, actor, campaign.school_year));
  view.demand_figures = figures_of(rows);
  for (const DemandRow& row : rows) {
    if (followup::is_open(row.demand)) view.open_demands.push_back(row);
  }
  SHIDE_TRY(items, rectifications(ports, actor, campaign.school_year));
  view.rectifications = items;
  SHIDE_TRY(questions, signals(ports, actor));
  view.questions_open = std::count_if(questions.begin(), questions.end(), [](const SignalRow& row) { return row.signal.state != model::SignalState::kDecided; });
  SHIDE_TRY(gifts, gift_reports(ports, actor));
  std::copy_if(gifts.begin(), gifts.end(), std::back_inserter(view.open_gifts), [](const auto& gift) { return gift.state == model::GiftState::kReported; });
  SHIDE_TRY(all_campaigns, campaigns(ports, actor));
  for (const auto& other : all_campaigns) {
    if (other.visit_from >= campaign.visit_from || other.state == model::CampaignState::kDraft) continue;
    SHIDE_TRY(before, campaign_figures(ports, actor.school, other.id));
    view.last_year_visited = before.visits.visited;
    view.has_last_year = true;
    break;
  }
  return view;
}

}  // namespace shide::workflow
