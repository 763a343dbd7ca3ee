// What the school and one family have had to do with each other, year by year, brothers and sisters together: visits, who went, what was
// asked for and what became of it. For whoever may see those visits anyhow: Reach decides row by row, and every reading is logged.
//
// Two pupils are of one household when somebody noted for a visit has the same telephone or the same address. These are destroyed when
// they have served (retention.h), and with them the link.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "model/visit.h"
#include "ports/ports.h"

namespace shide::workflow {

struct TimelineEntry {
  model::Visit visit;
  std::string student;      // whose visit it was; a brother's or a sister's too
  bool is_sibling = false;
  std::string class_name;   // of that day
  std::vector<std::string> teachers;
  std::vector<model::Demand> demands;  // within the reader's reach
  std::optional<Time> at;   // visited, else arranged
};

struct Timeline {
  std::string student;
  std::vector<TimelineEntry> entries;  // newest first
  struct Membership {
    std::string class_name;
    Date from;
    std::optional<Date> to;
  };
  std::vector<Membership> classes;     // oldest first; of the pupil, for who may read the register
  struct Sibling {
    Id<model::Student> id;
    std::string name;
  };
  std::vector<Sibling> siblings;       // whose visits this reader may see
};

/// kNotFound for a pupil of whom the actor may see neither a visit nor the line in the register.
Result<Timeline> timeline(ports::Ports& ports, const model::Actor& actor, const Id<model::Student>& id);

}  // namespace shide::workflow
