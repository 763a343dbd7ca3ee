#include "door/config.h"

#include <arpa/inet.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <set>
#include <stdexcept>

#include "base/info_file.h"
#include "base/nearest.h"
#include "base/resource.h"
#include "base/text.h"
#include "base/time.h"
#include "base/web_address.h"

namespace shide::door {
namespace {

constexpr std::string_view kOptionsFile = "schema/config/options.info";
constexpr std::size_t kShortestKey = 32;  // characters: 128 bits, as hexadecimal
constexpr std::size_t kShortestPassword = 16;  // characters: an application password of WordPress has 24

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// The whole file; nothing when it cannot be read or is larger than `limit`.
std::optional<std::string> read_file(const std::string& file_name, std::size_t limit) {
  std::ifstream file(file_name, std::ios::binary);
  std::string bytes(limit + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.eof()) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

OptionType type_of(std::string_view word) {
  static const std::map<std::string_view, OptionType> kTypes = {
      {"text", OptionType::kText},     {"path", OptionType::kPath}, {"secret_file", OptionType::kSecretFile},
      {"choice", OptionType::kChoice}, {"flag", OptionType::kFlag}, {"number", OptionType::kNumber},
      {"time", OptionType::kTime},     {"address", OptionType::kAddress}, {"url", OptionType::kUrl}};
  auto found = kTypes.find(word);
  if (found == kTypes.end()) throw std::logic_error("options.info: unknown type " + std::string(word));
  return found->second;
}

Option read_option(const std::string& name, const InfoEntry& entry) {
  Option option;
  option.name = name;
  option.type = type_of(entry.text("type"));
  option.default_value = entry.text("default");
  option.unit = entry.text("unit");
  const std::string choices = entry.text("choices");  // split gives views
  for (std::string_view choice : split(choices, ' ')) {
    if (!choice.empty()) option.choices.emplace_back(choice);
  }
  option.minimum = whole_number(entry.text("minimum")).value_or(0);
  option.maximum = whole_number(entry.text("maximum")).value_or(0);
  if (const InfoEntry* meaning = entry.child("meaning")) {
    option.meaning_zh = meaning->text("zh-CN");
    option.meaning_en = meaning->text("en");
  }
  return option;
}

std::vector<Option> read_options() {
  Result<InfoEntry> file = parse_info(resource(kOptionsFile).value_or(""), kOptionsFile);
  if (auto* error = file.if_error()) throw std::logic_error(error->detail);
  std::vector<Option> list;
  for (const InfoEntry& group : file->children) {
    for (const InfoEntry& entry : group.children) list.push_back(read_option(group.key + "." + entry.key, entry));
  }
  return list;
}

const Option* find_option(std::string_view name) {
  for (const Option& option : options()) {
    if (option.name == name) return &option;
  }
  return nullptr;
}

bool is_address(const std::string& text) {
  unsigned char bytes[16];
  return inet_pton(AF_INET, text.c_str(), bytes) == 1 || inet_pton(AF_INET6, text.c_str(), bytes) == 1;
}

/// "http://127.0.0.1:8080/wp/" -> "127.0.0.1"
std::string_view host_of(std::string_view url) {
  url.remove_prefix(std::min(url.find("://") + 3, url.size()));
  return url.substr(0, url.find_first_of(":/?#"));
}

bool is_loopback(std::string_view address) { return address == "::1" || address.starts_with("127."); }

bool is_url(std::string_view text) {
  std::size_t scheme = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : 0;
  if (scheme == 0 || text.size() == scheme) return false;
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '>'; });
}

// Goes into a security header: scheme and host, no path and nothing that ends a directive.
bool is_origin(std::string_view text) {
  if (!is_url(text)) return false;
  std::string_view host = text.substr(text.find("://") + 3);
  return std::all_of(host.begin(), host.end(), [](unsigned char c) { return (c < 0x80 && std::isalnum(c)) || c == '.' || c == '-' || c == ':'; });
}

// A mount prefix goes into links and cookies, so only plain path characters.
bool is_mount(std::string_view text) {
  if (text.empty()) return true;
  if (text.front() != '/' || text.back() == '/' || text.find("//") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return (c < 0x80 && std::isalnum(c)) || c == '/' || c == '-' || c == '_' || c == '.';
  });
}

/// What is wrong with `value`, or an empty phrase.
Phrase wrong_with(const Option& option, const std::string& value) {
  bool fits_one_line = std::none_of(value.begin(), value.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; });
  if (!fits_one_line || value.size() > 4096) return {"config.not_a_line", {{"name", option.name}}};
  switch (option.type) {
    case OptionType::kFlag:
      if (value == "on" || value == "off") return {};
      return {"config.not_a_flag", {{"name", option.name}}};
    case OptionType::kChoice:
      if (std::find(option.choices.begin(), option.choices.end(), value) != option.choices.end()) return {};
      return {"config.not_a_choice", {{"name", option.name}, {"choices", join(option.choices, ", ")}}};
    case OptionType::kNumber: {
      auto number = whole_number(value);
      if (number && *number >= option.minimum && *number <= option.maximum) return {};
      return {"config.not_in_range", {{"name", option.name}, {"minimum", option.minimum}, {"maximum", option.maximum}}};
    }
    case OptionType::kTime:
      if (value.empty() || parse_time(value)) return {};
      return {"config.not_a_time", {{"name", option.name}}};
    case OptionType::kAddress:
      if ((value.empty() && option.default_value.empty()) || is_address(value)) return {};
      return {"config.not_an_address", {{"name", option.name}}};
    case OptionType::kUrl:
      if (value.empty() || is_url(value)) return {};
      return {"config.not_a_url", {{"name", option.name}}};
    case OptionType::kText:
      if (option.name == "server.mount" && !is_mount(value)) return {"config.not_a_mount", {{"name", option.name}}};
      return {};
    case OptionType::kPath:
    case OptionType::kSecretFile:
      return {};
  }
  return {};
}

Phrase unknown_option(const std::string& name) {
  std::vector<std::string> names;
  for (const Option& option : options()) names.push_back(option.name);
  std::string near = nearest(name, names);
  if (near.empty()) return {"config.unknown", {{"name", name}}};
  return {"config.unknown_near", {{"name", name}, {"near", near}}};
}

Error configuration_error(Phrase phrase) {
  std::string detail = render(phrase, Language::kEnglish);
  return {ErrorCode::kConfiguration, std::move(phrase), std::move(detail)};
}

std::string place(std::string_view file_name, int line) { return std::string(file_name) + ":" + std::to_string(line); }

/// Sets what `entry` says below `prefix`; what cannot be set becomes a problem.
void take(const InfoEntry& entry, const std::string& prefix, std::string_view file_name, std::set<std::string>& seen, Config& config,
          std::vector<Problem>& problems) {
  std::string name = prefix.empty() ? entry.key : prefix + "." + entry.key;
  if (!entry.children.empty() && entry.value.empty() && !find_option(name)) {
    for (const InfoEntry& child : entry.children) take(child, name, file_name, seen, config, problems);
    return;
  }
  std::string where = place(file_name, entry.line);
  if (!entry.children.empty()) {
    problems.push_back({where, {"config.no_braces", {{"name", name}}}});
  } else if (!seen.insert(name).second) {
    problems.push_back({where, {"config.twice", {{"name", name}}}});
  } else if (Result<void> set = config.set(name, entry.value); auto* error = set.if_error()) {
    problems.push_back({where, std::move(error->phrase)});
  }
}

}  // namespace

const std::vector<Option>& options() {
  static const std::vector<Option> list = read_options();
  return list;
}

Config Config::defaults() {
  Config config;
  for (const Option& option : options()) config.values_[option.name] = option.default_value;
  return config;
}

const std::string* Config::find(std::string_view name) const {
  auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

const std::string& Config::text(std::string_view name) const {
  if (const std::string* value = find(name)) return *value;
  throw std::logic_error("no such option: " + std::string(name));
}

std::int64_t Config::number(std::string_view name) const {
  auto number = whole_number(text(name));
  if (!number) throw std::logic_error("not a number: " + std::string(name));
  return *number;
}

bool Config::flag(std::string_view name) const { return text(name) == "on"; }

Result<std::string> Config::secret(std::string_view name) const {
  const std::string& file_name = text(name);
  if (file_name.empty()) return std::string{};
  auto refuse = [&](const char* code) { return configuration_error({code, {{"name", name}, {"file", file_name}}}); };
  struct stat status = {};
  if (stat(file_name.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return refuse("config.secret_unreadable");
  if ((status.st_mode & S_IROTH) != 0) return refuse("config.secret_open_to_all");
  std::optional<std::string> bytes = read_file(file_name, 4096);
  if (!bytes) return refuse("config.secret_unreadable");
  while (bytes->ends_with('\n') || bytes->ends_with('\r')) bytes->pop_back();
  return std::move(*bytes);
}

std::string Config::database_path() const {
  const std::string& path = text("store.path");
  return path.empty() ? text("data.directory") + "/shide.db" : path;
}

std::string Config::key_directory() const {
  const std::string& path = text("keys.directory");
  return path.empty() ? text("data.directory") + "/keys" : path;
}

Result<void> Config::set(std::string_view name, std::string_view value) {
  const Option* option = find_option(name);
  if (!option) return configuration_error(unknown_option(std::string(name)));
  std::string text(value);
  if (Phrase wrong = wrong_with(*option, text); !wrong.empty()) return configuration_error(std::move(wrong));
  values_[option->name] = std::move(text);
  return {};
}

Result<void> Config::check_together() const {
  if (flag("demo.enabled") && !is_loopback(text("server.address"))) return configuration_error({"config.demo_on_loopback"});
  if (!flag("demo.enabled") && !text("demo.today").empty()) return configuration_error({"config.today_without_demo"});
  if (text("store.kind") == "postgresql" && text("store.connection").empty()) return configuration_error({"config.connection_missing"});
  SHIDE_CHECK(check_site());
  return check_publisher();
}

Result<void> Config::check_publisher() const {
  const std::string& kind = text("publisher.kind");
  if (kind == "none") return {};
  for (const char* needed : {"publisher.url", "publisher.password_file", kind == "wordpress" ? "publisher.user" : "publisher.category"}) {
    if (text(needed).empty()) return configuration_error({"config.publisher_missing", {{"name", needed}, {"kind", kind}}});
  }
  // The password goes along with every call.
  std::string host(host_of(text("publisher.url")));
  if (!text("publisher.url").starts_with("https://") && !(is_address(host) && is_loopback(host))) {
    return configuration_error({"config.publisher_in_the_clear", {{"name", "publisher.url"}}});
  }
  if (const std::string& file = text("publisher.ca_file"); !file.empty() && access(file.c_str(), R_OK) != 0) {
    return configuration_error({"config.ca_unreadable", {{"name", "publisher.ca_file"}, {"file", file}}});
  }
  SHIDE_TRY(password, secret("publisher.password_file"));
  if (password.size() >= kShortestPassword) return {};
  return configuration_error({"config.password_too_short", {{"name", "publisher.password_file"}, {"file", text("publisher.password_file")}, {"minimum", kShortestPassword}}});
}

Result<void> Config::check_site() const {
  const std::string& key_file = text("site.ticket_key_file");
  bool needs_bridge = !key_file.empty() || flag("site.theme");
  if (needs_bridge && text("site.bridge_url").empty()) {
    return configuration_error({"config.bridge_missing", {{"name", key_file.empty() ? "site.theme" : "site.ticket_key_file"}}});
  }
  // Its origin goes into a security header.
  const std::string& bridge = text("site.bridge_url");
  if (!bridge.empty() && !is_origin(origin_of(bridge))) {
    return configuration_error({"config.not_a_url", {{"name", "site.bridge_url"}}});
  }
  for (std::string_view source : split(text("site.theme_sources"), ' ')) {
    if (!source.empty() && !is_origin(source)) return configuration_error({"config.not_an_origin", {{"name", "site.theme_sources"}, {"value", source}}});
  }
  if (const std::string& file = text("site.ca_file"); !file.empty() && access(file.c_str(), R_OK) != 0) {
    return configuration_error({"config.ca_unreadable", {{"name", "site.ca_file"}, {"file", file}}});
  }
  if (key_file.empty()) return {};
  SHIDE_TRY(key, secret("site.ticket_key_file"));
  if (key.size() >= kShortestKey) return {};
  return configuration_error({"config.secret_too_short", {{"name", "site.ticket_key_file"}, {"file", key_file}, {"minimum", kShortestKey}}});
}

Result<Config> load_config(std::string_view text, std::string_view file_name) {
  SHIDE_TRY(file, parse_info(text, file_name));
  Config config = Config::defaults();
  std::vector<Problem> problems;
  std::set<std::string> seen;
  for (const InfoEntry& entry : file.children) take(entry, "", file_name, seen, config, problems);
  if (!problems.empty()) {
    Error error = configuration_error({"config.wrong", {{"file", file_name}}});
    error.problems = std::move(problems);
    return error;
  }
  if (Result<void> together = config.check_together(); auto* error = together.if_error()) {
    Phrase first = error->phrase;
    return std::move(*error).with(std::string(file_name), std::move(first));
  }
  return config;
}

Result<Config> load_config_file(const std::string& file_name) {
  std::optional<std::string> bytes = read_file(file_name, 1 << 20);
  if (!bytes) return configuration_error({"config.file_unreadable", {{"file", file_name}}});
  return load_config(*bytes, file_name);
}

}  // namespace shide::door
