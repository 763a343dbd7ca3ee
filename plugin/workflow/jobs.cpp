#include "workflow/jobs.h"

#include "workflow/audit_tree.h"
#include "workflow/deliver_copies.h"
#include "workflow/expire_signals.h"
#include "workflow/retention.h"
#include "workflow/run_outbox.h"
#include "workflow/theme.h"
#include "workflow/watch_public_face.h"

namespace shide::workflow {

std::span<const Job> jobs() {
  static constexpr Job kJobs[] = {
      {"outbox", [](ports::Ports& ports) { return run_outbox(ports); }},
      {"deliver_copies", deliver_copies},
      {"look_at_copies", look_at_copies},
      {"expire_signals", expire_signals},
      {"watch_public_face", watch_public_face},
      {"keep_theme", keep_theme},
      {"keep_retention", keep_retention},
      {"sign_heads", sign_heads},
  };
  return kJobs;
}

}  // namespace shide::workflow
