#include "model/actor.h"

namespace shide::model {

std::string Actor::trace() const {
  if (!job.empty()) return "job:" + job;
  if (!scopes.empty()) return "token:" + account.value;
  return account.empty() ? "public" : account.value;
}

}  // namespace shide::model
