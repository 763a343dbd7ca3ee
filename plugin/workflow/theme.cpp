#include "workflow/theme.h"

#include "base/page_shell.h"
#include "base/text.h"
#include "workflow/job.h"

namespace shide::workflow {

using model::ThemeShell;
using ports::Query;
using ports::Unit;

namespace {

/// A moment that is still to come was told by a clock that has been set back since: nothing is built on it.
bool is_within(Time now, Time then, std::int64_t span) { return now >= then && now - then < span; }

/// As stored, or a new one that was never tried.
Result<ThemeShell> stored_shell(ports::Ports& ports, const Id<model::School>& school) {
  auto stored = ports.store->read(job_actor(school, "keep_theme"), [](Unit& unit) { return unit.of<ThemeShell>().first(Query<ThemeShell>{}); });
  if (stored || stored.error().code != ErrorCode::kNotFound) return stored;
  ThemeShell shell;
  shell.id = new_id<ThemeShell>(ports.clock->now());
  shell.school_id = school;
  return shell;
}

Result<PageShell> fetched(ports::Ports& ports) {
  SHIDE_TRY(page, ports.theme->fetch());
  return cut_shell(page.bytes, page.address, ports::kThemeMarker);
}

void take(ThemeShell& row, const PageShell& shell) {
  std::vector<std::string> lines;
  for (const auto& sheet : shell.stylesheets) lines.push_back(sheet.media + " " + sheet.address);
  row.stylesheets = join(lines, "\n");
  row.style = shell.style;
  row.top = shell.top;
  row.bottom = shell.bottom;
  row.body_class = shell.body_class;
}

}  // namespace

Result<int> keep_theme(ports::Ports& ports) {
  if (!ports.theme->is_wanted()) return 0;
  auto school = ports.store->read(job_actor({}, "keep_theme"), [](Unit& unit) { return unit.of<model::School>().first(Query<model::School>{}); });
  if (!school) return school.error().code == ErrorCode::kNotFound ? Result<int>(0) : Result<int>(school.error());
  SHIDE_TRY(row, stored_shell(ports, school->id));
  Time now = ports.clock->now();
  if (row.version > 0 && is_within(now, row.tried_at, row.problem.empty() ? kThemeEvery : kThemeAgain)) return 0;
  Result<PageShell> shell = fetched(ports);
  row.tried_at = now;
  row.problem = shell ? "" : shell.error().phrase.code;
  if (shell) {
    row.fetched_at = now;
    take(row, *shell);
  }
  SHIDE_CHECK(ports.store->transact(job_actor(school->id, "keep_theme"), "keep_theme", [&](Unit& unit) -> Result<void> {
    ThemeShell fresh = row;
    SHIDE_CHECK(unit.of<ThemeShell>().save(fresh));
    return unit.audit(fresh, shell ? "fetched_at" : "problem");
  }));
  return 1;
}

Result<ThemeShell> theme_now(ports::Ports& ports, const Id<model::School>& school) {
  if (!ports.theme->is_wanted()) return not_found();
  SHIDE_TRY(row, stored_shell(ports, school));
  if (!row.fetched_at || !is_within(ports.clock->now(), *row.fetched_at, kThemeServes)) return not_found();
  return row;
}

Phrase theme_advice(ports::Ports& ports) {
  if (!ports.theme->is_wanted()) return {};
  Result<PageShell> shell = fetched(ports);
  if (shell) return {};
  return shell.error().phrase.empty() ? Phrase{"theme.no_page"} : shell.error().phrase;
}

}  // namespace shide::workflow
