#include "console/verify_command.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "audit/log_file.h"
#include "base/key_text.h"
#include "base/text.h"
#include "console/lines.h"
#include "console/refusal.h"
#include "workflow/verify.h"

namespace shide::console {
namespace {

/// On a terminal one line that grows; nothing elsewhere, where only the result matters.
std::function<void(std::size_t, std::size_t)> progress_on(Streams& streams) {
  if (!streams.is_terminal) return {};
  return [&streams](std::size_t done, std::size_t all) {
    streams.err("\r" + render({"console.verify.progress", {{"done", done}, {"all", all}}}, streams.language) + (done == all ? "\n" : ""));
  };
}

}  // namespace

int verify_command(const Arguments& arguments, Streams& streams, Environment& environment) {
  if (!arguments.empty()) {
    streams.err(render({"console.usage.verify"}, streams.language) + "\n");
    return kWrongUsage;
  }
  auto found = workflow::verify(environment.ports(), progress_on(streams));
  if (auto* error = found.if_error()) {
    tell(*error, streams);
    return kCouldNot;
  }
  for (const workflow::Damage& one : found->damages) {
    nlohmann::ordered_json line = {{"object", one.object_kind}, {"id", one.object_id}, {"what", render(one.what, streams.language)}};
    streams.out(line.dump() + "\n");
  }
  for (const Phrase& notice : found->notices) streams.err(render(notice, streams.language) + "\n");
  streams.err(render({"console.verify.sums", {{"entries", found->entries}, {"photos", found->photos}, {"logged", found->logged}, {"heads", found->heads}, {"damages", found->damages.size()}}}, streams.language) + "\n");
  return found->damages.empty() ? kFine : kFoundWrong;
}

namespace {

/// The same lines from a file instead of a pipe.
Streams reading(std::ifstream& file, Streams streams) {
  streams.read = [&file](char* into, std::size_t size) {
    file.read(into, static_cast<std::streamsize>(size));
    return static_cast<long>(file.gcount());
  };
  return streams;
}

struct ExportArguments {
  std::string file;
  std::vector<std::string> keys, heads;
};

/// Each option with its value; --key and --head may stand there several times.
std::optional<ExportArguments> export_arguments(const Arguments& arguments) {
  ExportArguments found;
  for (std::size_t at = 0; at + 1 < arguments.size(); at += 2) {
    const std::string &name = arguments[at], &value = arguments[at + 1];
    if (name == "--export" && found.file.empty()) found.file = value;
    else if (name == "--key") found.keys.push_back(value);
    else if (name == "--head") found.heads.push_back(value);
    else return std::nullopt;
  }
  bool whole = arguments.size() % 2 == 0 && !found.file.empty() && !found.keys.empty();
  return whole ? std::optional(found) : std::nullopt;
}

int not_usable(const char* code, const std::string& file, Streams& streams) {
  streams.err(render({code, {{"file", file}}}, streams.language) + "\n");
  return kCouldNot;
}

std::optional<std::string> read_small(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(4097, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.eof()) return std::nullopt;
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

void tell_log(const audit::LogReport& report, Streams& streams) {
  for (const Phrase& fault : report.faults) streams.out(nlohmann::ordered_json{{"object", "audit_events"}, {"what", render(fault, streams.language)}}.dump() + "\n");
  for (const Phrase& notice : report.notices) streams.err(render(notice, streams.language) + "\n");
  streams.err(render({"console.verify.log_sums", {{"entries", report.entries}, {"heads", report.heads}, {"faults", report.faults.size()}}}, streams.language) + "\n");
}

}  // namespace

int verify_export_command(const Arguments& arguments, Streams& streams) {
  std::optional<ExportArguments> asked = export_arguments(arguments);
  if (!asked) {
    streams.err(render({"console.usage.verify"}, streams.language) + "\n");
    return kWrongUsage;
  }
  std::vector<audit::PublicKey> keys;
  for (const std::string& path : asked->keys) {
    std::optional<std::string> text = read_small(path);
    std::optional<KeyText> key = text ? key_in(*text) : std::nullopt;
    if (!key) return not_usable("seal.no_key_file", path, streams);
    for (const audit::PublicKey& other : keys) {
      if (other.id == key->id && other.public_key != key->public_key) return not_usable("console.verify.same_id", path, streams);
    }
    keys.push_back({key->id, key->public_key});
  }
  audit::LogFileCheck check(keys);
  for (const std::string& path : asked->heads) {
    std::optional<std::string> text = read_small(path);
    std::optional<model::AuditHead> head = text ? audit::head_in(trim(*text)) : std::nullopt;
    if (!head) return not_usable("console.verify.no_head", path, streams);
    check.kept_head(std::move(*head));
  }
  std::ifstream file(asked->file, std::ios::binary);
  if (!file) return not_usable("console.verify.no_export", asked->file, streams);
  Streams from_file = reading(file, streams);
  (void)for_each_line(from_file, [&](int number, std::string_view line) { return check.line(number, line), true; });
  audit::LogReport report = check.finish();
  tell_log(report, streams);
  return report.faults.empty() ? kFine : kFoundWrong;
}

}  // namespace shide::console
