#include "workflow/health.h"

#include <algorithm>

#include "model/trail.h"
#include "privacy/reach.h"
#include "workflow/job.h"
#include "workflow/stored_png.h"
#include "workflow/theme.h"

namespace shide::workflow {
namespace {

using ports::Query;
using ports::Unit;

constexpr std::int64_t kClockTolerance = 5 * kMinute;

/// A picture of our own, through the whole of the program that phones' pictures go through.
Phrase photo_advice(ports::Ports& ports) {
  constexpr int kSide = 32;
  std::string png = stored_png(kSide, kSide, std::vector<std::uint8_t>(kSide * kSide * 3, 0x80));
  return ports.photo_reader->read(png) ? Phrase{} : Phrase{"health.photo_program"};
}

Phrase steps_advice(const std::vector<ports::Migration>& steps) {
  auto missing = std::count_if(steps.begin(), steps.end(), [](const ports::Migration& step) { return !step.applied; });
  return missing == 0 ? Phrase{} : Phrase{"health.steps", {{"count", static_cast<std::int64_t>(missing)}}};
}

/// Nothing was done later than now.
Phrase clock_advice(ports::Ports& ports) {
  auto last = ports.store->read(job_actor({}, "doctor"), [](Unit& unit) {
    return unit.of<model::AuditEvent>().first(Query<model::AuditEvent>{}.order_by(&model::AuditEvent::at, true),
                                              privacy::reach_for_job({}, model::DataKind::kAudit, "doctor"));
  });
  Time now = ports.clock->now();
  if (!last || last->at <= now + kClockTolerance) return {};
  return {"health.clock", {{"now", to_text_minutes(now)}, {"last", to_text_minutes(last->at)}}};
}

/// A key that signs today and for a while.
Phrase audit_key_advice(ports::Ports& ports) {
  constexpr int kSoon = 30;  // days
  Date today = date_of(ports.clock->now());
  auto key = ports.seal->key_for(today);
  if (auto* error = key.if_error()) return error->phrase;
  if (key->until - today < kSoon) return {"seal.key_soon", {{"id", key->id}, {"until", to_text(key->until)}}};
  return {};
}

}  // namespace

std::vector<Finding> look_at_ports(ports::Ports& ports) {
  auto steps = ports.store->migrations();
  Phrase silence = steps ? Phrase{} : steps.error().phrase.empty() ? Phrase{"health.database"} : steps.error().phrase;
  std::vector<Finding> findings = {{"database", silence}, {"photo_program", photo_advice(ports)}};
  if (ports.theme->is_wanted()) findings.push_back({"theme", theme_advice(ports)});
  findings.push_back({"audit_key", audit_key_advice(ports)});
  if (!steps) return findings;
  Phrase missing = steps_advice(*steps);
  findings.push_back({"steps", missing});
  if (missing.empty()) findings.push_back({"clock", clock_advice(ports)});
  return findings;
}

}  // namespace shide::workflow
