#include "door/section.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <mutex>
#include <stdexcept>

#include "base/digest.h"
#include "base/resource.h"
#include "base/text.h"
#include "base/web_address.h"
#include "door/assemble.h"
#include "door/refusal.h"
#include "web/own_pages.h"
#include "workflow/jobs.h"
#include "workflow/lease.h"

namespace shide::door {
namespace {

constexpr std::size_t kAddressLimit = 4096;
constexpr std::size_t kHeaderCountLimit = 100;
constexpr std::size_t kHeaderBytesLimit = 16 * 1024;

bool is_loopback(std::string_view address) {
  return address == "::1" || address.starts_with("127.") || address.starts_with("::ffff:127.");
}

bool is_address(const std::string& text) {
  unsigned char bytes[16];
  return inet_pton(AF_INET, text.c_str(), bytes) == 1 || inet_pton(AF_INET6, text.c_str(), bytes) == 1;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return (c < ' ' && c != '\t') || c == 0x7f; });
}

bool is_token(std::string_view text) {
  return !text.empty() && text.size() <= 256 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return c > ' ' && c < 0x7f && std::string_view("()<>@,;:\\\"/[]?={}").find(static_cast<char>(c)) == std::string_view::npos;
  });
}

bool is_request_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return (c < 0x80 && std::isalnum(c)) || c == '-' || c == '_' || c == '.' || c == '@';
  });
}

/// The code of what makes the request unreadable, with its status; nothing when it is well formed.
struct Fault {
  int status = 0;
  std::string_view code;
};
Fault fault_of(const web::Request& request) {
  if (!is_token(request.method) || request.method.size() > 32) return {400, "door.malformed"};
  if (request.path.size() + request.query.size() > kAddressLimit) return {414, "door.address_too_long"};
  if (request.path.empty() || request.path.front() != '/') return {400, "door.malformed"};
  if (has_control(request.path) || has_control(request.query)) return {400, "door.malformed"};
  std::size_t bytes = 0;
  for (const auto& [name, value] : request.headers) {
    if (!is_token(name) || has_control(value)) return {400, "door.malformed"};
    bytes += name.size() + value.size();
  }
  if (request.headers.size() > kHeaderCountLimit || bytes > kHeaderBytesLimit) return {431, "door.headers_too_large"};
  return {};
}

/// The proxy in front tells who really asks; its own words come last in the list.
void believe_proxy(web::Request& request, const std::string& trusted_proxy) {
  if (trusted_proxy.empty() || request.remote_address != trusted_proxy) return;
  std::string_view forwarded = request.header("x-forwarded-for");
  std::string client(trim(forwarded.substr(forwarded.rfind(',') + 1)));
  if (is_address(client)) request.remote_address = client;
  request.is_tls = lower_ascii(trim(request.header("x-forwarded-proto"))) == "https";
}

/// Takes the mount prefix off the path; false when the path lies elsewhere.
bool enter_mount(web::Request& request) {
  const std::string& mount = request.mount_prefix;
  if (!request.path.starts_with(mount)) return false;
  std::string below = request.path.substr(mount.size());
  if (!below.empty() && below.front() != '/') return false;
  request.path = below.empty() ? "/" : below;
  return true;
}

/// Counts the body while the application reads it, and ends it at the limit.
class LimitedBody {
 public:
  LimitedBody(std::function<long(char*, std::size_t)> read, std::size_t limit) : read_(std::move(read)), limit_(limit) {}
  long operator()(char* into, std::size_t size) {
    if (broken_) return -1;
    long count = read_(into, size);
    broken_ = count < 0 || static_cast<std::size_t>(count) > size;
    if (broken_) return -1;
    taken_ += static_cast<std::size_t>(count);
    if (taken_ <= limit_) return count;
    broken_ = too_large_ = true;
    return -1;
  }
  bool too_large() const { return too_large_; }

 private:
  std::function<long(char*, std::size_t)> read_;
  std::size_t limit_;
  std::size_t taken_ = 0;
  bool broken_ = false;
  bool too_large_ = false;
};

bool declares_more_than(std::size_t limit, std::string_view content_length) {
  std::uint64_t length = 0;
  auto [end, failure] = std::from_chars(content_length.data(), content_length.data() + content_length.size(), length);
  return failure == std::errc::result_out_of_range || (failure == std::errc{} && length > limit);
}

/// A job runs where its lease is held: in one process at a time.
Result<int> run_if_held(const workflow::Job& job, ports::Ports& ports, std::string_view holder) {
  SHIDE_TRY(held, workflow::hold_lease(ports, job.name, holder));
  return held ? job.run(ports) : Result<int>(0);
}

/// Where the theme of the school's site may load from: the site itself, and what else is named.
std::vector<std::string> theme_origins_of(const Config& config) {
  const std::string& bridge = config.text("site.bridge_url");
  if (bridge.empty()) return {};
  std::vector<std::string> origins = {std::string(origin_of(bridge))};
  for (std::string_view source : split(config.text("site.theme_sources"), ' ')) {
    if (!source.empty()) origins.emplace_back(source);
  }
  return origins;
}

web::Settings settings_of(const Config& config) {
  web::Settings settings;
  settings.demo = config.flag("demo.enabled");
  settings.body_limit = static_cast<std::size_t>(config.number("request.body_limit_bytes"));
  settings.theme_origins = theme_origins_of(config);
  settings.public_base_url = config.text("section.public_base_url");
  return settings;
}

}  // namespace

Result<Config> read_config(const Opening& opening) {
  Config config = Config::defaults();
  if (!opening.config_path.empty()) {
    SHIDE_TRY(loaded, load_config_file(opening.config_path));
    config = std::move(loaded);
  }
  if (!opening.data_directory.empty()) SHIDE_CHECK(config.set("data.directory", opening.data_directory));
  for (const auto& [name, value] : opening.options) SHIDE_CHECK(config.set(name, value));
  SHIDE_CHECK(config.check_together());
  return config;
}

Section::Section(Config config, HostLog host_log)
    : config_(std::move(config)), log_(config_.text("log.path"), log_level_of(config_.text("log.level")), std::move(host_log)) {
  if (!config_.text("schema.directory").empty()) override_resources(config_.text("schema.directory"));
}

Result<void> Section::start() {
  std::unique_lock lock(mutex_);
  if (running_) return Error{ErrorCode::kInvalid, {}, "started already"};
  auto running = std::make_unique<Running>();
  SHIDE_TRY(ports, assemble(config_));
  running->ports = std::move(ports);
  running->application = std::make_unique<web::Application>(*running->ports, settings_of(config_), [this](const web::LogLine& line) {
    if (line.status < 500) return;  // the host's access log has the others
    log_.write(LogLevel::kError, "request.failed", line.request_id,
               line.method + " " + line.pattern + " " + std::to_string(line.status) + " " + without_people(line.detail));
  });
  // First what we serve ourselves, then what the school's site makes of it.
  auto& hosts = running->ports->public_hosts;
  hosts.insert(hosts.begin(), std::make_unique<web::OwnPages>(*running->application, config_.text("server.mount")));
  running->holder = random_token(12);
  running_ = std::move(running);
  return {};
}

void Section::stop() {
  stopping_ = true;  // new requests are turned away, or a busy site could never stop
  std::unique_lock lock(mutex_);
  if (running_) running_->application.reset();
  running_.reset();
  stopping_ = false;
}

Section::Use Section::use() {
  if (stopping_) return {};
  Use use;
  use.lock = std::shared_lock(mutex_);
  if (running_) {
    use.holder = running_->holder;
    use.ports = running_->ports.get();
    use.application = running_->application.get();
  }
  return use;
}

web::Response Section::handle(web::Request& request, bool has_mount) {
  Language language = language_of(request.header("accept-language"));
  if (!is_request_id(request.request_id)) request.request_id = random_token(12);
  if (Fault fault = fault_of(request); fault.status != 0) return refusal(fault.status, fault.code, language);
  believe_proxy(request, config_.text("server.trusted_proxy"));
  if (config_.flag("demo.enabled") && !is_loopback(request.remote_address)) return refusal(403, "door.demo_elsewhere", language);
  if (!config_.flag("identity.trust_host")) request.asserted_user.clear();
  if (!has_mount) request.mount_prefix = config_.text("server.mount");
  if (!enter_mount(request)) return refusal(404, "door.not_here", language);

  Use use = this->use();
  if (!use.application) return refusal(503, "door.not_ready", language);
  auto limit = static_cast<std::size_t>(config_.number("request.body_limit_bytes"));
  if (declares_more_than(limit, request.header("content-length"))) return refusal(413, "door.body_too_large", language);
  auto body = std::make_shared<LimitedBody>(std::move(request.read_body), limit);
  request.read_body = [body](char* into, std::size_t size) { return (*body)(into, size); };
  web::Response response = use.application->handle(request);
  return body->too_large() ? refusal(413, "door.body_too_large", language) : response;
}

Result<void> Section::tick() {
  Use use = this->use();
  if (!use.ports) return Error{ErrorCode::kUnavailable, {"door.not_ready.title"}, "not started"};
  // One job that fails does not keep the others from their turn.
  Result<void> first_failure;
  for (const workflow::Job& job : workflow::jobs()) {
    Result<int> done = run_if_held(job, *use.ports, use.holder);
    if (auto* error = done.if_error()) {
      log_.write(LogLevel::kError, "job.failed", {}, std::string(job.name) + ": " + error->detail);
      if (first_failure.ok()) first_failure = std::move(*error).with_prefix(job.name);
    }
  }
  return first_failure;
}

Result<ports::Ports*> CommandEnvironment::open(const console::Whereabouts& whereabouts) {
  if (ports_) return ports_;
  bool elsewhere = !whereabouts.config_file.empty() || !whereabouts.data_directory.empty() || !whereabouts.options.empty();
  if (!section_ && whereabouts.config_file.empty() && whereabouts.data_directory.empty()) {
    return Error{ErrorCode::kConfiguration, {"door.no_configuration"}};
  }
  if (section_ && !elsewhere) {
    config_ = std::make_unique<Config>(section_->config());
    use_ = section_->use();
    ports_ = use_.ports;
    if (ports_) return ports_;
  } else {
    SHIDE_TRY(config, read_config({whereabouts.config_file, whereabouts.data_directory, whereabouts.options}));
    config_ = std::make_unique<Config>(std::move(config));
    if (!config_->text("schema.directory").empty()) override_resources(config_->text("schema.directory"));
  }
  SHIDE_TRY(assembled, assemble(*config_));
  own_ = std::move(assembled);
  ports_ = own_.get();
  return ports_;
}

ports::Ports& CommandEnvironment::ports() {
  if (!ports_) throw std::logic_error("a command asked for its ports before open");
  return *ports_;
}

std::string CommandEnvironment::option(std::string_view name) const {
  const std::string* value = config_ ? config_->find(name) : nullptr;
  return value ? *value : std::string{};
}

std::vector<console::OptionLine> CommandEnvironment::options(Language language) const {
  std::vector<console::OptionLine> lines;
  for (const Option& option : door::options()) {
    lines.push_back({option.name, option.default_value, language == Language::kEnglish ? option.meaning_en : option.meaning_zh});
  }
  return lines;
}

}  // namespace shide::door
