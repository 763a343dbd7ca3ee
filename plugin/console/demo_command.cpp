#include "console/demo_command.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "workflow/demo_school.h"
#include "workflow/jobs.h"

namespace shide::console {
namespace {

std::optional<Time> today_in(const Arguments& arguments) {
  for (std::size_t i = 0; i + 1 < arguments.size(); ++i) {
    if (arguments[i] == "--today") return parse_time(arguments[i + 1]);
  }
  return time_of(*make_date(2021, 1, 24), 20, 30);
}

bool write_accounts(const std::string& directory, const workflow::DemoSchool& demo) {
  nlohmann::json accounts = nlohmann::json::array();
  for (const auto& account : demo.accounts) accounts.push_back({{"role", account.role}, {"name", account.name}, {"login", account.login}, {"password", demo.password}});
  nlohmann::json file = {{"url", ""}, {"accounts", accounts}, {"api_token", {{"hr", demo.hr_token}}}};
  std::string path = directory + "/demo.json";
  std::ofstream out(path);
  out << file.dump(2) << "\n";
  out.close();
  std::error_code ignored;
  std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
  return out.good();
}

}  // namespace

int demo_command(const Arguments& arguments, Streams& streams, Environment& environment) {
  auto today = today_in(arguments);
  bool known = arguments.empty() || (arguments.size() == 2 && arguments[0] == "--today");
  if (!today || !known) return streams.err(render({"console.usage.demo"}, streams.language) + "\n"), kWrongUsage;
  ports::Ports& ports = environment.ports();
  // The store looks at the same clock: what it writes down belongs to the demo's evening too.
  if (auto* clock = dynamic_cast<SystemClock*>(ports.clock.get())) clock->move(*today - SystemClock().now());
  auto demo = workflow::load_demo_school(ports);
  if (auto* error = demo.if_error()) {
    tell(*error, streams);
    return kCouldNot;
  }
  if (!demo->loaded) return streams.out(render({"console.demo.there"}, streams.language) + "\n"), kFine;
  if (!write_accounts(environment.option("data.directory"), *demo)) {
    return streams.err(render({"console.demo.no_file"}, streams.language) + "\n"), kCouldNot;
  }
  streams.out(render({"console.demo.loaded", {{"accounts", demo->accounts.size()}}}, streams.language) + "\n");
  return kFine;
}

int worker_command(const Arguments& arguments, Streams& streams, Environment& environment) {
  if (!arguments.empty() && arguments != Arguments{"--once"}) return streams.err(render({"console.usage.worker"}, streams.language) + "\n"), kWrongUsage;
  std::int64_t all = 0;
  for (const workflow::Job& job : workflow::jobs()) {
    for (int count = 1; count > 0;) {
      auto done = job.run(environment.ports());
      if (auto* error = done.if_error()) {
        tell(*error, streams);
        return kCouldNot;
      }
      count = *done;
      all += count;
    }
  }
  streams.out(render({"console.worker.done", {{"count", all}}}, streams.language) + "\n");
  return kFine;
}

}  // namespace shide::console
