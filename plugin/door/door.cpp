// The C functions of shide.h: each is guarded(...) around a call of Section, and nothing else.
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <optional>
#include <stdexcept>
#include <vector>

#include "base/text.h"
#include "console/program.h"
#include "door/refusal.h"
#include "door/section.h"
#include "door/shide.h"

struct shide_section {
  shide::door::Section section;
  shide::Language language;
};

namespace {

using shide::Error;
using shide::ErrorCode;
using shide::Language;
using shide::Result;
using shide::door::Section;

/// Nothing is thrown past this point: what `work` throws goes to `on_fault(code, words)`, which must not throw itself.
template <class Work, class OnFault>
auto guarded(Work work, OnFault on_fault) noexcept -> decltype(work()) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return on_fault(SHIDE_OUT_OF_MEMORY, "out of memory");
  } catch (const std::exception& exception) {
    return on_fault(SHIDE_INTERNAL, exception.what());
  } catch (...) {
    return on_fault(SHIDE_INTERNAL, "an exception of unknown type");
  }
}

/// The host's struct, copied as far as its size reaches; nothing for null or a size below `first_release`.
template <class T>
std::optional<T> taken(const T* from, std::size_t first_release = sizeof(T)) {
  if (!from || from->size < first_release) return std::nullopt;
  T copy = {};
  std::memcpy(&copy, from, std::min(from->size, sizeof(T)));
  return copy;
}
std::optional<shide_settings> taken_settings(const shide_settings* from) { return taken(from, offsetof(shide_settings, log_context)); }

std::string_view view(shide_text text) { return text.bytes ? std::string_view(text.bytes, text.length) : std::string_view{}; }
std::string string_of(shide_text text) { return std::string(view(text)); }
shide_text text_of_view(std::string_view text) { return {text.data(), text.size()}; }

int32_t code_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::kConfiguration: return SHIDE_CONFIGURATION;
    case ErrorCode::kUnavailable:
    case ErrorCode::kBusy: return SHIDE_UNAVAILABLE;
    default: return SHIDE_INTERNAL;
  }
}

int32_t tell(shide_error* error, int32_t code, std::string_view message) noexcept {
  if (!error || error->size < sizeof(shide_error)) return code;
  error->code = code;
  error->message = {nullptr, 0};
  if (char* bytes = static_cast<char*>(std::malloc(message.size() + 1))) {
    std::memcpy(bytes, message.data(), message.size());
    bytes[message.size()] = '\0';  // for hosts that print it as it is
    error->message = {bytes, message.size()};
  }
  return code;
}

int32_t tell(shide_error* error, const Error& what, Language language) {
  std::string message = shide::render(what.phrase, language);
  if (what.phrase.empty() || what.code == ErrorCode::kInternal) message = what.detail;
  for (const shide::Problem& problem : what.problems) message += "\n" + problem.path + ": " + shide::render(problem.phrase, language);
  return tell(error, code_of(what), message);
}

auto into(shide_error* error) {
  return [error](int32_t code, const char* words) noexcept { return tell(error, code, words); };
}

Language language_of(shide_text tag) { return view(tag).starts_with("en") ? Language::kEnglish : Language::kChinese; }

shide::door::HostLog host_log_of(const shide_settings& settings) {
  if (!settings.write_log) return {};
  return [write = settings.write_log, context = settings.log_context](shide::door::LogLevel level, std::string_view event,
                                                                      std::string_view request_id, std::string_view detail) {
    write(context, static_cast<int32_t>(level), text_of_view(event), text_of_view(request_id), text_of_view(detail));
  };
}

Result<shide::door::Config> config_of(const shide_settings& settings) {
  shide::door::Opening opening{string_of(settings.config_path), string_of(settings.data_directory), {}};
  for (size_t i = 0; settings.options && i < settings.option_count; ++i) {
    opening.options.emplace_back(string_of(settings.options[i].name), string_of(settings.options[i].value));
  }
  return shide::door::read_config(opening);
}

shide::web::Request request_of(const shide_request& from) {
  shide::web::Request request;
  request.method = string_of(from.method);
  request.path = string_of(from.path);
  request.query = string_of(from.query);
  for (size_t i = 0; from.headers && i < from.header_count; ++i) {
    request.headers.emplace_back(shide::lower_ascii(view(from.headers[i].name)), string_of(from.headers[i].value));
  }
  request.remote_address = string_of(from.remote_address);
  request.is_tls = from.is_tls != 0;
  request.mount_prefix = string_of(from.mount_prefix);
  request.request_id = string_of(from.request_id);
  request.asserted_user = string_of(from.asserted_user);
  request.deadline_ms = from.deadline_ms;
  if (from.read_body) {
    request.read_body = [read = from.read_body, context = from.context](char* bytes, std::size_t size) {
      return static_cast<long>(read(context, bytes, size));
    };
  }
  return request;
}

/// Writes one answer through the host's callbacks. What it does needs no memory once the headers stand.
class Answer {
 public:
  Answer(const shide_response& response, bool is_head) : response_(response), is_head_(is_head) {}

  int32_t send(int status, const shide_pair* headers, size_t header_count, std::string_view body) noexcept {
    begun_ = true;
    if (response_.write_head(response_.context, status, headers, header_count) < 0) return SHIDE_PEER_GONE;
    if (is_head_ || status == 204 || status == 304) return SHIDE_OK;
    while (!body.empty()) {
      int64_t count = response_.write_body(response_.context, body.data(), std::min<size_t>(body.size(), 64 * 1024));
      if (count <= 0 || static_cast<uint64_t>(count) > body.size()) return SHIDE_PEER_GONE;
      body.remove_prefix(static_cast<size_t>(count));
    }
    return SHIDE_OK;
  }

  /// The bare 500; when the head is out already, the peer sees an answer cut short.
  int32_t give_up() noexcept {
    if (begun_) return SHIDE_PEER_GONE;
    char length[16];
    int digits = std::snprintf(length, sizeof length, "%zu", shide::door::kBareBody.size());
    const shide_pair headers[] = {
        {text_of_view("Content-Type"), text_of_view(shide::door::kProblemType)},
        {text_of_view("Content-Length"), {length, static_cast<size_t>(digits)}},
        {text_of_view("Cache-Control"), text_of_view("no-store")},
    };
    return send(500, headers, std::size(headers), shide::door::kBareBody);
  }

 private:
  const shide_response& response_;
  bool is_head_;
  bool begun_ = false;
};

bool breaks_line(std::string_view text) { return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos; }

int32_t send(Answer& answer, shide::web::Response& response, const std::string& request_id, bool is_head) {
  // The length is ours to tell, unless the application has taken the body of a HEAD away already.
  bool told = is_head && response.body.empty() && std::any_of(response.headers.begin(), response.headers.end(), [](const auto& header) {
    return shide::lower_ascii(header.first) == "content-length";
  });
  std::erase_if(response.headers, [told](const auto& header) {
    std::string name = shide::lower_ascii(header.first);
    return (name == "content-length" && !told) || name == "transfer-encoding" || name == "connection" || name == "x-request-id";
  });
  response.headers.emplace_back("X-Request-Id", request_id);
  if (!told && response.status != 204 && response.status != 304) {
    response.headers.emplace_back("Content-Length", std::to_string(response.body.size()));
  }
  std::vector<shide_pair> headers;
  for (const auto& [name, value] : response.headers) {
    if (breaks_line(name) || breaks_line(value)) throw std::logic_error("a header with a line break");
    headers.push_back({text_of_view(name), text_of_view(value)});
  }
  return answer.send(response.status, headers.data(), headers.size(), response.body);
}

void log_fault(const Section& section, const std::string& request_id) noexcept {
  guarded(
      [&] {
        section.log().write(shide::door::LogLevel::kError, "request.broken", request_id, shide::door::exception_type());
        return 0;
      },
      [](int, const char*) noexcept { return 0; });
}

/// The streams of a command. A broken output is remembered, so that the command ends as "could not".
class Pipes {
 public:
  explicit Pipes(const shide_streams& streams) : from_(streams) {}

  shide::console::Streams streams() {
    shide::console::Streams streams;
    streams.read = [this](char* bytes, std::size_t size) {
      return from_.read ? static_cast<long>(from_.read(from_.context, bytes, size)) : 0L;
    };
    streams.out = [this](std::string_view text) { write(from_.write_out, text); };
    streams.err = [this](std::string_view text) { write(from_.write_err, text); };
    streams.is_terminal = from_.is_terminal != 0;
    return streams;
  }
  void write(int64_t (*to)(void*, const char*, size_t), std::string_view text) noexcept {
    while (!broken_ && !text.empty()) {
      int64_t count = to ? to(from_.context, text.data(), text.size()) : -1;
      broken_ = count <= 0 || static_cast<uint64_t>(count) > text.size();
      if (!broken_) text.remove_prefix(static_cast<size_t>(count));
    }
  }
  void complain(const char* words) noexcept {
    write(from_.write_err, "shide: ");
    write(from_.write_err, words);
    write(from_.write_err, "\n");
  }
  bool broken() const { return broken_; }

 private:
  const shide_streams& from_;
  bool broken_ = false;
};

}  // namespace

extern "C" {

int32_t shide_abi_version(void) { return SHIDE_ABI_VERSION; }

shide_text shide_version(void) { return text_of_view(SHIDE_VERSION); }

int32_t shide_check(const shide_settings* settings, shide_error* error) {
  return guarded(
      [&]() -> int32_t {
        auto given = taken_settings(settings);
        if (!given) return tell(error, SHIDE_WRONG_ARGUMENT, "shide_check: no settings");
        auto config = config_of(*given);
        if (auto* wrong = config.if_error()) return tell(error, *wrong, language_of(given->language));
        return SHIDE_OK;
      },
      into(error));
}

int32_t shide_check_option(shide_text name, shide_text value, shide_text language, shide_error* error) {
  return guarded(
      [&]() -> int32_t {
        auto set = shide::door::Config::defaults().set(view(name), view(value));
        if (auto* wrong = set.if_error()) return tell(error, *wrong, language_of(language));
        return SHIDE_OK;
      },
      into(error));
}

int32_t shide_open(const shide_settings* settings, shide_section** section, shide_error* error) {
  return guarded(
      [&]() -> int32_t {
        auto given = taken_settings(settings);
        if (!given || !section) return tell(error, SHIDE_WRONG_ARGUMENT, "shide_open: no settings or no place for the section");
        auto config = config_of(*given);
        if (auto* wrong = config.if_error()) return tell(error, *wrong, language_of(given->language));
        *section = new shide_section{Section(std::move(*config), host_log_of(*given)), language_of(given->language)};
        return SHIDE_OK;
      },
      into(error));
}

shide_text shide_option(const shide_section* section, shide_text name) {
  return guarded(
      [&]() -> shide_text {
        const std::string* value = section ? section->section.config().find(view(name)) : nullptr;
        return value ? text_of_view(*value) : shide_text{nullptr, 0};
      },
      [](int32_t, const char*) noexcept { return shide_text{nullptr, 0}; });
}

int32_t shide_start(shide_section* section, shide_error* error) {
  return guarded(
      [&]() -> int32_t {
        if (!section) return tell(error, SHIDE_WRONG_ARGUMENT, "shide_start: no section");
        auto started = section->section.start();
        if (auto* wrong = started.if_error()) {
          if (wrong->code == ErrorCode::kInvalid) return tell(error, SHIDE_WRONG_ARGUMENT, wrong->detail);
          return tell(error, *wrong, section->language);
        }
        return SHIDE_OK;
      },
      into(error));
}

int32_t shide_handle(shide_section* section, const shide_request* request, const shide_response* response) {
  if (!section || !request || !response) return SHIDE_WRONG_ARGUMENT;
  if (request->size < sizeof(shide_request) || response->size < sizeof(shide_response)) return SHIDE_WRONG_ARGUMENT;
  if (!response->write_head || !response->write_body) return SHIDE_WRONG_ARGUMENT;
  bool is_head = view(request->method) == "HEAD";
  Answer answer(*response, is_head);
  return guarded(
      [&]() -> int32_t {
        shide::web::Request asked = request_of(*request);
        shide::web::Response given;
        try {
          given = section->section.handle(asked, request->mount_prefix.bytes != nullptr);
        } catch (...) {
          log_fault(section->section, asked.request_id);
          given = shide::door::refusal(500, "door.broken", shide::door::language_of(asked.header("accept-language")));
        }
        return send(answer, given, asked.request_id, is_head);
      },
      [&](int32_t, const char*) noexcept { return answer.give_up(); });
}

int32_t shide_command(shide_section* section, int32_t argument_count, const shide_text* arguments, const shide_streams* streams) {
  auto given = taken(streams);
  if (!given || argument_count < 0 || (argument_count > 0 && !arguments)) return shide::console::kWrongUsage;
  Pipes pipes(*given);
  return guarded(
      [&]() -> int32_t {
        shide::console::Arguments words;
        for (int32_t i = 0; i < argument_count; ++i) words.push_back(string_of(arguments[i]));
        shide::door::CommandEnvironment environment(section ? &section->section : nullptr);
        shide::console::Streams open_streams = pipes.streams();
        int code = shide::console::run(words, open_streams, environment);
        return pipes.broken() && code == shide::console::kFine ? shide::console::kCouldNot : code;
      },
      [&](int32_t, const char* words) noexcept {
        pipes.complain(words);
        return int32_t{shide::console::kCouldNot};
      });
}

int32_t shide_tick(shide_section* section, [[maybe_unused]] int64_t now, shide_error* error) {
  return guarded(
      [&]() -> int32_t {
        if (!section) return tell(error, SHIDE_WRONG_ARGUMENT, "shide_tick: no section");
        if (!section->section.use().ports) return tell(error, SHIDE_NOT_STARTED, "not started");
        auto done = section->section.tick();
        if (auto* wrong = done.if_error()) return tell(error, code_of(*wrong), wrong->detail);
        return SHIDE_OK;
      },
      into(error));
}

void shide_stop(shide_section* section) {
  if (!section) return;
  guarded(
      [&] {
        section->section.stop();
        return 0;
      },
      [](int32_t, const char*) noexcept { return 0; });
}

void shide_close(shide_section* section) {
  shide_stop(section);
  guarded(
      [&] {
        delete section;
        return 0;
      },
      [](int32_t, const char*) noexcept { return 0; });
}

void shide_error_clear(shide_error* error) {
  if (!error || error->size < sizeof(shide_error)) return;
  std::free(const_cast<char*>(error->message.bytes));
  error->code = SHIDE_OK;
  error->message = {nullptr, 0};
}

}  // extern "C"
