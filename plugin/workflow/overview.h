// The one screen of leadership (S83..S88): how far the campaign is, what families asked for, what is being put right, and one
// thing to decide today. Figures only; each is counted here, nothing is kept.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"
#include "workflow/demand.h"

namespace shide::workflow {

struct VisitFigures {
  std::int64_t chosen = 0;       // families on the rosters
  std::int64_t visited = 0;
  std::int64_t declined = 0;     // also unreachable: tried, no blame
  std::int64_t to_go = 0;
  std::int64_t accepted = 0;     // records
};

struct GradeFigures {
  std::string grade_group_id;
  std::string grade_name;
  VisitFigures visits;
};

struct Figures {
  VisitFigures visits;
  std::vector<GradeFigures> grades;
  std::int64_t teachers = 0;      // in a team that visited
};

/// Figures of a campaign; the public ones leave out the grades. A job's Reach, since only sums leave.
Result<Figures> campaign_figures(ports::Ports& ports, const Id<model::School>& school, const Id<model::Campaign>& campaign);

struct DemandFigures {
  std::int64_t raised = 0, answered = 0, overdue = 0;
  std::vector<std::pair<model::DemandTopic, std::pair<std::int64_t, std::int64_t>>> topics;  // raised, answered
};

struct Overview {
  model::Campaign campaign;
  Figures figures;
  DemandFigures demand_figures;
  std::vector<DemandRow> open_demands;   // oldest first
  std::vector<model::Rectification> rectifications;
  std::int64_t questions_open = 0;       // formalism signals not decided
  std::vector<model::GiftReport> open_gifts;
  std::int64_t last_year_visited = 0;    // of the campaign before; continuity against one gust (S88)
  bool has_last_year = false;
};

/// For the head and the student office.
Result<Overview> overview(ports::Ports& ports, const model::Actor& actor);

}  // namespace shide::workflow
