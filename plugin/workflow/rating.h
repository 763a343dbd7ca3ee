// What people judged, as the committee enters it: one mark for each teacher and each component of the rule set that is rated as
// a whole (S81). A mark is decimal text ("96"), several ballots apart by blanks, or a mean with the number of ballots behind it
// ("94/45").
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

struct RatingRow {
  model::Teacher teacher;
  std::vector<std::string> marks;  // by component of the sheet; empty: none yet
};

struct RatingSheet {
  model::Appraisal appraisal;
  std::vector<model::GradeGroup> grade_groups;  // of the school year, with the arts and sports group
  std::string grade_group_id;                   // the one shown; empty: teachers of none
  std::vector<std::string> components;          // keys, in the order of the rule set
  std::vector<RatingRow> rows;
};

/// The teachers in post of one grade group, for the ethics committee; an empty or unknown group is the first one.
Result<RatingSheet> rating_sheet(ports::Ports& ports, const model::Actor& actor, const Id<model::Appraisal>& appraisal, std::string_view grade_group);

struct RatingForm {
  std::string teacher_id, component;
  std::string mark;  // empty: leaves what is there
  std::string seen;  // the mark the page showed
};

/// Keeps the marks of one page, all or none, and answers how many are new. By the ethics committee, never about oneself or a
/// co-visitor (D9). kInvalid names "rating.<teacher id>.<component>" for each wrong mark; kStale holds both where a colleague was
/// faster. The same page sent twice changes nothing the second time.
Result<int> save_ratings(ports::Ports& ports, const model::Actor& actor, const Id<model::Appraisal>& appraisal, const std::vector<RatingForm>& forms);

}  // namespace shide::workflow
