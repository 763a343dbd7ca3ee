#include "workflow/jobs.h"

#include "workflow/audit_tree.h"
#include "workflow/expire_signals.h"
#include "workflow/run_outbox.h"
#include "workflow/theme.h"
#include "workflow/watch_public_face.h"

namespace shide::workflow {

std::span<const Job> jobs() {
  static constexpr Job kJobs[] = {
      {"outbox", [](ports::Ports& ports) { return run_outbox(ports); }},
      {"expire_signals", expire_signals},
      {"watch_public_face", watch_public_face},
      {"keep_theme", keep_theme},
      {"sign_heads", sign_heads},
  };
  return kJobs;
}

}  // namespace shide::workflow
