#include "workflow/demo_school.h"

#include "base/digest.h"
#include "base/resource.h"
#include "workflow/appraisal.h"
#include "workflow/demo_rows.h"
#include "workflow/job.h"
#include "workflow/run_outbox.h"

namespace shide::workflow {

namespace {

constexpr std::string_view kPassword = "qingyu-demo-2021";

Result<bool> has_school(ports::Ports& ports) {
  return ports.store->read(job_actor({}, "demo"), [](ports::Unit& unit) -> Result<bool> {
    SHIDE_TRY(count, unit.of<model::School>().count(ports::Query<model::School>{}));
    return count > 0;
  });
}

Result<std::string> add_token(DemoRows& rows) {
  std::string token = random_token(24);
  Time now = rows.ports.clock->now();
  SHIDE_CHECK(rows.write("token", [&](ports::Unit& unit) -> Result<void> {
    model::ApiToken row;
    row.token_hash = sha256_hex(token);
    row.name = "HR";
    row.scopes = "archive:read";
    row.created_at = now;
    SHIDE_TRY(kept, rows.keep(unit, row, now));
    return unit.audit(kept, "token_hash");
  }));
  return token;
}

Result<std::vector<DemoAccount>> role_cards(const DemoRows& rows) {
  SHIDE_TRY(people, DemoRows::file("people"));
  std::vector<DemoAccount> cards;
  for (const InfoEntry* entry : people.all("account")) {
    SHIDE_TRY(account, rows.account(entry->value));
    cards.push_back({entry->text("role"), account.name, account.login});
  }
  return cards;
}

Result<void> run_all_jobs(ports::Ports& ports) {
  for (int done = 1; done > 0;) {
    SHIDE_TRY(count, run_outbox(ports, 200));
    done = count;
  }
  return {};
}

Result<model::Account> holder_of(const DemoRows& rows, model::Role role) {
  for (const auto& [name, account] : rows.accounts) {
    if (account.roles.count(role)) return account;
  }
  return internal_error("demo: nobody holds a role");
}

Result<void> score(DemoRows& rows) {
  SHIDE_TRY(member, holder_of(rows, model::Role::kEthicsCommittee));
  model::Actor committee = job_actor(rows.school, "");
  committee.roles = {model::Role::kEthicsCommittee};
  committee.account = member.id;
  const model::Campaign& campaign = rows.campaigns.at("2019-2020");
  SHIDE_TRY(run, open_appraisal(rows.ports, committee, campaign.id));
  (void)run;
  SHIDE_CHECK(add_demo_ratings(rows));
  SHIDE_TRY(scored, compute_scores(rows.ports, committee, run.id));
  (void)scored;
  return {};
}

}  // namespace

Result<void> DemoRows::write(const char* what, const std::function<Result<void>(ports::Unit&)>& work) {
  std::uint64_t start = count_;
  return ports.store->transact(job_actor(school, "demo"), std::string("demo_") + what, [&](ports::Unit& unit) -> Result<void> {
    count_ = start;
    return work(unit);
  });
}

Result<InfoEntry> DemoRows::file(const char* name) {
  std::string path = std::string("schema/demo/") + name + ".info";
  return parse_info(resource(path).value_or(""), path);
}

std::vector<std::string> DemoRows::words(const std::string& text) {
  std::vector<std::string> list;
  for (std::string_view word : split(text, ' ')) {
    if (!word.empty()) list.emplace_back(word);
  }
  return list;
}

std::optional<Time> DemoRows::maybe_time(const InfoEntry& entry, const char* key) { return parse_time(entry.text(key)); }
Time DemoRows::time(const InfoEntry& entry, const char* key) { return maybe_time(entry, key).value_or(Time{}); }

Result<model::Teacher> DemoRows::teacher(const std::string& name) const {
  auto found = teachers.find(name);
  if (found == teachers.end()) return internal_error("demo: a teacher of the files is not among the people");
  return found->second;
}

Result<model::Account> DemoRows::account(const std::string& name) const {
  auto found = accounts.find(name);
  if (found == accounts.end()) return internal_error("demo: a person of the files has no account");
  return found->second;
}

Result<DemoSchool> load_demo_school(ports::Ports& ports) {
  DemoSchool demo;
  SHIDE_TRY(there, has_school(ports));
  if (there) return demo;
  DemoRows rows(ports);
  SHIDE_TRY(hash, ports.cipher->hash_password(kPassword));
  rows.password_hash = hash;
  SHIDE_CHECK(add_demo_people(rows));
  SHIDE_CHECK(add_demo_campaigns(rows));
  SHIDE_CHECK(add_demo_last_year(rows));
  SHIDE_CHECK(add_demo_visits(rows));
  SHIDE_CHECK(add_demo_follow_up(rows));
  SHIDE_CHECK(run_all_jobs(ports));
  SHIDE_CHECK(add_demo_section(rows));
  SHIDE_CHECK(score(rows));
  SHIDE_TRY(token, add_token(rows));
  SHIDE_TRY(cards, role_cards(rows));
  demo.loaded = true;
  demo.accounts = cards;
  demo.password = kPassword;
  demo.hr_token = token;
  return demo;
}

}  // namespace shide::workflow
