// The software itself as an actor: one school, one named job.
#pragma once

#include <string>

#include "model/actor.h"

namespace shide::workflow {

inline model::Actor job_actor(const Id<model::School>& school, std::string job) {
  model::Actor actor;
  actor.school = school;
  actor.job = std::move(job);
  return actor;
}

}  // namespace shide::workflow
