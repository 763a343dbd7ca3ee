// What is owed on a demand, and until when (S44, S96, R11; deadlines after domain 2 and 8).
//
//     The team passes a demand on within 3 working days of hearing it and carries the answer back within 5 of receiving it.
//     The answering office owes an answer within 5 working days; 2 if urgent; the same day if a child's safety is touched.
#pragma once

#include <optional>

#include "base/time.h"
#include "model/visit.h"

namespace shide::followup {

/// The last day for an answer, counted from the day it was passed on.
Date answer_due(model::Urgency urgency, Date passed_on);

/// Not answered on the day after it was due; the date runs from passing it on, whether or not an owner was ever named.
bool is_overdue(const model::Demand& demand, Date today);

/// Whole days since it was heard.
int age_in_days(const model::Demand& demand, Date today);

bool is_open(const model::Demand& demand);
bool is_answered(const model::Demand& demand);

/// What the team owed was done in time; nothing while it is not yet due and not yet done.
std::optional<bool> team_kept_time(const model::Demand& demand, Date today);

}  // namespace shide::followup
