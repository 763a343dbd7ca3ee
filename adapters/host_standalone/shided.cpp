// shided: the section as a server of its own, behind Apache or nginx, or alone on a school's small machine.
#include <Poco/Exception.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <thread>
#include <vector>

#include "door/shide.h"
#include "host_standalone/access_log.h"
#include "host_standalone/arguments.h"
#include "host_standalone/notify.h"
#include "host_standalone/server.h"

namespace {

using namespace shide::host_standalone;
using Clock = std::chrono::steady_clock;

constexpr int kWrongUsage = 2;
constexpr int kCouldNot = 3;

/// The section, closed when it goes out of scope.
struct Section {
  shide_section* handle = nullptr;
  ~Section() { shide_close(handle); }
  std::string option(const char* name) const {
    shide_text text = shide_option(handle, shide_text_of(name));
    return {text.bytes ? text.bytes : "", text.length};
  }
  int number(const char* name) const { return std::stoi(option(name)); }
};

/// The message of the last call, freed with it.
struct Message : shide_error {
  Message() : shide_error{sizeof(shide_error), 0, 0, {nullptr, 0}} {}
  ~Message() { shide_error_clear(this); }
  std::string words() const { return {message.bytes ? message.bytes : "", message.length}; }
};

void complain(const std::string& words) { std::fprintf(stderr, "shided: %s\n", words.c_str()); }

shide_text text_of(const std::string& text) { return text.empty() ? shide_text{nullptr, 0} : shide_text{text.data(), text.size()}; }

/// Whoever starts us may hold a lock or a pipe by a descriptor of theirs; it would stay held for as long as we run.
void let_go_of_what_is_not_ours() { close_range(STDERR_FILENO + 1, ~0U, 0); }

/// Signals are waited for by the main thread only, so every thread begins with them held back.
sigset_t hold_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

int open_section(const Arguments& arguments, Section& section) {
  std::vector<shide_pair> options;
  for (const auto& [name, value] : arguments.options) options.push_back({{name.data(), name.size()}, {value.data(), value.size()}});
  shide_settings settings = {};
  settings.size = sizeof settings;
  settings.config_path = text_of(arguments.config_path);
  settings.data_directory = text_of(arguments.data_directory);
  settings.options = options.data();
  settings.option_count = options.size();
  Message message;
  int32_t code = arguments.check_only ? shide_check(&settings, &message) : shide_open(&settings, &section.handle, &message);
  if (code == SHIDE_OK) return 0;
  complain(message.words());
  return code == SHIDE_CONFIGURATION ? kWrongUsage : kCouldNot;
}

/// The database may come up after us: a minute of patience, answering 503 meanwhile. Any other mistake ends at once.
bool start_section(const Section& section, const sigset_t& signals, const AccessLog& log) {
  auto give_up = Clock::now() + std::chrono::minutes(1);
  for (;;) {
    Message message;
    int32_t code = shide_start(section.handle, &message);
    if (code == SHIDE_OK) return true;
    bool again = code == SHIDE_UNAVAILABLE && Clock::now() < give_up;
    log.event(again ? "start.waiting" : "start.given_up", message.words());
    if (!again) return false;
    timespec pause = {1, 0};
    if (sigtimedwait(&signals, nullptr, &pause) > 0) return false;
  }
}

/// Ticks on its own thread, so that a slow delivery keeps no request and no sweep waiting.
class JobThread {
 public:
  JobThread(const Section& section, const AccessLog& log) : thread_([this, &section, &log] { run(section, log); }) {}
  ~JobThread() {
    stopping_ = true;
    thread_.join();
  }

 private:
  void run(const Section& section, const AccessLog& log) {
    std::chrono::seconds interval(section.number("worker.interval_seconds"));
    auto next = Clock::now();
    while (!stopping_) {
      if (Clock::now() >= next) {
        Message message;
        if (shide_tick(section.handle, 0, &message) != SHIDE_OK) log.event("tick.failed", message.words());
        next = Clock::now() + interval;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
  std::atomic<bool> stopping_ = false;
  std::thread thread_;  // last: it uses what stands above
};

class PidFile {
 public:
  explicit PidFile(std::string path) : path_(std::move(path)) {
    if (!path_.empty()) std::ofstream(path_) << getpid() << "\n";
  }
  ~PidFile() {
    if (!path_.empty()) unlink(path_.c_str());
  }

 private:
  std::string path_;
};

Server::Settings settings_of(const Section& section) {
  Server::Settings settings;
  settings.address = section.option("server.address");
  settings.port = section.number("server.port");
  settings.threads = section.number("server.threads");
  settings.limits.waiting = std::chrono::seconds(section.number("server.time_out_seconds"));
  settings.limits.per_peer = section.number("server.per_peer_limit");
  settings.limits.unlimited_peer = section.option("server.trusted_proxy");
  return settings;
}

int serve(const Section& section, const sigset_t& signals) {
  AccessLog log(section.option("log.path"));
  // Listening comes first: while the database is not there yet, people get a 503 that says so, not a refused connection.
  Server server(settings_of(section), section.handle, log);
  PidFile pid_file(section.option("server.pid_file"));
  if (!start_section(section, signals, log)) return kCouldNot;
  std::string where = section.option("server.address") + ":" + std::to_string(server.port()) + section.option("server.mount") + "/";
  log.event("started", where);
  notify("READY=1");
  {
    JobThread jobs(section, log);
    timespec pause = {0, 200'000'000};
    for (int round = 0; sigtimedwait(&signals, nullptr, &pause) < 0; ++round) {
      server.sweep();
      if (round % 25 == 0) notify("WATCHDOG=1");
    }
    notify("STOPPING=1");
    server.stop(std::chrono::seconds(2));  // three in all, as a service manager would like it
  }
  shide_stop(section.handle);
  log.event("stopped", where);
  return 0;
}

}  // namespace

int main(int argument_count, char** words) {
  let_go_of_what_is_not_ours();
  if (shide_abi_version() != SHIDE_ABI_VERSION) {
    complain("libshide.so is of another release");
    return kCouldNot;
  }
  Arguments arguments;
  if (std::string wrong = read_arguments(argument_count, words, arguments); !wrong.empty()) {
    complain(wrong);
    std::fputs(kUsage, stderr);
    return kWrongUsage;
  }
  if (arguments.help) {
    std::fputs(kUsage, stdout);
    return 0;
  }
  sigset_t signals = hold_signals();
  Section section;
  if (int code = open_section(arguments, section); code != 0 || arguments.check_only) return code;
  try {
    return serve(section, signals);
  } catch (const Poco::Exception& exception) {
    complain(section.option("server.address") + ":" + section.option("server.port") + " cannot be listened on: " + exception.displayText());
  } catch (const std::exception& exception) {
    complain(exception.what());
  }
  return kCouldNot;
}
