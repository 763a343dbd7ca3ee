#include "console/doctor_command.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "workflow/health.h"

namespace shide::console {
namespace {

using workflow::Finding;

constexpr std::uintmax_t kMegabyte = 1024 * 1024;
constexpr std::uintmax_t kFreeWanted = 500 * kMegabyte;

/// Ours, writable, and closed to everybody else on the machine.
Phrase directory_advice(const std::string& directory) {
  std::error_code failed;
  auto status = std::filesystem::status(directory, failed);
  if (failed || !std::filesystem::is_directory(status)) return {"health.no_directory", {{"directory", directory}}};
  using std::filesystem::perms;
  bool open_to_others = (status.permissions() & perms::others_all) != perms::none || (status.permissions() & perms::group_write) != perms::none;
  if (open_to_others) return {"health.directory_open", {{"directory", directory}}};
  if ((status.permissions() & perms::owner_all) != perms::owner_all) return {"health.directory_closed", {{"directory", directory}}};
  return {};
}

Phrase disk_advice(const std::string& directory) {
  std::error_code failed;
  auto space = std::filesystem::space(directory, failed);
  if (failed || space.available >= kFreeWanted) return {};
  return {"health.disk", {{"directory", directory}, {"free", static_cast<std::size_t>(space.available / kMegabyte)}, {"wanted", static_cast<std::size_t>(kFreeWanted / kMegabyte)}}};
}

}  // namespace

int doctor_command(const Arguments& arguments, Streams& streams, Environment& environment) {
  if (!arguments.empty()) {
    streams.err(render({"console.usage.doctor"}, streams.language) + "\n");
    return kWrongUsage;
  }
  std::string directory = environment.option("data.directory");
  std::vector<Finding> findings = {{"configuration", {}}, {"data_directory", directory_advice(directory)}, {"disk", disk_advice(directory)}};
  for (Finding& one : workflow::look_at_ports(environment.ports())) findings.push_back(std::move(one));
  bool all_well = true;
  for (const Finding& one : findings) {
    nlohmann::ordered_json line = {{"check", one.check}, {"ok", one.advice.empty()}};
    if (!one.advice.empty()) line["do"] = render(one.advice, streams.language);
    all_well = all_well && one.advice.empty();
    streams.out(line.dump() + "\n");
  }
  return all_well ? kFine : kFoundWrong;
}

}  // namespace shide::console
